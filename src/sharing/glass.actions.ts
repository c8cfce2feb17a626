import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { followersOf, openAccess } from '../people/access.ts';
import { holderOf } from '../people/holder.store.ts';
import { refuseNir } from '../people/nir.rules.ts';
import type { PersonRow } from '../people/person.row.ts';
import type { GlassRow } from './glass.row.ts';
import { checkBreaker, checkTries, detailOf, glass, openedBy, soughtBy } from './glass.rules.ts';
import { lockSought, nameOf, saveGlass, triesOf } from './glass.store.ts';
import type { GlassBreaking } from './glass.type.ts';

/**
 * Opens somebody for three hours in an emergency, whether the viewer knew of them or not. An attempt that finds nobody is
 * kept like one that does, with no person: the caller answers it as what does not exist.
 */
export async function breakGlass(tx: Transaction, input: GlassBreaking) {
  const { viewer } = tx;
  allow(viewer, 'breakGlass');
  checkBreaker(viewer);
  refuseNir(input);
  const [detail, sought] = [detailOf(input.detail), soughtBy(input)];
  const person = await tx.asHub('glass', async () => {
    checkTries(await triesOf(tx, viewer.member!, before(tx.now, glass.within)));
    return lockSought(tx, input);
  });
  const holder = await holderOf(tx, viewer.organisation);
  const row: GlassRow = {
    ...{ id: newId('BrokenGlass'), personId: person?.id ?? null, reason: input.reason },
    ...{ organisationId: viewer.organisation, memberId: viewer.member!, soughtBy: sought },
    brokenBy: await nameOf(tx, viewer.member!),
    categories: person ? openedBy(input.reason, holder, viewer.health) : [],
    brokenAt: tx.now,
    closesAt: person && before(tx.now, -glass.hours * 3_600_000),
  };
  await saveGlass(tx, row, detail);
  if (person) await open(tx, person, row);
  return { id: row.id, found: person !== null };
}

function before(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) - milliseconds).toISOString();
}

/** To the member, whatever of people they see: in their portfolio, and as if the person lived in their unit. */
async function open(tx: Transaction, { id, version }: PersonRow, row: GlassRow): Promise<void> {
  const { viewer } = tx;
  await openAccess(tx, {
    ...{ person: id, organisation: row.organisationId, categories: row.categories, reason: 'BREAK_GLASS' },
    ...{ source: row.id, member: row.memberId, until: row.closesAt },
    territory: viewer.people === 'TERRITORY' ? viewer.territory[0]! : null,
  });
  await record(tx, {
    type: 'person.glass_broken',
    subject: { type: 'Person', id, version },
    person: id,
    audience: [row.organisationId, ...(await followersOf(tx, id))],
    facts: { glass: row.id, reason: row.reason, soughtBy: row.soughtBy, until: row.closesAt },
  });
}
