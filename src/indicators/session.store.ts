import sql from 'sql-template-tag';
import type { Counted } from '../agreements/figures.rules.ts';
import type { Window } from '../agreements/figures.store.ts';
import type { Reader } from '../db/reader.ts';
import { parisDay } from '../kernel/clock.ts';
import type { OutcomeClass } from '../placements/outcome-class.rules.ts';
import { classed } from '../placements/outcome-class.store.ts';

/** What came after the placements that ended under an agreement, as the role of figures, for whoever reads the agreement. */
export function exitsClassed(reader: Reader, { agreement, from, to, own }: Window): Promise<Counted<OutcomeClass>[]> {
  const which = sql`outcome.id in (select outcome_id from app.agreement_exit_outcomes(array[${agreement}]::text[], array[${from}]::date[],
    array[${to}]::date[], ${own})) and outcome_rule.rule_set = 'IAE_2013'`;
  return reader.rows(sql`select class as code, count(*)::integer as count
    from (${classed(which, sql`${parisDay(reader.now)}::date`)}) class group by 1`);
} // prettier-ignore
