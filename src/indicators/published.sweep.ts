import { eachDue } from '../db/due.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { cellsOf } from './cell.store.ts';
import { catalogue, lastClosed, TableName, told, type Counted } from './published.rules.ts';
import { due, holdsAt, lastEdition, saveEdition } from './published.store.ts';

/** Publishes what has closed, each table of a month in its own transaction; what was corrected since gets a new edition. */
export const publishClosed = eachDue({
  cause: 'tables.closing',
  counts: ['published', 'unchanged'],
  next: (reader, after, most) =>
    due(reader, lastClosed(parisDay(reader.now)), { after: after?.id ?? '', most }),
  turn: publish,
});

async function publish(tx: Transaction, id: string): Promise<'published' | 'unchanged'> {
  const [name, month] = id.split(' ') as [TableName, string];
  return tx.asFigures(async () => {
    const { edition, told: shown, before } = await lastEdition(tx, name, month);
    const closing = lastClosed(parisDay(tx.now));
    const cells = await cellsOf(tx, name, month, tx.now);
    const { people } = catalogue[name];
    const held = edition && (people ? await cellsOf(tx, name, month, edition.asOf) : shown);
    if (held && same(cells, held)) {
      await holdsAt(tx, edition.id, closing);
      return 'unchanged';
    }
    const by = { id: newId('PublishedTable'), asOf: tx.now, publishedAt: tx.now, closing };
    await saveEdition(tx, { ...by, name, month, edition: (edition?.edition ?? 0) + 1 }, told(name, cells, before));
    return 'published';
  });
} // prettier-ignore

/** Every table of the last month that has closed. */
export async function publishLast(tx: Transaction): Promise<void> {
  for (const name of Object.keys(TableName)) await publish(tx, `${name} ${lastClosed(parisDay(tx.now))}`);
}

/** A month known otherwise than when it was published, in any of its cells. */
function same(now: readonly Counted[], then: readonly Pick<Counted, 'code' | 'value' | 'of'>[]): boolean {
  const known = new Map(then.map(({ code, value, of }) => [code, `${number(value)} ${number(of)}`]));
  return now.length === then.length && now.every(({ code, value, of }) => known.get(code) === `${number(value)} ${number(of)}`);
} // prettier-ignore

const number = (value: number | null) => (value === null ? null : Number(value));
