import { readFileSync, writeFileSync } from 'node:fs';
import { withMatrices } from './privacy.matrix.ts';

/** Writes the matrices of docs/privacy.md from the rules themselves, or with --check says whether they are these. */
const file = 'docs/privacy.md';
const page = readFileSync(file, 'utf8');
const made = withMatrices(page);
if (!process.argv.includes('--check')) {
  writeFileSync(file, made);
} else if (page !== made) {
  console.error(`The matrices of ${file} are not what the rules say: run \`npm run privacy\` and commit it.`);
  process.exitCode = 1;
}
