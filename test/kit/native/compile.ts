import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { transformSync, type Options } from '@swc/core';

const all = 'dist/tested';
/** What the code is made with, and what stands in the tests' databases. */
const besides = ['.swcrc', 'package-lock.json'].concat(
  ['native/compile', 'global-setup', 'demo', 'hub', 'clock'].map((each) => `test/kit/${each}.ts`),
);

/**
 * Compiles the hub's code as it now is, without asking whether its types hold, and answers where it stands: a place of
 * its own for each state of the code, since what Node has loaded from a place it never reads again.
 */
export function compileHub(): string {
  const files = ['src', 'migrations', 'scripts'].flatMap(filesBelow).sort();
  const folder = resolve(all, stateOf([...files, ...besides]));
  if (existsSync(folder)) return folder;
  rmSync(all, { recursive: true, force: true });
  const { $schema, ...settings } = JSON.parse(readFileSync('.swcrc', 'utf8')) as Options & {
    $schema: string;
  };
  const unfinished = `${folder}.${process.pid}`;
  for (const file of files) compile(file, join(unfinished, file), settings);
  symlinkSync('.', join(unfinished, 'dist'), 'dir'); // where scripts look for what is compiled
  renameSync(unfinished, folder);
  return folder;
}

/** Its map is written beside it: a stack shows the lines as they were written. */
function compile(file: string, target: string, settings: Options): void {
  mkdirSync(dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) return copyFileSync(file, target);
  const compiled = target.replace(/ts$/, 'js');
  const { code, map } = transformSync(readFileSync(file, 'utf8'), {
    ...settings,
    swcrc: false,
    filename: file,
    sourceFileName: resolve(file),
  });
  writeFileSync(compiled, `${code}//# sourceMappingURL=${basename(compiled)}.map\n`);
  writeFileSync(`${compiled}.map`, map!);
}

function stateOf(files: string[]): string {
  const hash = createHash('sha1');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}
