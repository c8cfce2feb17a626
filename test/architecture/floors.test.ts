/** The order of the house holds: floors.mjs names every folder, the linter refuses a climb, the tree has none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Linter } from 'eslint';

const root = resolve(import.meta.dirname, '../..');
const load = (file: string) => import(join(root, file));
const { floors, alone } = (await load('floors.mjs')) as { floors: string[]; alone: string[] };
const { house } = (await load('eslint.config.mjs')) as { house: Linter.Config[] };

/** What the house's rules say of one file that does not exist. */
function verdict(filename: string, code: string): string[] {
  return new Linter({ cwd: root }).verify(code, house, { filename }).map((found) => found.message);
}

interface Import {
  file: string;
  from: string;
  to: string;
}

const importSource = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.[^'"]+)\1/g;

/** The floors one file of src/ reads from, found without the linter. `file` is relative to src/. */
function importsOf(file: string, code: string): Import[] {
  const src = join(root, 'src');
  return [...code.matchAll(importSource)]
    .map((match) => relative(src, resolve(src, file, '..', match[2]!)).split(sep)[0]!)
    .map((to) => ({ file, from: file.split(sep)[0]!, to }));
}

/** Leaving src/ (migrations, JSON beside it) is the linter's business, not a climb. */
function climbs({ from, to }: Import): boolean {
  if (from === to || to === '..') return false;
  return alone.includes(from) || floors.indexOf(to) < floors.indexOf(from);
}

/** The files of src/ one of them reads from. */
function filesFrom(file: string): string[] {
  const src = join(root, 'src');
  return [...readFileSync(join(src, file), 'utf8').matchAll(importSource)].map((match) =>
    relative(src, resolve(src, file, '..', match[2]!)),
  );
}

/** The first way that leads from a file back to itself. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const clear = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (clear.has(file)) return null;
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle) return circle;
    }
    clear.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return null;
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

describe('the floors of the house', () => {
  test('name every folder of src/', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
      .map((entry) => entry.name);
    expect(folders.filter((name) => !floors.includes(name))).toEqual([]);
  });

  test('no file of the tree imports upwards', () => {
    const all = files.flatMap((file) => importsOf(file, readFileSync(join(root, 'src', file), 'utf8')));
    expect(all.filter(climbs)).toEqual([]);
  });

  test('no file leads back to itself, not even for a type', () => {
    const imports = new Map(files.map((file) => [file, filesFrom(file)]));
    expect(circleIn(imports)).toBeNull();
  });

  test('a circle would be seen', () => {
    const imports = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['d', 'b']],
      ['d', []],
    ]);
    expect(circleIn(imports)).toEqual(['b', 'c', 'b']);
  });

  test('the reader of imports sees every way of importing', () => {
    const upwards = [
      `import { a } from '../server/a.ts';`,
      `import '../server/a.ts';`,
      `export { a } from "../server/a.ts";`,
      `const a = await import('../server/a.ts');`,
    ];
    for (const line of upwards)
      expect(importsOf(join('kernel', 'x.ts'), line).filter(climbs)).toHaveLength(1);
    expect(importsOf(join('server', 'x.ts'), `import { a } from '../kernel/a.ts';`).filter(climbs)).toEqual(
      [],
    );
  });
});

describe('the linter refuses', () => {
  const climb = 'stands below it in floors.mjs';
  const refused: [string, string, string, string][] = [
    ['a climb', 'src/partners/a.store.ts', `import { b } from '../referrals/b.store.ts';`, climb],
    ['a climb for a type', 'src/kernel/a.ts', `import type { b } from '../db/b.ts';`, climb],
    ['a climb to main', 'src/server/a.ts', `import { b } from '../main.ts';`, climb],
    ['a climb by re-export', 'src/offers/a.ts', `export { b } from '../vacancies/b.ts';`, climb],
    ['anything of ours in the client', 'src/client/a.ts', `import { b } from '../kernel/b.ts';`, climb],
    [
      'a rule that reads a table',
      'src/offers/a.rules.ts',
      `import { b } from './b.store.ts';`,
      'A rule imports',
    ],
    ['a rule that opens a file', 'src/offers/a.rules.ts', `import { b } from 'node:fs';`, 'pure function'],
    ['a rule that climbs', 'src/offers/a.rules.ts', `import { b } from '../vacancies/b.rules.ts';`, climb],
    ['a row with a library', 'src/offers/a.row.ts', `import { b } from 'type-graphql';`, 'A row imports'],
    ['a row with a value of a rule', 'src/offers/a.row.ts', `import { b } from './a.rules.ts';`, 'no value'],
    ['a resolver with SQL', 'src/offers/a.resolver.ts', `import pg from 'pg';`, 'is a door'],
    ['a resolver with a row', 'src/offers/a.resolver.ts', `import { b } from './a.row.ts';`, 'is a door'],
    ['the hub in a resolver', 'src/offers/a.resolver.ts', `db.asHub(tx, cause);`, 'act as the hub'],
    ['a default export', 'src/offers/a.ts', `export default 1;`, 'Named exports only'],
    ['a barrel by its content', 'src/offers/a.ts', `export * from './b.ts';`, 'No barrels'],
    ['a barrel by its name', 'src/offers/index.ts', `export const a = 1;`, 'No barrels'],
    ['a console in a slice', 'src/offers/a.ts', `console.log(1);`, 'Unexpected console'],
  ];
  test.each(refused)('%s', (_what, file, code, because) => {
    expect(verdict(file, code)).toEqual([expect.stringContaining(because)]);
  });
});

describe('the linter allows', () => {
  const allowed: [string, string, string][] = [
    ['a way down', 'src/referrals/a.store.ts', `import { b } from '../partners/b.store.ts';`],
    ['main to import anything', 'src/main.ts', `import { b } from './server/b.ts';`],
    ['a rule a lower rule', 'src/vacancies/a.rules.ts', `import { b } from '../offers/b.rules.ts';`],
    ['a rule the kernel', 'src/offers/a.rules.ts', `import { b } from '../kernel/b.ts';`],
    ['a row its table', 'src/offers/a.row.ts', `import { Entity } from '../db/columns.ts';`],
    ['a row a type of its rule', 'src/offers/a.row.ts', `import type { State } from './a.rules.ts';`],
    ['a resolver the type of a row', 'src/offers/a.resolver.ts', `import { type Row } from './a.row.ts';`],
    ['an action to act as the hub', 'src/offers/a.actions.ts', `db.asHub(tx, cause);`],
    ['a command to print', 'src/cli/a.ts', `console.log(1);`],
  ];
  test.each(allowed)('%s', (_what, file, code) => {
    expect(verdict(file, code)).toEqual([]);
  });
});
