import fc from 'fast-check';
import { csvRecords, separatorOf } from '../../src/territory/csv.ts';

async function read(chunks: string[], separator = ',') {
  const records = [];
  for await (const record of csvRecords(chunksOf(chunks), separator)) records.push(record);
  return records;
}

async function* chunksOf(chunks: string[]) {
  yield* chunks;
}

test('cells may be quoted, hold separators, quotes and ends of line; lines are counted all the same', async () => {
  expect(await read(['a,"b,c","say ""so"""\r\n\r\n"two\nlines",,z\nlast'])).toEqual([
    { line: 1, from: 1, cells: ['a', 'b,c', 'say "so"'] },
    { line: 4, from: 3, cells: ['two\nlines', '', 'z'] },
    { line: 5, from: 5, cells: ['last'] },
  ]);
});

test('a quote that never closes is told, not swallowed', async () => {
  await expect(read(['a,b\n"c,d\ne,f\n'])).rejects.toThrow(/quote/i);
});

test('the separator is the one the heading uses most', () => {
  expect(separatorOf('code_insee;nom;coordonnees, gps')).toBe(';');
  expect(separatorOf('COM\tLIBELLE')).toBe('\t');
  expect(separatorOf('code')).toBe(';');
});

test('what is written is read back, wherever the chunks are cut', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ') });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), async (table, size) => {
      const text = table
        .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
        .join('\n');
      const chunks = [...text].flatMap((_, at, all) =>
        at % size ? [] : [all.slice(at, at + size).join('')],
      );
      expect((await read(chunks)).map(({ cells }) => cells)).toEqual(table);
    }),
  );
});
