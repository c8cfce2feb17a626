import sql, { join, raw } from 'sql-template-tag';
import { erase } from '../casefiles/erasure.actions.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { oneAtATime } from '../doubles/link.store.ts';
import { Refusal } from '../kernel/refusal.ts';
import { allowFollowing } from '../people/access.ts';
import { updatePerson } from '../people/person.actions.ts';
import type { PersonUpdate } from '../people/person.inputs.ts';
import { lockPerson, versionOf } from '../people/person.store.ts';
import { replacedAt } from '../people/rectification.store.ts';
import type { IntakeChangeRow } from './intake.row.ts';
import { unchangedSince } from './step.rules.ts';

/** What comes about with a registration, or tells of nobody's work with the person: it goes with the record. */
export const ofRegistration = [
  ...[
    'person_identity',
    'person_contact',
    'person_profile',
    'person_handle',
    'person_number',
    'person_access',
  ],
  ...['referent', 'rectification', 'erasure', 'retention_notice', 'broken_glass', 'broken_glass_detail'],
  // whether the person has another record is nothing its registrar may learn, not even by a refusal
  ...['person_link', 'person_count'],
  'assignment_line', // of a plan that nobody followed: what was accepted is a referral
];

/** What somebody has done with the person since: a record it hangs on is not taken back by a file. */
export const ofFollowing = [
  ...['referral', 'referral_verdict', 'placement', 'person_situation', 'sharing_grant', 'clock_stop'],
  ...['information_request', 'meeting_attendance', 'iae_pass', 'iae_diagnosis', 'iae_criterion'],
  ...['entitlement', 'entitlement_period', 'entitlement_key', 'entitlement_change'],
  ...['pathway', 'pathway_step', 'engagement', 'engagement_review'],
];

/** A registration taken back: nothing personal is ever deleted, so the record becomes anonymous, as one typed by mistake does. */
export async function takeBackPerson(tx: Transaction, step: IntakeChangeRow): Promise<null> {
  await oneAtATime(tx); // an erasure parts links
  const person = await lockPerson(tx, step.subjectId, 'person');
  await allowFollowing(tx, person.id, 'IDENTITY');
  unchangedSince(person, step);
  await tx.asHub('import.undone', async () => {
    if (await isUsed(tx, step)) throw new Refusal('WRONG_STATE', { state: 'IN_USE', reason: 'IN_USE' });
    await erase(tx, person.id, 'MISTAKE');
  });
  return null;
}

async function isUsed(tx: Transaction, { subjectId: person, at }: IntakeChangeRow): Promise<boolean> {
  const each = ofFollowing.map(
    (table) => sql`exists (select from ${raw(table)} where person_id = ${person})`,
  );
  // needs noted with the registration bear its instant; one closed as a mistake is nobody's work
  const needs = sql`exists (select from need where person_id = ${person} and created_at <> ${at}
    and close_reason is distinct from 'MISTAKE')`;
  const used = sql`select (${needs} or ${join(each, ' or ')}) as used`;
  return (await firstRow<{ used: boolean }>(tx, used))!.used;
}

/** What a change replaced is kept with the person, and given back from there: the batch holds no word of it. */
export async function restorePerson(tx: Transaction, step: IntakeChangeRow): Promise<number> {
  const person = await lockPerson(tx, step.subjectId, 'person');
  unchangedSince(person, step);
  const former = await replacedAt(tx, person.id, step.at);
  if (!former) throw new Refusal('WRONG_STATE', { state: 'FORGOTTEN', reason: 'ERASED' });
  await updatePerson(tx, { person: person.id, because: 'MISTAKE', ...updateOf(former) });
  return versionOf(tx, person.id);
}

function updateOf(former: Readonly<Record<string, unknown>>): Omit<PersonUpdate, 'person'> {
  const taking = (...names: string[]) => {
    const held = names.filter((name) => name in former).map((name) => [name, former[name]]);
    return held.length ? Object.fromEntries(held) : undefined;
  };
  const contact = taking('phone', 'email', 'address');
  const identity = taking('lastName', 'firstName', 'birthName', 'birthDate');
  const numbers = taking('franceTravail', 'passIae');
  return {
    ...(identity && { identity }),
    ...(numbers && { numbers }),
    ...(contact && { contact }),
    ...taking('soughtKind'),
    ...('communeCode' in former && { commune: former.communeCode as string | null }),
  };
}
