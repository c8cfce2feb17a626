import fc from 'fast-check';
import { CursorSeal } from '../../src/events/cursor.ts';

const key = Buffer.alloc(32, 7);
const seal = new CursorSeal(key, 'this journal');
const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const position = fc.record({ tx: number, pos: number });
const refused = (cursor: string, by = seal) => {
  try {
    return by.open(cursor);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('what was sealed opens again, the same in every process that holds the key', () => {
  fc.assert(
    fc.property(position, (at) => {
      const cursor = seal.seal(at);
      expect(cursor).toMatch(/^[\w-]{60}$/);
      expect(new CursorSeal(key, 'this journal').seal(at)).toBe(cursor);
      expect(seal.open(cursor)).toEqual(at);
    }),
  );
});

test('a cursor that was tampered with, or is of another journal or key, opens nothing', () => {
  fc.assert(
    fc.property(position, fc.nat(59), (at, place) => {
      const cursor = seal.seal(at);
      const other = cursor[place] === 'A' ? 'B' : 'A';
      const forged = cursor.slice(0, place) + other + cursor.slice(place + 1);
      // the version's own byte, and nothing else, stands in front of what is sealed
      if (place > 1) expect(refused(forged)).toBe('RESYNC_REQUIRED');
      expect(refused(cursor, new CursorSeal(key, 'restored'))).toBe('RESYNC_REQUIRED');
      expect(refused(cursor, new CursorSeal(Buffer.alloc(32, 8), 'this journal'))).toBe('RESYNC_REQUIRED');
    }),
  );
});

test('what is no cursor of a journal is told so', () => {
  for (const cursor of ['', 'x', 'A'.repeat(59), 'A'.repeat(61), `${'A'.repeat(59)}=`])
    expect(refused(cursor)).toBe('CURSOR_MISMATCH');
});

test('two neighbours have nothing in common that tells how near they are', () => {
  const one = seal.seal({ tx: 5000n, pos: 1n });
  const next = seal.seal({ tx: 5000n, pos: 2n });
  const alike = [...one].filter((letter, at) => letter === next[at]).length;
  expect(alike).toBeLessThan(20); // of 60, by chance one in 64 and the version
});
