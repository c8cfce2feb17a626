import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { hashOf, leafOf, rootOf } from './merkle.ts';
import type { SealKey } from './seal-key.ts';
import { dropText, hex, lineText, segmentText } from './sealed-text.ts';
import { isQuiet } from './segment.rules.ts';
import * as store from './segment.store.ts';

const linesASegment = 4096;
const dropsAtOnce = 100;
const hub = hubViewer('access.seal');

type OnFault = (error: unknown, subject: string) => void;
const unheard: OnFault = (error) => {
  throw error as Error;
};

export interface SealedNow {
  segments: number;
  lines: number;
  /** Number and hash of the last one: in the hub's own log it is noted outside the database, wherever that is kept. */
  head?: string;
}

/** Seals all lines that are settled; an hour without any is sealed as an empty segment. Several hubs may at once. */
export function sealing(key: SealKey) {
  return async (db: Database, onFault: OnFault = unheard): Promise<SealedNow> => {
    const sealed: SealedNow = { segments: 0, lines: 0 };
    try {
      const upTo = await db.write(hub, store.settledPosition);
      for (;;) {
        const next = await db.write(hub, (tx) => sealNext(tx, key, upTo));
        if (next === null) return sealed;
        sealed.segments++;
        sealed.lines += next.lines;
        sealed.head = next.head;
      }
    } catch (error) {
      onFault(error, 'the access log');
      return sealed;
    }
  };
}

/** Null when there is nothing to seal, else how many lines it sealed, and the head that the log now has. */
async function sealNext(tx: Transaction, key: SealKey, upTo: number) {
  const last = await store.lockLastSegment(tx);
  const afterPos = last?.toPos ?? 0;
  const lines = await store.linesBetween(tx, afterPos, upTo, linesASegment);
  if (!lines.length && last && !isQuiet(last.sealedAt, tx.now)) return null;
  const leaves = lines.map((line) => leafOf(lineText(line)));
  const segment = {
    number: (last?.number ?? 0) + 1,
    afterPos,
    toPos: lines.at(-1)?.pos ?? afterPos,
    root: rootOf(leaves),
    previous: hashOf(last ? segmentText(last) : ''),
    newestAt: lines.reduce<string | null>((newest, { at }) => (newest && newest > at ? newest : at), null),
    sealedAt: tx.now,
    keyId: key.id,
  };
  const text = segmentText({ ...segment, lines: lines.length });
  const signature = key.sign(text);
  const positions = lines.map(({ pos }) => pos);
  await store.saveSegment(tx, { ...segment, positions, leaves, signature });
  return { lines: lines.length, head: `${segment.number}:${hex(hashOf(text))}` };
}

/** Whole segments past their retention lose their lines, and keep their root with a signed record that they did. */
export function dropping(key: SealKey) {
  return async (db: Database): Promise<number> => {
    let dropped = 0;
    for (;;) {
      const due = await store.segmentsToDrop(db.as(hub), dropsAtOnce);
      for (const segment of due) dropped += await db.write(hub, (tx) => dropOne(tx, key, segment));
      if (due.length < dropsAtOnce) return dropped;
    }
  };
}

async function dropOne(tx: Transaction, key: SealKey, of: store.SegmentHead): Promise<number> {
  await store.lockLastSegment(tx);
  if (await store.dropOf(tx, of.number)) return 0; // another hub was first
  const drop = { segment: of.number, droppedAt: await store.databaseClock(tx), keyId: key.id };
  return store.saveDrop(tx, { ...drop, signature: key.sign(dropText(drop, of)) });
}
