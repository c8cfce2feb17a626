import { createHash } from 'node:crypto';

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);

/** A leaf and a node are hashed apart (RFC 6962): no line can pass for a branch. */
export function leafOf(text: string): Buffer {
  return createHash('sha256').update(leafPrefix).update(text).digest();
}

/** Merkle root of leaves in their order, as RFC 6962 §2.1 has it. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return hashOf('');
  let level = leaves;
  while (level.length > 1) level = parents(level);
  return level[0]!;
}

function parents(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at]!, level[at + 1]];
    above.push(right ? createHash('sha256').update(nodePrefix).update(left).update(right).digest() : left);
  }
  return above;
}

export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
