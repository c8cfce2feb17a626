import { stringify } from 'csv-stringify/sync';

/** A figure or a table as whoever takes it out of the hub gets it: what it means goes with it. */
export interface Sheet {
  title: string;
  /** What is counted, by which rules, as known when: a line each, told before the numbers. */
  about: readonly (readonly [string, string])[];
  /** One for each column that says which group it is; the value and what it is of follow. */
  headers: readonly string[];
  rows: readonly Line[];
}

export interface Line {
  keys: readonly string[];
  /** Null: kept back, or not measured. */
  value: number | null;
  of: number | null;
}

const missing = '…';

function cellsOf({ keys, value, of }: Line): (string | number)[] {
  return [...keys, value ?? missing, of ?? ''];
}

const columns = ({ headers }: Sheet) => [...headers, 'value', 'of'];

/** The meaning first, then an empty line, then the numbers; what a spreadsheet would take for a formula is text. */
export function csvOf(sheet: Sheet): string {
  const lines = [[sheet.title], ...sheet.about, [], columns(sheet), ...sheet.rows.map(cellsOf)];
  return stringify(lines, { bom: true, delimiter: ';', escape_formulas: true });
}

export function jsonOf(sheet: Sheet): string {
  const rows = sheet.rows.map(({ keys, value, of }) => ({
    ...Object.fromEntries(sheet.headers.map((header, at) => [header, keys[at] ?? null])),
    ...{ value, of },
  }));
  return JSON.stringify({ title: sheet.title, ...Object.fromEntries(sheet.about), rows }, null, 1);
}

/** What `write-excel-file` takes, sheet by sheet: the numbers are numbers. */
export function cells(sheet: Sheet): { value: string | number }[][] {
  const lines: (string | number)[][] = [
    [sheet.title],
    ...sheet.about.map((each) => [...each]),
    [],
    columns(sheet),
  ];
  return [...lines, ...sheet.rows.map(cellsOf)].map((line) => line.map((value) => ({ value })));
}
