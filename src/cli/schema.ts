import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema } from '../server/schema.ts';

/** Writes schema/schema.graphql, or with --check says whether it is what the code emits. */
const file = 'schema/schema.graphql';
const { sdl } = buildSchema();
if (!process.argv.includes('--check')) {
  writeFileSync(file, sdl);
} else if (readFileSync(file, 'utf8') !== sdl) {
  console.error(`${file} is not what the code emits: run \`npm run schema\` and commit it.`);
  process.exitCode = 1;
}
