import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/**
 * A backup is one compressed file of lines. A note begins with `#`: what the file is, which table begins, its checksum,
 * the places of the sequences, and at last that it is whole; any other line is a row, as JSON by its columns' names.
 */
export const backupFormat = 1;

export interface Head {
  passerelle: typeof backupFormat;
  takenAt: string;
  /** The migrations the database stood at, in order. */
  migrations: string[];
}

export interface TableBegins {
  table: string;
  columns: string[];
}

export interface TableEnds {
  rows: number;
  sha256: string;
}

export interface Places {
  sequences: { name: string; last: string }[];
}

/** The last line: without it the file was cut. */
export interface Whole {
  whole: true;
  tables: number;
  rows: number;
  sha256: string;
}

export type Note = Head | TableBegins | TableEnds | Places | Whole;
export type Line = { note: Note } | { row: string };

export class BackupFault extends Error {}

/** What a backup is checked by: of one table, or of all its lines before the last. */
export class Sum {
  private readonly hash = createHash('sha256');
  rows = 0;

  add(line: string): void {
    this.hash.update(line).update('\n');
    if (!line.startsWith('#')) this.rows++;
  }

  /** Ends it. */
  get sha256(): string {
    return this.hash.digest('hex');
  }
}

/** The lines of a backup in order; a file that is none, or was damaged, is told as such. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file);
  const unpacked = packed.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip());
  let rest = '';
  try {
    for await (const chunk of unpacked.setEncoding('utf8')) {
      const lines = (rest + (chunk as string)).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw new BackupFault(`${file}: no backup, or damaged (${message}).`);
    throw error;
  } finally {
    packed.destroy();
  }
  if (rest) yield rest;
}

export function parsed(line: string): Line {
  return line.startsWith('#') ? { note: JSON.parse(line.slice(1)) as Note } : { row: line };
}

export interface Verified extends Head {
  tables: number;
  rows: number;
}

/** Reads all of a backup and compares every checksum, before anything is done with it. */
export async function verified(file: string): Promise<Verified> {
  const all = new Sum();
  let table = new Sum();
  let name = '';
  let head: Head | undefined;
  let tables = 0;
  for await (const line of linesOf(file)) {
    head ??= headOf(file, line);
    const read = parsed(line);
    if ('row' in read) table.add(line);
    else if ('table' in read.note) [name, table] = [read.note.table, new Sum()];
    else if ('whole' in read.note) {
      const fine = all.rows === read.note.rows && all.sha256 === read.note.sha256;
      if (!fine) throw new BackupFault(`${file}: damaged, its checksum is another one.`);
      return { ...head, tables, rows: read.note.rows };
    } else if ('sha256' in read.note) {
      tables++;
      if (table.sha256 !== read.note.sha256)
        throw new BackupFault(`${file}: damaged, the rows of ${name} are not those that were written.`);
    }
    all.add(line);
  }
  throw new BackupFault(`${file}: cut short, its end is not there.`);
}

function headOf(file: string, line: string): Head {
  const fault = new BackupFault(`${file}: not a backup of a hub.`);
  if (!line.startsWith('#{"passerelle":')) throw fault;
  const { note } = parsed(line) as { note: Head };
  if (note.passerelle !== backupFormat)
    throw new BackupFault(
      `${file}: a backup of format ${String(note.passerelle)}, known is ${backupFormat}.`,
    );
  return note;
}
