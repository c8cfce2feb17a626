import { Arg, Args, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { live, type Followed, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import type { Context } from '../graphql/context.ts';
import type { AssignmentRunRow } from './run.row.ts';
import { runById } from './run.store.ts';
import { AssignmentMessage } from './run.type.ts';

const runFollowed: Followed<AssignmentRunRow> = {
  subject: 'AssignmentRun',
  read: (ctx, id) => ctx.loaders.load(runById, id),
};

type Asked = { run?: string | null } & LiveArgs;

function following({ args, context }: SubscribeResolverData<unknown, Asked, Context>) {
  requireScope(context.viewer, 'people:read');
  const { run = null } = args;
  const wants = (_: Context, row: AssignmentRunRow) => run === null || row.id === run;
  return live(context, { ...runFollowed, wants }, args);
}

@Resolver()
export class AssignmentProgressResolver {
  @Subscription(() => AssignmentMessage, {
    subscribe: following as never,
    description:
      'Each step of a run that is for you (begun, each stage, done, failed, called off, a line accepted), live.',
  })
  assignmentProgress(
    @Root() { subject, ...message }: Message<AssignmentRunRow>,
    @Arg('run', () => ID, { nullable: true, description: 'Of this run (`run_…`); of all if not said.' })
    _run: string | null,
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { ...message, run: subject };
  }
}
