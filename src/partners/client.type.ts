import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';

const knownScopes =
  'Among `offers:read offers:write people:read people:write referrals:read referrals:write agreements:read agreements:write events:read indicators:read`, ' +
  'at least one; with a `people:` scope an acting member is required.';

@ObjectType({
  simpleResolvers: true,
  description:
    'A tool of an organisation (logiciel client): what its key may do, and for whom. Seen by its managers.',
})
export class ApiClient {
  @Field(() => ID, { description: 'TypeID `cli_…`.' })
  id: string;

  @Field(() => String, { description: 'Name its managers tell it by.' })
  name: string;

  @Field(() => [String], {
    description: 'What it may do; never more than the member it acts for at the time.',
  })
  scopes: string[];

  @Field(() => String, { description: 'How its key begins: enough to recognise it, too little to use it.' })
  keyPrefix: string;

  @Field(() => Instant, { nullable: true, description: 'Until when the key before this one still opens.' })
  previousKeyUntil: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'When a key of it was last used, to the minute; null: never.',
  })
  lastUsedAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'Since when no key of it opens anything.' })
  revokedAt: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt: string;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const ApiClientConnection = connectionOf(() => ApiClient, 'ApiClient', 'tools');

@InputType({ description: 'A tool to give a key to.' })
export class NewApiClient extends Command {
  @Field(() => String, { description: 'From 2 to 100 characters.' })
  name: string;

  @Field(() => [String], { description: knownScopes })
  scopes: string[];

  @Field(() => ID, {
    nullable: true,
    description:
      'The active member of your organisation it acts for: its rights bound the tool’s, the access log names it, its ' +
      'suspension stops the tool. Without one the tool reads as a reader, and no person.',
  })
  actingMember?: string | null;
}

@InputType({ description: 'What changes of a tool; what is not given stays.' })
export class ApiClientUpdate extends VersionedCommand {
  @Field(() => ID, { description: 'The tool, of your organisation.' })
  client: string;

  @Field(() => String, { nullable: true, description: 'From 2 to 100 characters.' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: knownScopes })
  scopes?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Another active member; null: it acts for nobody.' })
  actingMember?: string | null;
}

@InputType({ description: 'A key to replace by a new one.' })
export class ApiKeyRotation extends VersionedCommand {
  @Field(() => ID, { description: 'The tool, of your organisation.' })
  client: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many days the key now in force still opens, from 0 (a key that leaked) to 7; 1 if not said. A key ' +
      'replaced before that ends at once.',
  })
  overlapDays?: number | null;
}

@InputType({ description: 'A tool to take the keys from.' })
export class ApiClientRevocation extends VersionedCommand {
  @Field(() => ID, { description: 'The tool, of your organisation.' })
  client: string;
}

@ObjectType({ description: 'The tool, or why not.' })
export class ApiClientPayload extends Payload {
  @Field(() => ApiClient, { nullable: true, description: 'As it now is; null when there is none for you.' })
  apiClient: ApiClient | null;
}

@ObjectType({ description: 'The tool and its new key, or why not.' })
export class ApiKeyPayload extends ApiClientPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The key, shown this once and kept nowhere: lost, it is rotated. Null when refused, and when an idempotency key ' +
      'is repeated: the tool is the same, its key was shown the first time.',
  })
  key: string | null;
}
