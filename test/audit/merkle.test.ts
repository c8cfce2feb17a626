import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { leafOf, rootOf } from '../../src/audit/merkle.ts';

const sha = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 6962 §2.1 as it is written: split at the largest power of two below n. */
function defined(lines: readonly string[]): Buffer {
  if (lines.length === 0) return sha('');
  if (lines.length === 1) return sha(Buffer.of(0), lines[0]!);
  let split = 1;
  while (split * 2 < lines.length) split *= 2;
  return sha(Buffer.of(1), defined(lines.slice(0, split)), defined(lines.slice(split)));
}

const lists = fc.array(fc.string(), { maxLength: 40 });
const built = (lines: readonly string[]) => rootOf(lines.map(leafOf));

test('the root is the one of RFC 6962', () => {
  fc.assert(fc.property(lists, (lines) => built(lines).equals(defined(lines))));
});

test('another line, another order or another length gives another root', () => {
  fc.assert(
    fc.property(lists, lists, (one, other) => built(one).equals(built(other)) === (JSON.stringify(one) === JSON.stringify(other))),
  );
}); // prettier-ignore
