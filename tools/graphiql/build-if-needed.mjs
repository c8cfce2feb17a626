/** Builds the explorer when dist/graphiql is missing or older than its sources or the lock file, else leaves at once. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '../..');
const age = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const sources = [...readdirSync(here).map((name) => join(here, name)), join(root, 'package-lock.json')];
if (age(join(root, 'dist/graphiql/index.html')) < Math.max(...sources.map(age))) {
  console.log('Building the explorer (GraphiQL); this happens once.');
  const { build } = await import('vite');
  await build({ configFile: join(here, 'vite.config.mjs') });
}
