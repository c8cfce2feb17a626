import { sentence } from '../graphql/messages.ts';
import type { Verdict } from '../imports/verdict.ts';
import { codes } from '../kernel/codes.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { holdsNir } from '../people/nir.rules.ts';
import { type Cells, refuseNirIn } from './cell.rules.ts';
import type { Column } from './columns.ts';

/** Why a row is refused, as its report says it: the code, the column, the sentence; never what stood in a cell. */
export function refusalInWords(refusal: Refusal, cells: Cells, columns: readonly Column[]): string {
  const { code, details, field } = refusal;
  const said = Object.values(details).map(String);
  const repeats = Object.values(cells).some((cell) => cell !== undefined && said.includes(cell));
  const column = columns.find(({ name, path }) => field !== null && [name, path].includes(field));
  const reason = typeof details.reason === 'string' ? `.${details.reason}` : '';
  const where = column?.headings[0] ?? field;
  return `${code}${reason}${where === null ? '' : ` (${where})`}: ${repeats ? codes[code].meaning : sentence(refusal, 'en')}`;
}

/** What names the row in a report: the partner's own number, never a name; and nothing where that looks like a NIR. */
export function shownKey(key: string | null): string | null {
  if (key === null || key.length > 200 || holdsNir(key)) return null;
  try {
    refuseNirIn({ key });
    return key;
  } catch {
    return null;
  }
}

export type Told = Pick<Verdict, 'outcome' | 'reason'>;
