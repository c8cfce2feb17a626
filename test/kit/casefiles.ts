import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from './client.ts';
import { asSuperuser, tablesOf } from './copy.ts';
import { registerPerson } from './people.ts';
import { placed, serviceStarted, started, toJob } from './placements.ts';
import { done, type Scene } from './referrals.ts';
import { councilOf } from './world.ts';

/** Words that stand nowhere but in what is known of one person. */
export const secrets = ['Quemeneur', 'Kerdreux', '02 40 55 66 77', 'soizic@courriel.example', 'quai de la Fosse',
  'Tourneuse sur bois', 'garde partagée', 'préfère le matin', 'PLIE-4711', 'REF-4711'] as const; // prettier-ignore

export interface KnownPerson {
  id: string;
  reference: string;
  /** Sent, answered and ended in a placement that is over. */
  ended: string;
  /** Sent, still open. */
  open: string;
}

async function did(client: Client, mutation: string, type: string, input: object) {
  const { userErrors } = await client.run<any>(mutation, type, input, '__typename');
  if (userErrors.length) throw new Error(`${mutation}: ${JSON.stringify(userErrors)}`);
}

/** Somebody of whom something is known in every way a partner can say it. */
export async function knownPerson(scene: Scene): Promise<KnownPerson> {
  const { coordinator, provider } = scene;
  const { id, reference } = await registerPerson(coordinator, {
    identity: { lastName: 'Kerdreux', firstName: 'Soizic', birthDate: '1991-05-17' },
    contact: { phone: '02 40 55 66 77', email: 'soizic@courriel.example', address: '3 quai de la Fosse' },
    externalReference: 'PLIE-4711',
    profile: { skills: ['Tourneuse sur bois'] },
    referent: {},
  });
  const person = id;
  const married = { identity: { lastName: 'Quemeneur', birthName: 'Kerdreux' }, because: 'CHANGED' };
  await did(coordinator, 'updatePerson', 'PersonUpdate', { person, ...married });
  const need = { theme: 'CONTRAINTES_FAMILIALES', detail: 'garde partagée' };
  await did(coordinator, 'recordNeed', 'NewNeed', { person, ...need });
  const placement = await started(scene, { person });
  const suspension = { placement: placement.id, kind: 'SICK_LEAVE', from: '2026-11-10' };
  await placed(provider, 'suspendPlacement', suspension);
  const workshop = await serviceStarted(scene, { person });
  await placed(provider, 'recordAttendance', {
    placement: workshop.id,
    on: '2026-11-16',
    presence: 'ABSENT',
  });
  await placed(provider, 'endPlacement', { placement: workshop.id, endedOn: '2026-11-20', outcome: toJob });
  const ending = { placement: placement.id, endedOn: '2026-11-20', outcome: toJob };
  await placed(provider, 'endPlacement', ending);
  const open = await scene.sent({ person, vacancy: await scene.vacancy(2), externalReference: 'REF-4711' });
  const note = { category: 'OTHER', text: 'préfère le matin' };
  done(await scene.move(coordinator, 'addReferralNote', open.id, note));
  return { id, reference, ended: placement.referral.id, open: open.id };
}

/** Official lists, long and about nobody. */
const lists = ['commune', 'epci', 'migrations'];

/** Where any of these words stands in a whole database, as `table: word`. */
export function foundIn(database: string, words: readonly string[]): Promise<string[]> {
  return asSuperuser(database, async (client) => {
    const found: string[] = [];
    for (const table of (await tablesOf(client)).filter((name) => !lists.includes(name))) {
      const { rows } = await client.query<{ word: string }>(
        `select word from unnest($1::text[]) word
         where exists (select from ${table} line where line::text ilike '%' || word || '%')`,
        [words],
      );
      found.push(...rows.map(({ word }) => `${table}: ${word}`));
    }
    return found;
  });
}

/** A person registered by the sender, and erased by the council. */
export async function erasedPerson(scene: Scene): Promise<string> {
  const council = await (await councilOf(scene.world)).member();
  const { id, reference } = await registerPerson(scene.coordinator);
  const input = { person: id, reason: 'MISTAKE', confirm: reference };
  await did(council, 'erasePerson', 'PersonErasure', input);
  return id;
}

/** A person registered by the sender of whom notice of erasure was given: straight in the table. */
export async function underNotice(scene: Scene): Promise<string> {
  const { id } = await registerPerson(scene.coordinator);
  await scene.world.db.write(scene.world.hub, (tx) =>
    tx.change(sql`insert into retention_notice (id, person_id, last_contact_at, erase_on, state, created_at)
      values (${newId('RetentionNotice')}, ${id}, ${tx.now}, '2026-12-23', 'OPEN', ${tx.now})`),
  );
  return id;
}
