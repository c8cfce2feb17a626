import { suppressed, type Counted } from '../agreements/figures.rules.ts';
import type { OutcomeClass } from '../placements/outcome-class.rules.ts';

/** The classes of IAE_2013, in the order in which a session reads them. */
const codes = [
  'DURABLE_JOB',
  'TRANSITIONAL_JOB',
  'POSITIVE_EXIT',
  'OTHER_EXIT',
  'PENDING',
  'WITHDRAWN',
] as const satisfies OutcomeClass[];
export const dynamicClasses: readonly OutcomeClass[] = ['DURABLE_JOB', 'TRANSITIONAL_JOB', 'POSITIVE_EXIT'];

/** Told whole or not at all: a sum of some of them would tell what is left out. */
export function exitsIn(found: readonly Counted<OutcomeClass>[]) {
  const of = (code: OutcomeClass) => found.find((each) => each.code === code)?.count ?? 0;
  const classes = suppressed(codes.map((code) => ({ code, count: of(code) })));
  const told = classes.every(({ count }) => count !== null);
  const ended = found.reduce((sum, { count }) => sum + count, 0);
  return {
    ...{ ended, classes },
    examined: told ? ended - of('WITHDRAWN') : null,
    dynamic: told ? dynamicClasses.reduce((sum, code) => sum + of(code), 0) : null,
  };
} // prettier-ignore
