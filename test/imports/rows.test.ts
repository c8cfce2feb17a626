import { FileFault, type FileRow, RowScanner } from '../../src/imports/rows.ts';
import fc from 'fast-check';

function scan(bytes: Buffer | string, chunk = Infinity): FileRow[] {
  const all = Buffer.from(bytes as string);
  const scanner = new RowScanner('f.json');
  const rows: FileRow[] = [];
  for (let from = 0; from < all.length; from += chunk)
    rows.push(...scanner.feed(all.subarray(from, from + chunk)));
  return [...rows, ...scanner.end()];
}
const values = (rows: FileRow[]) => rows.map(({ value, fault }) => fault ?? value);

describe('the rows of a file', () => {
  test('an array and one object a line give the same rows, with their lines', () => {
    expect(scan('[\n{"a":1},\n\n {"a":[1,2]}\n]\n')).toEqual([
      { row: 1, line: 2, value: { a: 1 } },
      { row: 2, line: 4, value: { a: [1, 2] } },
    ]);
    expect(scan('\uFEFF{"a":1}\r\n\r\n{"a":[1,2]}')).toEqual([
      { row: 1, line: 1, value: { a: 1 } },
      { row: 2, line: 3, value: { a: [1, 2] } },
    ]);
    expect(scan(' [ ] ')).toEqual([]);
  });

  test('however they are cut in chunks', () => {
    const texts = fc.array(fc.jsonValue(), { maxLength: 6 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2), (rows, chunk, indent) => {
        const read = scan(JSON.stringify(rows, null, indent), chunk);
        expect(JSON.stringify(values(read))).toBe(JSON.stringify(rows));
      }),
    );
  });

  test('a bad row is told and the others read: broken JSON, wrong bytes, a megabyte', () => {
    const long = `{"a":"${'x'.repeat(1 << 20)}"}`;
    const bytes = [
      Buffer.from('[{"a":1},{"a":tru},{"a":"'),
      Buffer.from([0xe9, 0xff]),
      Buffer.from(`"},${long},{"b":2},]`),
    ];
    const expected = [{ a: 1 }, 'not JSON', 'not UTF-8', 'longer than 1048576 bytes', { b: 2 }, 'not JSON'];
    expect(values(scan(Buffer.concat(bytes)))).toEqual(expected);
    expect(values(scan(Buffer.concat(bytes), 4096))).toEqual(expected);
  });

  test.each([
    ['', /is empty/],
    ['id;nom\n1;A', /neither a JSON array nor/],
    ['[{"a":1},\n{"a":"tr', /truncated: it ends at byte 18 within row 2, which begins on line 2/],
    ['[{"a":1}', /truncated/],
    ['{"a":1}\n{"a":', /truncated: it ends at byte 13 within row 2, which begins on line 2/],
    ['[{"a":1}] x', /goes on after the end of its array, on line 1/],
  ])('%j is no file of rows', (text, message) => {
    expect(() => scan(text)).toThrow(FileFault);
    expect(() => scan(text)).toThrow(message);
  });
});
