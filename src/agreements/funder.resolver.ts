import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { parisDay } from '../kernel/clock.ts';
import { figuresOf } from './figures.store.ts';
import { byFunder, yearUntil, type Shared, type YearOf } from './funder.rules.ts';
import { FunderFigures } from './funder.type.ts';
import type { AgreementRow } from './agreement.row.ts';
import { agreementsRunning } from './agreement.store.ts';
import { amountsOfTerms, termsOn } from './terms.store.ts';

@Resolver(() => FunderFigures)
export class FunderResolver {
  @Query(() => [FunderFigures], {
    description:
      'Funded and realised funder by funder, over a year. The council, which reads every agreement submitted, is told of the whole ' +
      'programme; any other party of the agreements it is in. A body that gives opinions reads no amounts, and is told nothing.',
  })
  async fundingByFunder(@Arg('year', () => Int, { description: 'From 2000 to this one.' }) year: number, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'agreements:read');
    const asked = yearUntil(year, parisDay(ctx.reader.now));
    const running = await ctx.loaders.load(agreementsRunning, asked);
    const shared = await Promise.all(running.map((row) => sharedOf(ctx, row, asked)));
    return byFunder(shared.filter((each) => each !== null), asked);
  }
} // prettier-ignore

/** By the terms in force at the end of the days asked; null where the viewer does not read who pays. */
async function sharedOf(ctx: Context, row: AgreementRow, { from, to }: YearOf): Promise<Shared | null> {
  const [terms, figures] = await Promise.all([
    ctx.loaders.load(termsOn, { agreement: row.id, on: to }),
    ctx.loaders.load(figuresOf, { agreement: row.id, from, to, own: true }),
  ]);
  const amounts = await ctx.loaders.load(amountsOfTerms, `${row.id} ${terms.number}`);
  if (!amounts || !figures) return null;
  const { first, last, fundedFte, occupiedFte, hours } = figures;
  return {
    ...{ amounts, from: row.fromDay, to: row.toDay, first, last },
    ...{ fundedFte, occupiedFte, declaredHours: hours },
  };
}
