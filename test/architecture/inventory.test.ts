import { readFileSync } from 'node:fs';
import pg from 'pg';
import { templateDatabase, urlsOf } from '../kit/cluster.ts';

/** docs/personal-data.md names every column of every walled table once, with what it is for and how long it is kept. */
const page = readFileSync('docs/personal-data.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const words = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
const inventory = rows.flatMap(([table, columns]) =>
  words(columns!).map((column) => `${words(table!)[0]}.${column}`),
);

test('every column that holds something of a person or a professional has its line, and no line is idle', async () => {
  const owner = new pg.Client({ connectionString: urlsOf(templateDatabase).owner });
  await owner.connect();
  const { rows: stored } = await owner.query<{ name: string }>(
    `select relname || '.' || attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
     where relkind = 'r' and relforcerowsecurity and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped`,
  );
  await owner.end();
  expect([...inventory].sort()).toEqual(stored.map(({ name }) => name).sort());
});

test('each line says what the columns tell, what they are for and until when they are kept', () => {
  expect(rows.filter((cells) => cells.length !== 5 || cells.some((cell) => cell === ''))).toEqual([]);
}); // prettier-ignore
