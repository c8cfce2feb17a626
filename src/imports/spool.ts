import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileFault } from './rows.ts';

/** A file that can be read twice: an import judges it whole before it writes. */
export interface ImportFile {
  /** As the operator named it. */
  name: string;
  path: string;
  size: number;
}

/** Opens what the operator named; `-` and pipes are first written to a temporary file, gone when `close` is called. */
export class Spool {
  private folder: string | undefined;

  async open(name: string, stdin: Readable = process.stdin): Promise<ImportFile> {
    try {
      const found = name === '-' ? null : await stat(name);
      if (found?.isDirectory()) throw new Error('it is a folder');
      const path = found?.isFile() ? name : await this.keep(name === '-' ? stdin : createReadStream(name));
      return { name: name === '-' ? 'standard input' : name, path, size: (await stat(path)).size };
    } catch (error) {
      throw new FileFault(`${name} cannot be read: ${(error as Error).message}.`);
    }
  }

  async close(): Promise<void> {
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  private async keep(stream: Readable): Promise<string> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'passerelle-import-'));
    const path = join(this.folder, String(process.hrtime.bigint()));
    await pipeline(stream, createWriteStream(path, { mode: 0o600 }));
    return path;
  }
}

/** What the files hold, in a few characters: an import begun and cut off is known again by it. */
export async function fingerprintOf(files: readonly ImportFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { path } of files)
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('base64url');
}
