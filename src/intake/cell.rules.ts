import { invalid } from '../kernel/refusal.ts';
import { holdsNir } from '../people/nir.rules.ts';

/** What stands in the cells of one row, by the names of their columns; an empty cell is not there. */
export type Cells = Readonly<Record<string, string | undefined>>;

const wholeNir = /^[1-478]\d\d(0[1-9]|1[0-2]|[2-9]\d)(\d\d|2[AB])\d{6}(\d\d)?$/i;

/** Stricter than what is typed by hand: a cell in the shape of a NIR is refused, also where its key is wrong. */
export function refuseNirIn(cells: Cells): void {
  for (const [name, cell] of Object.entries(cells))
    if (cell !== undefined && (holdsNir(cell) || wholeNir.test(bare(cell)))) throw invalid(name, 'NIR');
}

const bare = (cell: string) => cell.normalize('NFKC').replace(/[\s.-]/g, '');

export function required(cells: Cells, name: string): string {
  const cell = cells[name];
  if (cell === undefined) throw invalid(name, 'REQUIRED');
  return cell;
}

/** `2026-11-23`, or `23/11/2026` as a French spreadsheet shows it; a day that exists. */
export function dayIn(cells: Cells, name: string): string | undefined {
  const cell = cells[name];
  if (cell === undefined) return undefined;
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(cell);
  const day = french ? `${french[3]!}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}` : cell;
  const exists = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  if (!exists || new Date(day).toISOString().slice(0, 10) !== day) throw invalid(name, 'DAY');
  return day;
}

/** `2026-11`, `11/2026`, or any day of the month; answers its first day. */
export function monthIn(cells: Cells, name: string): string {
  const cell = required(cells, name);
  const french = /^(\d{1,2})\/(\d{4})$/.exec(cell);
  const written = french ? `${french[2]!}-${french[1]!.padStart(2, '0')}` : cell;
  const day = /^\d{4}-\d\d$/.test(written) ? `${written}-01` : written;
  return `${dayIn({ [name]: day }, name)!.slice(0, 7)}-01`;
}

/** `35`, `35.5` or `35,5`. */
export function numberIn(cells: Cells, name: string): number | undefined {
  const cell = cells[name];
  if (cell === undefined) return undefined;
  if (!/^\d{1,6}([.,]\d{1,4})?$/.test(cell)) throw invalid(name, 'DECIMAL');
  return Number(cell.replace(',', '.'));
}

/** A code of a list, in small letters or capitals; what stands there instead is not repeated. */
export function codeIn<K extends string>(
  codes: Readonly<Record<K, K>>,
  cells: Cells,
  name: string,
): K | undefined {
  const cell = cells[name];
  if (cell === undefined) return undefined;
  const code = codes[cell.toUpperCase() as K] as K | undefined;
  if (code === undefined) throw invalid(name, 'NO_SUCH_CODE');
  return code;
}

/** Several codes in one cell, between commas or bars. */
export function codesIn<K extends string>(codes: Readonly<Record<K, K>>, cells: Cells, name: string): K[] {
  const each = cells[name]?.split(/[,|]/).map((part) => part.trim());
  return (each ?? []).filter(Boolean).map((part) => codeIn(codes, { [name]: part }, name)!);
}

/** A spreadsheet takes a telephone number or a code for a number, and drops its first nought. */
export function withNought(cell: string | undefined, digits: number): string | undefined {
  return cell !== undefined && /^[1-9]\d*$/.test(cell) && cell.length === digits - 1 ? `0${cell}` : cell;
}
