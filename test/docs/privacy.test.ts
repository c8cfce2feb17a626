import { readFileSync } from 'node:fs';
import { withMatrices } from '../../src/cli/privacy.matrix.ts';

test('the matrices of docs/privacy.md are what the rules say: `npm run privacy` writes them', () => {
  const page = readFileSync('docs/privacy.md', 'utf8');
  expect(page).toBe(withMatrices(page));
});
