import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';

export interface CsvRecord {
  /** Line of the file it ends on, from 1. */
  line: number;
  cells: string[];
}

/** The separator a heading uses: the likeliest of the four that official files are written with. */
export function separatorOf(heading: string): string {
  const count = (separator: string) => heading.split(separator).length;
  return [';', ',', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Reads CSV as it comes, any end of line; blank lines are passed over, ragged records are not judged. */
export async function* csvRecords(text: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter: separator,
    info: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  pipeline(Readable.from(text), parser, () => undefined); // a failure comes out of the loop below
  for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>)
    yield { line: info.lines, cells: record };
}
