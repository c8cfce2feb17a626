/**
 * The rows of a file of JSON, an array or one object a line, found without parsing it: a parser would stop at the
 * first fault and not know where it was, and a bad row must never stop the others.
 */
import { createReadStream } from 'node:fs';

export interface FileRow {
  /** Rank in the file, from 1. */
  row: number;
  /** Line it begins on, from 1. */
  line: number;
  value?: unknown;
  /** Why it cannot be read; then there is no value. */
  fault?: string;
}

/** The file as a whole cannot be read: nothing of it is to be believed. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

const longestRow = 1 << 20;
const byte = {
  newline: 10,
  quote: 34,
  comma: 44,
  backslash: 92,
  open: 91,
  close: 93,
  openObject: 123,
  closeObject: 125,
};
const blanks = new Set([9, 10, 13, 32]);

export async function* rowsOf(
  path: string,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<FileRow> {
  const scanner = new RowScanner(path);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 17 }) as AsyncIterable<Buffer>) {
    yield* scanner.feed(chunk);
    onBytes(chunk.length);
  }
  yield* scanner.end();
}

/** Cuts bytes into rows, whatever the chunks they come in. */
export class RowScanner {
  private mode: 'start' | 'array' | 'lines' | 'done' = 'start';
  private rows = 0;
  private line = 1;
  private bytes = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private readonly row = new RowBytes();

  constructor(private readonly name: string) {}

  *feed(chunk: Buffer): Generator<FileRow> {
    for (let at = 0, from = 0; at < chunk.length; at++) {
      const each = chunk[at]!;
      if (each === byte.newline) this.line++;
      if (this.mode === 'start') from = this.begin(each, at);
      else if (this.mode === 'done') this.refuseMore(each);
      else if (this.mode === 'lines' ? each === byte.newline : this.endsElement(each)) {
        this.row.add(chunk.subarray(from, at));
        yield* this.cut(this.mode === 'array' && each === byte.close);
        from = at + 1;
      } else if (this.row.isEmpty && from === at && blanks.has(each)) from = at + 1;
      else if (this.row.isEmpty && from === at) this.row.line = this.line;
      if (at === chunk.length - 1 && (this.mode === 'array' || this.mode === 'lines'))
        this.row.add(chunk.subarray(from));
    }
    this.bytes += chunk.length;
  }

  *end(): Generator<FileRow> {
    if (this.mode === 'start') throw new FileFault(`${this.name} is empty.`);
    if (this.mode === 'array') throw this.truncated(this.rows + 1);
    if (this.mode === 'lines' && !this.row.isEmpty) {
      const last = this.read();
      // a whole last line without its end of line is common; half a line is the mark of a file cut short
      if (last.fault) throw this.truncated(last.row);
      yield last;
    }
  }

  private begin(each: number, at: number): number {
    if (blanks.has(each) || each === 0xef || each === 0xbb || each === 0xbf) return at + 1;
    if (each !== byte.open && each !== byte.openObject)
      throw new FileFault(`${this.name} is neither a JSON array nor one JSON object a line.`);
    this.mode = each === byte.open ? 'array' : 'lines';
    this.row.line = this.line;
    return this.mode === 'array' ? at + 1 : at;
  }

  /** Whether this byte, of an array, stands after an element: a comma or the end, outside all strings and brackets. */
  private endsElement(each: number): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (each === byte.backslash) this.escaped = true;
      else if (each === byte.quote) this.inString = false;
      return false;
    }
    if (this.depth === 0 && (each === byte.comma || each === byte.close)) return true;
    if (each === byte.quote) this.inString = true;
    else if (each === byte.open || each === byte.openObject) this.depth++;
    else if (each === byte.close || each === byte.closeObject) this.depth--;
    return false;
  }

  private *cut(last: boolean): Generator<FileRow> {
    if (last) this.mode = 'done';
    const nothing = this.row.isEmpty && (this.mode === 'lines' || (last && this.rows === 0));
    if (!nothing) yield this.read();
  }

  private read(): FileRow {
    const { line } = this.row;
    return { row: ++this.rows, line, ...this.row.take() };
  }

  private refuseMore(each: number): void {
    if (!blanks.has(each))
      throw new FileFault(`${this.name} goes on after the end of its array, on line ${this.line}.`);
  }

  private truncated(row: number): FileFault {
    return new FileFault(
      `${this.name} is truncated: it ends at byte ${this.bytes} within row ${row}, which begins on line ${this.row.line}.`,
    );
  }
}

/** The bytes of the row under way; past a megabyte they are only counted. */
class RowBytes {
  line = 1;
  private parts: Buffer[] = [];
  private length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  add(part: Buffer): void {
    if (part.length === 0) return;
    this.length += part.length;
    if (this.length <= longestRow) this.parts.push(part);
    else this.parts = [];
  }

  take(): Pick<FileRow, 'value' | 'fault'> {
    const [{ parts, length }] = [this];
    [this.parts, this.length] = [[], 0];
    if (length > longestRow) return { fault: `longer than ${longestRow} bytes` };
    return parsed(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parsed(bytes: Buffer): Pick<FileRow, 'value' | 'fault'> {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { fault: 'not UTF-8' };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: 'not JSON' };
  }
}
