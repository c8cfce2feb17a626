import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { allow } from '../auth/policy.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownOrganisation } from '../partners/organisation.store.ts';
import { allowFollowing, audienceOf } from '../people/access.ts';
import type { PersonRow } from '../people/person.row.ts';
import { lockPerson } from '../people/person.store.ts';
import { chosenReferent, handOver } from '../people/referent.actions.ts';
import { currentReferent } from '../people/referent.store.ts';
import { closeWithPathway, moveWithPathway } from './ending.actions.ts';
import { pathwayTold } from './pathway.facts.ts';
import type { PathwayRow } from './pathway.row.ts';
import * as rules from './pathway.rules.ts';
import * as store from './pathway.store.ts';
import type {
  NewPathway,
  PathwayEnd,
  PathwayEndCorrection,
  PathwayReopening,
  Reorientation,
} from './pathway.type.ts';

/** The first decision: towards what, and with whom. */
export async function orientPerson(tx: Transaction, input: NewPathway) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowDeciding(tx, person.id);
  sameVersion(person, input.version);
  const beganOn = input.on ?? parisDay(tx.now);
  rules.checkDecided('on', beganOn, parisDay(tx.now));
  const [last] = await store.knownPathways(tx, person.id);
  if (last && last.endedOn === null) throw new Refusal('ALREADY_EXISTS', { reason: 'PATHWAY' }, 'person');
  rules.checkAfter('on', beganOn, last?.endedOn);
  const { orientation } = input;
  const facts = { beganOn, orientation, decidedBy: tx.viewer.organisation, continuesId: null };
  return begin(tx, { person, step: 'ORIENTED', facts, input });
}

/** It ended, and goes on within 45 days: the same path, told by a row of its own (docs/adr/0030). */
export async function reopenPathway(tx: Transaction, input: PathwayReopening) {
  const ended = await store.lockPathway(tx, input.pathway, 'pathway');
  const person = await lockPerson(tx, ended.personId, 'pathway');
  await allowAccompanying(tx, ended);
  const endedOn = rules.checkEnded(ended, 'reopen');
  const [last] = await store.knownPathways(tx, person.id);
  if (last && last.endedOn === null) throw new Refusal('ALREADY_EXISTS', { reason: 'PATHWAY' }, 'pathway');
  const beganOn = input.on ?? parisDay(tx.now);
  rules.checkDecided('on', beganOn, parisDay(tx.now));
  rules.checkAfter('on', beganOn, last?.endedOn);
  rules.checkGoesOn(endedOn, beganOn);
  // nothing is decided anew: the orientation stays whose it was
  const { orientation, decidedBy, id: continuesId } = ended;
  const facts = { beganOn, orientation, decidedBy, continuesId };
  return begin(tx, { person, step: 'REOPENED', facts, input: {} });
}

type Naming = Pick<NewPathway, 'referent' | 'legalBasis'>;

interface Beginning {
  person: PersonRow;
  step: 'ORIENTED' | 'REOPENED';
  facts: Pick<PathwayRow, 'beganOn' | 'orientation' | 'decidedBy' | 'continuesId'>;
  input: Naming;
}

/** Written before the person is handed over: who decided may see nothing of it any more afterwards. */
async function begin(tx: Transaction, { person, step, facts, input }: Beginning) {
  const { before, after } = await referentFor(tx, person.id, input);
  const made = await store.saveNewPathway(tx, {
    ...facts,
    ...{ id: newId('Pathway'), personId: person.id },
    ...{ referentOrganisationId: after.organisationId, referentMemberId: after.memberId },
    ...{ engagementDueOn: rules.engagementDueOn(facts.beganOn), endedOn: null, endReason: null },
  });
  await store.saveStep(tx, made, { kind: step, onDay: made.beganOn });
  await tell(tx, made, step === 'ORIENTED' ? 'pathway.oriented' : 'pathway.reopened');
  await handOver(tx, person, before, after);
  return { id: made.id };
}

/** Another orientation, another organisation, or both; what was decided before stays readable. */
export async function reorientPerson(tx: Transaction, input: Reorientation) {
  const before = await store.lockPathway(tx, input.pathway, 'pathway');
  const person = await lockPerson(tx, before.personId, 'pathway');
  await allowDeciding(tx, person.id);
  sameVersion(before, input.version);
  rules.checkOpen(before, 'reorient');
  const onDay = input.on ?? parisDay(tx.now);
  rules.checkDecided('on', onDay, parisDay(tx.now));
  if (onDay < before.beganOn) throw invalid('on', 'DATES_REVERSED');
  const { orientation, reason } = input;
  const named = await referentFor(tx, person.id, input);
  const referentOrganisationId = named.after.organisationId;
  if (orientation === before.orientation && referentOrganisationId === before.referentOrganisationId)
    throw invalid('orientation', 'UNCHANGED');
  const referent = { referentOrganisationId, referentMemberId: named.after.memberId };
  const decidedBy = tx.viewer.organisation;
  const after = await store.savePathway(tx, before, { orientation, decidedBy, ...referent });
  await store.saveStep(tx, after, { kind: 'REORIENTED', onDay, reason });
  await tell(tx, after, 'pathway.reoriented');
  await handOver(tx, person, named.before, named.after);
  return { id: after.id };
}

