import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';

export interface CsvRecord {
  /** Line of the file it ends on, from 1. */
  line: number;
  /** Line it begins on: another one where a quoted cell holds ends of lines. */
  from: number;
  cells: string[];
}

/** The separator a heading uses: the likeliest of the four that official files are written with. */
export function separatorOf(heading: string): string {
  const count = (separator: string) => heading.split(separator).length;
  return [';', ',', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** A quote that is never closed would else take the rest of the file into one cell, and into memory. */
const longestRecord = 4 << 20;

interface Parsed {
  record: string[];
  raw: string;
}

/** Reads CSV as it comes, any end of line; blank lines are passed over, ragged records are not judged. */
export async function* csvRecords(text: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter: separator,
    info: true,
    max_record_size: longestRecord,
    raw: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
  });
  pipeline(Readable.from(text), parser, () => undefined); // a failure comes out of the loop below
  // the parser counts CRLF within quotes twice, and passes blank lines over without a word: lines are counted here
  let line = 0;
  for await (const { record, raw } of parser as AsyncIterable<Parsed>) {
    const from = line + 1;
    line = from + (raw.slice(0, -1).match(/\n/g)?.length ?? 0);
    if (record.length > 1 || record[0] !== '') yield { line, from, cells: record };
  }
}
