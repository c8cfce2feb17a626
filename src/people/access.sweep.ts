import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { wasSeen, type Seen } from './access-ended.actions.ts';
import { freeLine } from './count.store.ts';

/** For how many people the end of a right was told. */
export interface AccessSwept {
  told: number;
  /** Left for the next sweep: their fault is handed to `onFault`. */
  failed: number;
}

const cause = 'access.until';
const due = sql`valid_until <= app.clock() and not ended_told`;

/** A right that ends by its date has no move of its own to tell it: each minute does. Two may sweep at once. */
export async function sweepAccess(
  db: Database,
  onFault: (error: unknown, person: string) => void = () => {},
  batch = 500,
): Promise<AccessSwept> {
  const swept: AccessSwept = { told: 0, failed: 0 };
  // those whose turn fails stay due: the next batch begins after them, so that they keep nobody from theirs
  for (let after = ''; ;) {
    const people = await db.as(hubViewer(cause)).rows<{ id: string }>(
      sql`select distinct person_id as id from person_access where ${due} and person_id > ${after}
        order by person_id limit ${batch}`,
    );
    for (const { id } of people) {
      try {
        if (await db.write(hubViewer(cause), (tx) => sweepOne(tx, id))) swept.told++;
      } catch (error) {
        swept.failed++;
        onFault(error, id);
      }
    }
    if (people.length < batch) return swept;
    after = people.at(-1)!.id;
  }
}

/** Skips whoever is moved at this moment: the person's line comes before the rows of their rights. */
async function sweepOne(tx: Transaction, person: string): Promise<boolean> {
  if (!(await freeLine(tx, person))) return false;
  const ended = await tx.rows<Seen>(sql`update person_access set ended_told = true
    where person_id = ${person} and ${due}
    returning person_id as person, organisation_id as organisation, category, member_id as member, territory`);
  wasSeen(tx, ended);
  return ended.length > 0;
}
