import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { allowFollowing, audienceOf, follows } from '../people/access.ts';
import { isPassNumber } from '../people/number.rules.ts';
import { lockPerson } from '../people/person.store.ts';
import { eligibilityChanged } from './eligibility.facts.ts';
import type { PassRow } from './pass.row.ts';
import { checkedEnd, checkStands, prolonged, suspended } from './pass.rules.ts';
import { employsPerson, lockPass, saveNewPass, savePass, standingPassesOf } from './pass.store.ts';
import type { NewPass, PassProlongation, PassSuspension, PassWithdrawal } from './pass.type.ts';

/** Issuing a pass stays with the national platform: here it is noted, with who checked it and when. */
export async function recordPass(tx: Transaction, input: NewPass) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowPass(tx, person.id);
  const checkedOn = input.checkedOn ?? parisDay(tx.now);
  if (checkedOn > parisDay(tx.now)) throw invalid('checkedOn', 'FUTURE');
  const endsOn = checkedEnd(input);
  await refuseSecond(tx, person.id, { fromDay: input.from, endsOn });
  const id = newId('IaePass');
  await saveNewPass(tx, {
    ...{ id, personId: person.id, number: checkedNumber(input.number) },
    ...{ fromDay: input.from, toDay: endsOn, endsOn },
    ...{ checkedBy: tx.viewer.organisation, checkedOn },
  });
  await changed(tx, 'iae_pass.recorded', { id, personId: person.id, version: 1 });
  return { id };
}

export async function suspendPass(tx: Transaction, input: PassSuspension) {
  return change(tx, input, 'iae_pass.suspended', (pass) => suspended(pass, input));
}

export async function prolongPass(tx: Transaction, input: PassProlongation) {
  return change(tx, input, 'iae_pass.prolonged', (pass) => prolonged(pass, input.to));
}

/** A mistaken one is withdrawn and recorded again: what was believed, by whom and until when, stays readable. */
export async function withdrawPass(tx: Transaction, input: PassWithdrawal) {
  return change(tx, input, 'iae_pass.withdrawn', (pass) => {
    checkStands(pass, 'withdraw');
    const { organisation: withdrawnBy } = tx.viewer;
    return { withdrawnAt: tx.now, withdrawnBy, withdrawReason: input.reason };
  });
}

type PassCommand = Pick<PassWithdrawal, 'pass' | 'version'>;

async function change(
  tx: Transaction,
  input: PassCommand,
  type: EventType,
  decide: (pass: PassRow) => Partial<PassRow>,
) {
  const pass = await lockPass(tx, input.pass, 'pass');
  await allowPass(tx, pass.personId);
  sameVersion(pass, input.version);
  const version = await savePass(tx, pass, decide(pass));
  await changed(tx, type, { ...pass, version });
  return { id: pass.id };
}

/** By who follows the person, or the structure that employs them: it is told of the pass first. */
async function allowPass(tx: Transaction, person: string): Promise<void> {
  if (await follows(tx, person, 'PATHWAY')) return allowFollowing(tx, person, 'PATHWAY');
  allow(tx.viewer, 'place');
  if (!(await employsPerson(tx, person))) throw new Refusal('NOT_ALLOWED', { act: 'followPeople' });
}

/** A person has one pass at a time, the same in every structure. */
async function refuseSecond(tx: Transaction, person: string, asked: Pick<PassRow, 'fromDay' | 'endsOn'>) {
  const [known] = await standingPassesOf.load(tx, [person]);
  if (known!.some(({ fromDay, endsOn }) => fromDay <= asked.endsOn && asked.fromDay <= endsOn))
    throw new Refusal('ALREADY_EXISTS', {}, 'from');
}

function checkedNumber(number: string): string {
  const kept = number.replace(/\s/g, '');
  if (!isPassNumber(kept)) throw invalid('number', 'NUMBER');
  return kept;
}

/** Told to who sees the pathway and who noted it, without number or days: they are read under today's rights. */
async function changed(
  tx: Transaction,
  type: EventType,
  { id, personId, version }: Pick<PassRow, 'id' | 'personId' | 'version'>,
) {
  const subject = { type: 'IaePass', id, version };
  const audience = [...(await audienceOf(tx, personId, 'PATHWAY')), tx.viewer.organisation];
  await record(tx, { type, subject, person: personId, audience });
  await tx.say(eligibilityChanged, { person: personId });
}
