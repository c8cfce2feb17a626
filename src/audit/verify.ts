import type { Reader } from '../db/reader.ts';
import { compared, type LineFinding } from './compare.ts';
import { hashOf, rootOf } from './merkle.ts';
import type { KnownKeys } from './seal-key.ts';
import { dropText, hex, segmentText } from './sealed-text.ts';
import { isLate, stoodStill } from './segment.rules.ts';
import * as store from './segment.store.ts';

/** A head noted elsewhere: the number of a segment and its hash. What was sealed before it cannot be cut unseen. */
export interface Anchor {
  number: number;
  hash: string;
}

export type SegmentFault =
  'MISSING' | 'CHAIN' | 'SIGNATURE' | 'UNKNOWN_KEY' | 'LIST' | 'CUT' | 'DROP' | 'ANCHOR' | 'OUTSIDE';

/** Something was changed: which segment, and where it is one line, which. */
export type Finding =
  { segment: number; fault: SegmentFault; line?: string } | ({ segment: number } & LineFinding);

export interface Summary {
  segments: number;
  /** Lines that stand as they were sealed. */
  intact: number;
  dropped: number;
  unsealed: number;
  findings: number;
  head: Anchor | null;
  /** What may have an innocent cause, and may not. */
  remarks: string[];
}

export interface Verification {
  keys: KnownKeys;
  anchor?: Anchor | null;
  onFinding: (finding: Finding) => void;
}

const segmentsAtOnce = 20;

/** Walks all segments in order and holds nothing but the last one: what was sealed is as it was, or it is told. */
export class Verifier {
  private last: store.WholeSegment | null = null;
  private anchored = false;
  private unused = 0;
  readonly summary: Summary = {
    segments: 0,
    intact: 0,
    dropped: 0,
    unsealed: 0,
    findings: 0,
    head: null,
    remarks: [],
  };

  constructor(
    private readonly reader: Reader,
    private readonly of: Verification,
  ) {}

  async run(): Promise<Summary> {
    for (;;) {
      const page = await store.segmentsAfter(this.reader, this.last?.number ?? 0, segmentsAtOnce);
      for (const segment of page) await this.one(segment);
      if (page.length < segmentsAtOnce) break;
    }
    await this.rest();
    return this.summary;
  }

  private async one(segment: store.WholeSegment): Promise<void> {
    const text = segmentText(segment);
    const hash = hex(hashOf(text));
    this.chained(segment);
    this.sealed(segment, text);
    if (this.of.anchor?.number === segment.number) this.anchored = hash === this.of.anchor.hash;
    await this.lines(segment);
    this.unused += segment.toPos - segment.afterPos - segment.lines;
    this.summary.segments++;
    this.summary.head = { number: segment.number, hash };
    this.last = segment;
  }

  /** Whether it hangs on the one before; after a gap there is nothing to hang on. */
  private chained(segment: store.WholeSegment): void {
    const { last } = this;
    const expected = (last?.number ?? 0) + 1;
    for (let number = expected; number < segment.number; number++) this.fault({ number }, 'MISSING');
    const previous = hashOf(last ? segmentText(last) : '');
    const hangs = segment.previous.equals(previous) && segment.afterPos === (last?.toPos ?? 0);
    if (segment.number === expected && !hangs) this.fault(segment, 'CHAIN');
    if (last && stoodStill(last.sealedAt, segment.sealedAt))
      this.remark(
        `nothing sealed between ${last.sealedAt} and ${segment.sealedAt}: the hub stood still, or segments were cut there`,
      );
  }

  private sealed(segment: store.WholeSegment, text: string): void {
    const { keys } = this.of;
    if (!keys.knows(segment.keyId)) this.fault(segment, 'UNKNOWN_KEY');
    else if (!keys.accepts(segment.keyId, text, segment.signature)) this.fault(segment, 'SIGNATURE');
    if (!rootOf(segment.leaves).equals(segment.root)) this.fault(segment, 'LIST');
  }

  private async lines(segment: store.WholeSegment): Promise<void> {
    const lines = await store.linesBetween(this.reader, segment.afterPos, segment.toPos);
    // read after the lines: a drop deletes and records at once, so lines gone by then have their record
    if (!lines.length && segment.lines) return this.gone(segment);
    const findings = compared(segment, lines);
    for (const finding of findings) this.tell({ segment: segment.number, ...finding });
    const touched = findings.filter(({ fault }) => fault !== 'INSERTED').length;
    this.summary.intact += segment.lines - touched;
  }

  private async gone(segment: store.WholeSegment): Promise<void> {
    const drop = await store.dropOf(this.reader, segment.number);
    if (!drop) return this.fault(segment, 'CUT');
    const { keys } = this.of;
    const signed = keys.accepts(drop.keyId, dropText(drop, segment), drop.signature);
    const past = await store.wasPastRetention(this.reader, segment.newestAt!, drop.droppedAt);
    if (!signed || !past) return this.fault(segment, 'DROP');
    this.summary.dropped += segment.lines;
  }

  private async rest(): Promise<void> {
    const { last, of, summary } = this;
    const number = last?.number ?? 0;
    const { before, count, oldest, given } = await store.unsealed(this.reader, last?.toPos ?? 0);
    for (const line of before ?? []) this.tell({ segment: number, fault: 'OUTSIDE', line });
    summary.unsealed = count;
    if (of.anchor && !this.anchored) this.tell({ segment: of.anchor.number, fault: 'ANCHOR' });
    this.atTheEnd(oldest, given - (last?.toPos ?? 0) - count);
  }

  /** What stands after the last segment, and what does not: `missing` positions were given out there and hold no line. */
  private atTheEnd(oldest: string | null, missing: number): void {
    const { last, reader } = this;
    if (oldest && isLate(oldest, reader.now)) this.remark(`lines since ${oldest} are not sealed: is a hub running?`);
    if (last && stoodStill(last.sealedAt, reader.now)) this.remark(`nothing sealed since ${last.sealedAt}: no hub ran since, or the tail was cut`);
    if (missing > 0) this.remark(`${missing} positions after the last segment hold no line: inserts that failed, a crash, or lines cut, with their seal or before it`);
    if (this.unused) this.remark(`${this.unused} positions hold no line: inserts that failed, a crash, or lines cut before they were sealed`);
  } // prettier-ignore

  private fault({ number }: { number: number }, fault: SegmentFault): void {
    this.tell({ segment: number, fault });
  }

  private tell(finding: Finding): void {
    this.summary.findings++;
    this.of.onFinding(finding);
  }

  private remark(words: string): void {
    this.summary.remarks.push(words);
  }
}
