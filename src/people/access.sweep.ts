import sql from 'sql-template-tag';
import { eachDue } from '../db/due.ts';
import { wasSeen, type Seen } from './access-ended.actions.ts';
import { freeLine } from './count.store.ts';

const due = sql`valid_until <= app.clock() and not ended_told`;

/** A right that ends by its date has no move of its own to tell it: each minute does, one person after the other. */
export const sweepAccess = eachDue({
  cause: 'access.until',
  counts: ['told'],
  next: (reader, after, most) =>
    reader.rows<{ id: string }>(sql`select distinct person_id as id from person_access
      where ${due} and person_id > ${after?.id ?? ''} order by person_id limit ${most}`),
  turn: async (tx, person) => {
    // the person's line comes before the rows of their rights
    if (!(await freeLine(tx, person))) return null;
    const ended = await tx.rows<Seen>(sql`update person_access set ended_told = true
      where person_id = ${person} and ${due}
      returning person_id as person, organisation_id as organisation, category, member_id as member, territory`);
    wasSeen(tx, ended);
    return ended.length > 0 ? 'told' : null;
  },
});