export async function endPathway(tx: Transaction, input: PathwayEnd) {
  const before = await store.lockPathway(tx, input.pathway, 'pathway');
  await allowAccompanying(tx, before);
  sameVersion(before, input.version);
  rules.checkOpen(before, 'end');
  const endedOn = input.endedOn ?? parisDay(tx.now);
  rules.checkEnd(before, endedOn, parisDay(tx.now));
  return close(tx, before, { endedOn, endReason: input.reason });
}

/** Ends it, with what hangs on it, and tells who sees it. */
export async function close(
  tx: Transaction,
  before: PathwayRow,
  end: { endedOn: string; endReason: rules.PathwayEndReason },
) {
  const after = await store.savePathway(tx, before, end);
  await store.saveStep(tx, after, { kind: 'ENDED', onDay: end.endedOn, reason: end.endReason });
  await tell(tx, after, 'pathway.ended');
  await closeWithPathway(tx, after.id, end.endedOn);
  return { id: after.id };
}

/** What was believed stays readable with the day it was: figures say what was known when. */
export async function correctPathwayEnd(tx: Transaction, input: PathwayEndCorrection) {
  const before = await store.lockPathway(tx, input.pathway, 'pathway');
  await allowAccompanying(tx, before);
  sameVersion(before, input.version);
  const now = rules.checkEnded(before, 'correct');
  const { endedOn, endReason } = { endedOn: input.endedOn ?? now, endReason: input.reason ?? before.endReason! };
  if (endedOn === now && endReason === before.endReason) throw invalid('endedOn', 'NOTHING_GIVEN');
  rules.checkEnd(before, endedOn, parisDay(tx.now));
  const later = (await store.knownPathways(tx, before.personId)).filter(({ beganOn }) => beganOn > before.beganOn);
  for (const { beganOn } of later) if (endedOn >= beganOn) throw invalid('endedOn', 'BEFORE_NEXT_PATHWAY', { from: beganOn });
  const after = await store.savePathway(tx, before, { endedOn, endReason });
  await store.saveStep(tx, after, { kind: 'END_CORRECTED', onDay: endedOn, reason: endReason });
  await tell(tx, after, 'pathway.end_corrected');
  await moveWithPathway(tx, after.id, endedOn);
  return { id: after.id };
} // prettier-ignore

/** Who is to follow: whoever the input names, else who follows already, else the viewer's own organisation. */
async function referentFor(tx: Transaction, person: string, input: Naming) {
  const before = await currentReferent(tx, person);
  if (before && !input.referent) return { before, after: before };
  const basis = input.legalBasis ?? 'PUBLIC_INTEREST';
  const after = await chosenReferent(tx, person, input.referent ?? {}, basis, 'referent.');
  return { before, after };
}

/** By the council, or who decides for it, of people they follow. */
async function allowDeciding(tx: Transaction, person: string): Promise<void> {
  await allowFollowing(tx, person, 'PATHWAY');
  const { organisation, organisationKind: kind } = tx.viewer;
  const { authorisedPrescriber: prescriber } = await knownOrganisation(tx, organisation, 'person');
  if (!rules.mayDecide({ kind, prescriber })) throw new Refusal('NOT_ALLOWED', { reason: 'NOT_DECIDING' });
}

/** By the referent organisation, or the council: who only registered the person reads. */
export async function allowAccompanying(
  tx: Transaction,
  { personId, referentOrganisationId }: PathwayRow,
): Promise<void> {
  await allowFollowing(tx, personId, 'PATHWAY');
  if (tx.viewer.organisationKind !== 'COUNCIL') allow(tx.viewer, 'followPeople', referentOrganisationId);
}

/** Told to who sees the pathway, without saying what was decided: it is read under today's rights. */
export async function tell(tx: Transaction, of: PathwayRow, type: EventType): Promise<void> {
  const { id, version, personId, referentOrganisationId } = of;
  const audience = [...(await audienceOf(tx, personId, 'PATHWAY')), referentOrganisationId];
  await record(tx, { type, subject: { type: 'Pathway', id, version }, person: personId, audience });
  await tx.say(pathwayTold, { person: personId });
}
