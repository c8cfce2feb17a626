import { Arg, Args, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { live, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import type { Context } from '../graphql/context.ts';
import { personFollowed } from './following.store.ts';
import type { PersonRow } from './person.row.ts';
import { PersonMessage } from './person.type.ts';

function following({
  args,
  context,
}: SubscribeResolverData<unknown, { person?: string | null } & LiveArgs, Context>) {
  requireScope(context.viewer, 'people:read');
  const { person } = args;
  const wants = (_: Context, row: PersonRow) => person == null || row.id === person;
  return live(context, { ...personFollowed, wants, asked: person }, args);
}

@Resolver()
export class PersonFollowingResolver {
  @Subscription(() => PersonMessage, {
    subscribe: following as never,
    description:
      'Each change of somebody you may see (identity, contact, profile, referent…), live; your rights are checked when it ' +
      'is told.',
  })
  personUpdated(
    @Root() { subject, ...message }: Message<PersonRow>,
    @Arg('person', () => ID, { nullable: true, description: 'Only this person.' }) _person: string | null,
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { ...message, person: subject };
  }
}
