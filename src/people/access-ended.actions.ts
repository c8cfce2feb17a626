import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { recordMany } from '../events/journal.ts';
import type { Category } from './access.rules.ts';

/** What an organisation saw, and by which of its members, before this transaction changed it. */
export interface Seen {
  person: string;
  organisation: string;
  category: Category;
  member: string | null;
  territory: string | null;
}

const changed = new WeakMap<Transaction, Seen[]>();

/**
 * Remembers what ends here. Whether anything was lost is known only when all else is written: a referral closes what
 * its placement opens again a moment later, a referent hands over to a colleague.
 */
export function wasSeen(tx: Transaction, rows: readonly Seen[]): void {
  if (rows.length === 0) return;
  const known = changed.get(tx) ?? [];
  known.push(...rows);
  changed.set(tx, known);
  tx.lastly('access', () => tellLost(tx, known));
}

/** As the hub: the mover may neither see nor name who lost the person, nor the line that tells them who moved. */
async function tellLost(tx: Transaction, seen: readonly Seen[]): Promise<void> {
  await tx.asHub('person.access', async () => {
    const lines = (await lost(tx, seen)).flatMap(({ person, version, ended, narrowed }) => [
      line('person.access_ended', person, version, ended),
      line('person.access_narrowed', person, version, narrowed),
    ]);
    await recordMany(
      tx,
      lines.filter(({ audience }) => audience.length > 0),
    );
  });
}

function line(
  type: 'person.access_ended' | 'person.access_narrowed',
  person: string,
  version: number,
  audience: string[],
) {
  return { type, subject: { type: 'Person', id: person, version }, person, audience };
}

interface Lost {
  person: string;
  version: number;
  ended: string[];
  narrowed: string[];
}

/** Who lost a person altogether, and who lost a category, or the eyes of one member or territory. */
function lost(tx: Transaction, seen: readonly Seen[]): Promise<Lost[]> {
  const running = sql`select from person_access reach where reach.person_id = was.person
    and reach.organisation_id = was.organisation and reach.category = was.category
    and reach.valid_from <= ${tx.now} and (reach.valid_until is null or reach.valid_until > ${tx.now})`;
  return tx.rows<Lost>(sql`with side as (
      select was.person, was.organisation,
        bool_or(was.category = 'CORE' and not exists (${running})) as ended,
        bool_or(not exists (${running})
          or (was.member is not null and not exists (${running} and reach.member_id = was.member))
          or (was.territory is not null and not exists (${running} and reach.territory = was.territory))) as narrowed
      from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
        as was (person text, organisation text, category text, member text, territory text)
      group by was.person, was.organisation)
    select side.person, person.version,
      array_remove(array_agg(case when ended then organisation end), null) as ended,
      array_remove(array_agg(case when narrowed and not ended then organisation end), null) as narrowed
    from side join person on person.id = side.person
    where narrowed group by side.person, person.version order by side.person`);
}
