import { blocksOfLines } from './lines.ts';

export interface CsvRecord {
  /** Line of the file it begins on, from 1. */
  line: number;
  cells: string[];
}

/** The separator a heading uses: the likeliest of the four that official files are written with. */
export function separatorOf(heading: string): string {
  const count = (separator: string) => heading.split(separator).length;
  return [';', ',', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Reads CSV as it comes (RFC 4180), any end of line; blank lines are passed over, ragged records are not judged. */
export async function* csvRecords(text: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRecord> {
  const begun: string[] = []; // lines of a record under way
  let open = false; // within a quoted cell, which may hold ends of line
  let line = 0;
  for await (const block of blocksOfLines(text))
    for (const next of block) {
      line++;
      open = open !== hasOddQuotes(next);
      begun.push(next);
      if (open) continue;
      const record = begun.join('\n');
      if (record.trim() !== '') yield { line: line - begun.length + 1, cells: cellsOf(record, separator) };
      begun.length = 0;
    }
  if (open) throw new Error(`The quoted cell that begins on line ${line - begun.length + 1} never ends.`);
}

function cellsOf(record: string, separator: string): string[] {
  const cells: string[] = [];
  let open = false;
  for (const piece of record.split(separator)) {
    if (open) cells.push(`${cells.pop()}${separator}${piece}`);
    else cells.push(piece);
    open = open !== hasOddQuotes(piece);
  }
  return cells.map(unquoted);
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^"([^]*)"$/, '$1')
    .replaceAll('""', '"');
}

function hasOddQuotes(text: string): boolean {
  return text.split('"').length % 2 === 0;
}
