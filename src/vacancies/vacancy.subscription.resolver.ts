import { Arg, Args, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { JournalLine } from '../events/line.ts';
import { live, stateThen, type Followed, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import type { Context } from '../graphql/context.ts';
import type { VacancyRow } from './vacancy.row.ts';
import { checkFollowing, follows, type Following } from './vacancy.following.rules.ts';
import type { VacancyState as State } from './vacancy.rules.ts';
import { vacancyById } from './vacancy.store.ts';
import { VacancyMessage, VacancyState } from './vacancy.type.ts';

const vacancyFollowed: Followed<VacancyRow> = {
  subject: 'Vacancy',
  read: (ctx, id) => ctx.loaders.load(vacancyById, id),
};

/** The arguments reach `subscribe` as the client sent them: type-graphql checks them only for the fields. */
function following({ args, context }: SubscribeResolverData<unknown, Following & LiveArgs, Context>) {
  requireScope(context.viewer, 'offers:read');
  checkFollowing(args);
  const wants = (_: Context, row: VacancyRow, line: JournalLine) =>
    follows(args, { ...row, state: stateThen(line, row.state) });
  return live(context, { ...vacancyFollowed, wants }, args);
}

@Resolver()
export class VacancySubscriptionResolver {
  @Subscription(() => VacancyMessage, {
    subscribe: following as never,
    description:
      'Each change of a vacancy you may see (opened, updated, places changed, closed), live, as it is when told.',
  })
  vacancyUpdated(
    @Root() { subject, ...message }: Message<VacancyRow>,
    @Arg('organisation', () => ID, { nullable: true, description: 'Only of this organisation.' })
    _organisation: string | null,
    @Arg('host', () => ID, {
      nullable: true,
      description: 'Only on a site of this organisation, provided by another: what a host follows.',
    })
    _host: string | null,
    @Arg('offer', () => ID, { nullable: true, description: 'Only of this offer.' }) _offer: string | null,
    @Arg('commune', () => ID, { nullable: true, description: 'Only in this commune (INSEE code).' })
    _commune: string | null,
    @Arg('states', () => [VacancyState], {
      nullable: true,
      description: 'Only when it is then in one of these states.',
    })
    _states: State[] | null,
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { ...message, vacancy: subject };
  }
}
