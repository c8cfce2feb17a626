import type { Player } from './player.ts';
import type { Sees } from './sees.ts';

/** The two indicators of the year, as the council reads them. */
export interface Figures {
  taking: number;
  lasting: number;
  of: number;
  definition: string;
  rules: string;
}

interface Answer {
  taking: { value: number };
  lasting: { value: number; of: number; definition: string; ruleVersion: string };
}

export async function figuresOf(council: Player, today: string): Promise<Figures> {
  const year = today.slice(0, 4);
  const { taking, lasting } = await council.ask<Answer>(`{
    taking: indicator(name: BENEFICIARIES_IN_ACTION, period: { year: ${year} }) { value }
    lasting: indicator(name: DURABLE_JOB_OR_QUALIFYING_TRAINING, period: { year: ${year} }) { value of definition ruleVersion } }`);
  const { value, of, definition, ruleVersion } = lasting;
  return { taking: taking.value, lasting: value, of, definition, rules: ruleVersion };
}

export function movedBy(before: Figures | null, after: Figures): { taking: number; lasting: number } {
  return { taking: after.taking - (before?.taking ?? 0), lasting: after.lasting - (before?.lasting ?? 0) };
}

interface Published {
  publishedTable: {
    cells: { level: string; value: number | null; suppressed: boolean; answeredBy: string | null }[];
  };
}

/** The State reads the table of the last month that closed, and no more. */
export async function asState(state: Player, today: string, sees: Sees): Promise<void> {
  const { publishedTable } = await state.ask<Published>(`{ publishedTable(name: BENEFICIARIES_BY_TERRITORY, month: "${lastClosed(today)}") {
    cells { level value suppressed answeredBy } } }`);
  const [whole, ...parts] = publishedTable.cells;
  const back = parts.filter(({ suppressed }) => suppressed);
  sees.that(whole?.value !== null && back.length >= 2, `the State reads ${whole?.value} beneficiaries; ${back.length} cells are kept back, never one alone`);
  const refused = await state.ask(`{ indicator(name: BENEFICIARIES_IN_ACTION, period: { year: ${today.slice(0, 4)} }) { value } }`).then(
    () => false,
    () => true,
  );
  sees.that(refused, 'what is not in the tables is refused to it');
} // prettier-ignore

/** Months close on the 10th of the next one. */
function lastClosed(today: string): string {
  const back = Number(today.slice(8)) < 10 ? 2 : 1;
  return new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 - back, 1))
    .toISOString()
    .slice(0, 10);
}
