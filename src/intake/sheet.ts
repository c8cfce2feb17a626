import { FileFault } from '../imports/rows.ts';
import type { ImportFile } from '../imports/spool.ts';
import { type CsvRecord, csvRecords, separatorOf } from '../territory/csv.ts';
import type { Cells } from './cell.rules.ts';
import { type Column, columnsIn } from './columns.ts';
import { type Encoding, encodingOf, textOf } from './encoding.ts';

/** A row of a partner's file, as it comes; `fault` where it cannot be taken for one. */
export interface SheetRow {
  /** Rank in the file, from 1, headings apart. */
  row: number;
  /** Line it begins on, from 1. */
  line: number;
  cells: Cells;
  fault?: 'TOO_MANY_CELLS';
}

/** A file of rows under headings: `;`, `,` or tabs, quotes, any end of line, read piece by piece and never held whole. */
export class Sheet {
  private constructor(
    readonly file: ImportFile,
    private readonly encoding: Encoding,
    private readonly known: readonly Column[],
  ) {}

  static async open(file: ImportFile, known: readonly Column[]): Promise<Sheet> {
    return new Sheet(file, await encodingOf(file.path, file.name), known);
  }

  /** Reads it to its end: its headings and its quotes are judged before the first row is written. */
  async judge(onBytes: (count: number) => void): Promise<number> {
    let rows = 0;
    for await (const _ of this.rows(onBytes)) rows++;
    if (rows === 0) throw new FileFault(`${this.file.name} holds no row under its headings.`);
    return rows;
  }

  async *rows(onBytes: (count: number) => void = () => {}): AsyncGenerator<SheetRow> {
    const { name } = this.file;
    let columns: Column[] | null = null;
    let row = 0;
    for await (const { from, cells } of this.records(onBytes)) {
      const clean = cells.map((cell) => cell.normalize('NFC').trim());
      if (columns === null) {
        if (!isSeparatorLine(cells)) columns = columnsIn(clean, this.known, name);
      } else if (clean.some((cell) => cell !== ''))
        yield { row: ++row, line: from, ...taken(columns, clean) };
    }
    if (columns === null) throw new FileFault(`${name} is empty.`);
  }

  private async *records(onBytes: (count: number) => void): AsyncGenerator<CsvRecord> {
    const text = textOf(this.file.path, this.encoding, onBytes);
    const first = await firstLine(text);
    try {
      yield* csvRecords(first.text, first.separator);
    } catch (error) {
      throw unreadable(this.file.name, error as { code?: string; lines?: number });
    }
  }
}

/** `sep=;`: a line some spreadsheets put before the headings. */
function isSeparatorLine(cells: readonly string[]): boolean {
  return /^sep=/i.test(cells[0] ?? '');
}

async function firstLine(text: AsyncGenerator<string>) {
  let begun = '';
  while (!/[\r\n]/.test(begun.trimStart())) {
    const { value, done } = await text.next();
    if (done) break;
    begun += value;
  }
  const line = begun.trimStart().split(/[\r\n]/, 1)[0]!;
  const separator = /^"?sep=(.)/i.exec(line)?.[1] ?? separatorOf(line);
  async function* whole() {
    yield begun;
    yield* text;
  }
  return { separator, text: whole() };
}

function taken(columns: readonly Column[], cells: readonly string[]): Pick<SheetRow, 'cells' | 'fault'> {
  const known = columns.map(({ name }, at): [string, string | undefined] => [name, cells[at] || undefined]);
  const tooMany = cells.slice(columns.length).some((cell) => cell !== '');
  return { cells: Object.fromEntries(known), ...(tooMany && { fault: 'TOO_MANY_CELLS' as const }) };
}

/** Never the parser's own words, which may hold what it was reading. */
function unreadable(name: string, error: { code?: string; lines?: number }): Error {
  if (!error.code?.startsWith('CSV_')) return error as Error;
  const where = error.lines === undefined ? '' : ` that begins about line ${error.lines}`;
  return new FileFault(
    error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
      ? `${name}: a quote${where} is never closed.`
      : `${name} cannot be read as CSV${where}.`,
  );
}
