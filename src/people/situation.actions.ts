import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { checkDays } from '../partners/organisation.rules.ts';
import { allowFollowing, audienceOf, follows } from './access.ts';
import { lockPerson } from './person.store.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import { categoriesOf, checkSituation } from './situation.rules.ts';
import { endSituationOn, lockSituation, saveNewSituation } from './situation.store.ts';
import type { NewSituation, SituationEnd } from './situation.type.ts';

export async function recordSituation(tx: Transaction, input: NewSituation) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowStating(tx, person.id, input.public);
  const statedOn = input.statedOn ?? parisDay(tx.now);
  const until = input.until ?? null;
  checkSituation({ statedOn, until }, parisDay(tx.now));
  const id = newId('Situation');
  const row = { id, personId: person.id, public: input.public, statedOn, until };
  await saveNewSituation(tx, { ...row, statedBy: tx.viewer.organisation });
  await recordEvent(tx, 'situation.recorded', { ...row, version: 1 });
  return { id };
}

export async function endSituation(tx: Transaction, input: SituationEnd) {
  const situation = await lockSituation(tx, input.situation, 'situation');
  await allowStating(tx, situation.personId, situation.public);
  sameVersion(situation, input.version);
  const today = parisDay(tx.now);
  if (situation.until !== null && situation.until <= today)
    throw new Refusal('WRONG_STATE', { state: 'ENDED', move: 'end' });
  const until = input.until ?? today;
  if (until > today) throw invalid('until', 'FUTURE');
  checkDays('until', situation.statedOn, until);
  const version = await endSituationOn(tx, situation, until);
  await recordEvent(tx, 'situation.ended', { ...situation, version });
  return { id: situation.id };
}

/** Who follows the person, and to whom all that the public tells of is open. */
async function allowStating(tx: Transaction, person: string, of: TargetPublic): Promise<void> {
  await allowFollowing(tx, person, 'CORE');
  const categories = categoriesOf(of);
  if (categories.includes('HEALTH') && !tx.viewer.health) throw invalid('public', 'HEALTH_OFF');
  for (const category of categories)
    if (!(await follows(tx, person, category)))
      throw new Refusal('NOT_ALLOWED', { reason: 'CATEGORY' }, 'public');
}

type Stated = { id: string; version: number; personId: string; public: TargetPublic };

/** Told to those who may read it, and without its code: what it says is read from the situation, under today's rights. */
async function recordEvent(tx: Transaction, type: EventType, of: Stated) {
  const [first, ...others] = categoriesOf(of.public);
  let audience = await audienceOf(tx, of.personId, first);
  for (const category of others) {
    const also = await audienceOf(tx, of.personId, category);
    audience = audience.filter((organisation) => also.includes(organisation));
  }
  const subject = { type: 'Situation', id: of.id, version: of.version };
  await record(tx, { type, subject, person: of.personId, audience });
}
