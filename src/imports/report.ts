import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Verdict } from './verdict.ts';

const columns = [
  'file',
  'row',
  'line',
  'source',
  'id',
  'outcome',
  'reason',
] as const satisfies (keyof Verdict)[];

/** Every row and what became of it, as CSV or JSON by the name of the file, written as the import goes. */
export class Report {
  private readonly json: boolean;
  private readonly stream: WriteStream;
  private rows = 0;

  private constructor(path: string) {
    this.json = path.toLowerCase().endsWith('.json');
    this.stream = createWriteStream(path, { mode: 0o600 });
  }

  /** Refuses at once a name that cannot be written, rather than after an hour of import. */
  static async open(path: string): Promise<Report> {
    if (!/\.(csv|json)$/i.test(path)) throw new Error(`${path}: a report is a .csv or a .json file.`);
    const report = new Report(path);
    await once(report.stream, 'open');
    report.stream.on('error', () => undefined); // told by the write that meets it
    if (!report.json) await report.put(`${columns.join(',')}\n`);
    return report;
  }

  async add(verdicts: readonly Verdict[]): Promise<void> {
    await this.put(verdicts.map((verdict) => this.lineOf(verdict)).join(''));
  }

  async close(): Promise<void> {
    if (this.json) await this.put(this.rows ? '\n]\n' : '[]\n');
    this.stream.end();
    await once(this.stream, 'close');
  }

  private lineOf(verdict: Verdict): string {
    const first = this.rows++ === 0;
    if (this.json) return `${first ? '[\n' : ',\n'}${JSON.stringify(verdict)}`;
    return `${columns.map((column) => cell(verdict[column])).join(',')}\n`;
  }

  private async put(text: string): Promise<void> {
    if (this.stream.errored) throw this.stream.errored;
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }
}

/** RFC 4180; what a spreadsheet would run as a formula is kept a text. */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
