import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Dossier } from '../agreements/figures.resolver.ts';
import { leavingBefore } from '../agreements/figures.rules.ts';
import { IaeDossier } from '../agreements/figures.type.ts';
import type { Context } from '../graphql/context.ts';
import { parisDay } from '../kernel/clock.ts';
import { ruleVersion } from './indicator.actions.ts';
import { exitsIn } from './session.rules.ts';
import { exitsClassed } from './session.store.ts';
import { IaeExits } from './session.type.ts';

@Resolver(() => IaeDossier)
export class SessionExitsResolver {
  @FieldResolver(() => IaeExits, { description:
      'Placements that ended in the twelve months before, by what came after (IAE_2013); while the session is to come, until the end of the last month.',
  })
  exits(@Root() { id, on }: Dossier, @Ctx() ctx: Context) {
    const window = { agreement: id, ...leavingBefore(on, parisDay(ctx.reader.now)) };
    return ctx.db.write(ctx.viewer, (tx) =>
      tx.asFigures(async () => ({
        ...exitsIn(await exitsClassed(tx, window)),
        ruleVersion: await ruleVersion(tx, { ruleSet: 'IAE_2013' }, window.to),
      })),
    );
  }
} // prettier-ignore
