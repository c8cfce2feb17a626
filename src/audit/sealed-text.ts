import type { AccessLogRow } from './access-log.row.ts';
import type { SegmentDropRow, SegmentRow } from './segment.row.ts';

/** The texts that are hashed and signed. They never change for what was sealed: another form takes another number. */
export function lineText(line: AccessLogRow): string {
  const { pos, id, at, personId, organisationId, memberId, clientId } = line;
  const { categories, reasons, outside, operation, purpose, requestId } = line;
  return JSON.stringify([
    ...['line/1', pos, id, at, personId, organisationId, memberId, clientId],
    ...[categories, reasons, outside, operation, purpose, requestId],
  ]);
}

export type Sealed = Omit<SegmentRow, 'positions' | 'leaves' | 'signature'> & { lines: number };

export function segmentText({ root, previous, ...of }: Sealed): string {
  const { number, afterPos, toPos, lines, newestAt, sealedAt, keyId } = of;
  return JSON.stringify([
    ...['segment/1', number, afterPos, toPos, lines, hex(root), hex(previous), newestAt, sealedAt, keyId],
  ]);
}

export function dropText({ segment, droppedAt, keyId }: Omit<SegmentDropRow, 'signature'>, of: Sealed): string {
  return JSON.stringify(['drop/1', segment, hex(of.root), of.lines, of.newestAt, droppedAt, keyId]);
} // prettier-ignore

export function hex(bytes: { toString(encoding: 'hex'): string }): string {
  return bytes.toString('hex');
}
