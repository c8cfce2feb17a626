import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A place where work or a service happens (site). Open to every authenticated partner.',
})
export class Site extends Node {
  @Field(() => String, { description: 'What the place is called.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Street and number, if known.' })
  address: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84).' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84).' })
  longitude: number | null;

  @Field(() => Boolean, {
    description: 'The point is its commune’s, not its own: distances are about right.',
  })
  approximate: boolean;

  @Field(() => String, { nullable: true, description: 'Data producer it was imported from, e.g. `dora`.' })
  source: string | null;

  @Field(() => String, { nullable: true, description: 'Its id at that producer.' })
  sourceId: string | null;

  @Field(() => Int, { description: 'Grows with each change.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const SiteConnection = connectionOf(() => Site, 'Site', 'sites');

@InputType({ description: 'A place to add to one’s own organisation.' })
export class NewSite extends Command {
  @Field(() => ID, { nullable: true, description: 'The organisation; yours, which is meant if not said.' })
  organisation?: string | null;

  @Field(() => String, { description: 'From 2 to 200 characters.' })
  name: string;

  @Field(() => ID, { description: 'INSEE code of its commune, five characters.' })
  commune: string;

  @Field(() => String, { nullable: true, description: 'Street and number, up to 500 characters.' })
  address?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees north (WGS 84), with `longitude`; without them the site takes its commune’s point.',
  })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84), with `latitude`.' })
  longitude?: number | null;
}

@ObjectType({ description: 'The site, or why not.' })
export class SitePayload extends Payload {
  @Field(() => Site, { nullable: true, description: 'As it now is; null when refused.' })
  site: Site | null;
}
