import type { AccessLogRow } from './access-log.row.ts';
import { leafOf } from './merkle.ts';
import { lineText } from './sealed-text.ts';

export type LineFault = 'EDITED' | 'DELETED' | 'INSERTED' | 'REORDERED';

export interface LineFinding {
  fault: LineFault;
  pos: number;
  /** Id of the line that stands there; none where it was deleted. */
  line?: string;
}

interface SealedLines {
  positions: readonly number[];
  leaves: readonly Buffer[];
}

/** More than this many lines touched in one segment are not asked whether they changed places among themselves. */
const mostMoved = 200;

/** What became of the lines of a segment: each found as it was, or what was done to it. */
export function compared(sealed: SealedLines, lines: readonly AccessLogRow[]): LineFinding[] {
  const open = new Map(sealed.positions.map((pos, at) => [pos, sealed.leaves[at]!]));
  const strange = lines.filter((line) => !settle(open, line.pos, line));
  if (!strange.length) return [...open.keys()].map((pos) => ({ fault: 'DELETED', pos }));
  const findings: LineFinding[] = [];
  const foreign = strange.filter((line) => {
    const from = strange.length > mostMoved ? undefined : [...open.keys()].find((pos) => settle(open, pos, line));
    if (from !== undefined) findings.push({ fault: 'REORDERED', pos: line.pos, line: line.id });
    return from === undefined;
  });
  for (const { pos, id } of foreign) findings.push({ fault: open.delete(pos) ? 'EDITED' : 'INSERTED', pos, line: id });
  for (const pos of open.keys()) findings.push({ fault: 'DELETED', pos });
  return findings.sort((one, other) => one.pos - other.pos);
} // prettier-ignore

/** Whether the line is the one sealed at this position, which then has found it. */
function settle(open: Map<number, Buffer>, pos: number, line: AccessLogRow): boolean {
  const leaf = open.get(pos);
  return leaf !== undefined && leaf.equals(leafOf(lineText({ ...line, pos }))) && open.delete(pos);
}
