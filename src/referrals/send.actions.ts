import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownOffer } from '../offers/offer.store.ts';
import { refuseNir } from '../people/nir.rules.ts';
import { checkExternalReference } from '../partners/organisation.rules.ts';
import { lockPerson } from '../people/person.store.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { startClock } from './clock.actions.ts';
import { keptUntil } from './clock.rules.ts';
import { refuseRecent, type DespiteRefusal } from './decline.rules.ts';
import { lastDeclined } from './decline.store.ts';
import { shareOffers, shareVacancy } from './destination.store.ts';
import { mayMove, moveReferral, requireFollowing, sidesOf, tell } from './move.actions.ts';
import type {
  NewReferral,
  PersonAgreement,
  ReferralBinding,
  ReferralRerouting,
  ReferralSending,
} from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { lockReferral, lockToRun, saveNewReferral } from './referral.store.ts';
import { judgeReferral } from './verdict.actions.ts';

export async function referPerson(tx: Transaction, input: NewReferral) {
  allow(tx.viewer, 'refer');
  refuseNir({ externalReference: input.externalReference });
  const person = await lockPerson(tx, input.person, 'person');
  await requireFollowing(tx, person.id);
  await shareOffers(tx, { offers: [input.offer], vacancy: input.vacancy });
  const draft = await prepare(tx, person.id, input, { version: input.send ? 0 : 1 });
  if (input.send) return send(tx, draft);
  await tell(tx, draft, 'drafted');
  return draft;
}

export async function sendReferral(tx: Transaction, input: ReferralSending) {
  const row = await lockToRun(tx, input.referral, 'referral');
  allow(tx.viewer, 'refer', row.followerId ?? row.senderId);
  sameVersion(row, input.version);
  mayMove(tx, row, 'send');
  await requireFollowing(tx, row.personId);
  await destination(tx, { offer: row.offerId, vacancy: row.vacancyId });
  const despiteRefusal = input.despiteRefusal ?? row.despiteRefusal;
  return send(tx, { ...row, ...agreed(tx, input.personAgreement), despiteRefusal });
}

/** A live one becomes REROUTED; a closed one stays as it was, so that refusals and silence stay counted. */
export async function rerouteReferral(tx: Transaction, input: ReferralRerouting) {
  const { referral, offer, vacancy } = input;
  const row = await lockToRun(tx, referral, 'referral', { offers: [offer], vacancy });
  allow(tx.viewer, 'refer');
  sameVersion(row, input.version);
  mayMove(tx, row, 'reroute');
  await requireFollowing(tx, row.personId);
  const asked = { ...input, disclose: input.disclose ?? row.disclose };
  const next = await prepare(tx, row.personId, asked, { version: 0, previousId: row.id });
  await moveReferral(tx, row, 'reroute', { reason: 'REROUTED', change: { nextId: next.id } });
  return send(tx, { ...next, ...agreementKept(row, next) });
}

/** The person's agreement is to a provider: it holds for another offer of the same one. */
function agreementKept(before: ReferralRow, next: ReferralRow): Partial<ReferralRow> {
  const keeps = next.agreementOn === null && before.receiverId === next.receiverId;
  return keeps ? { agreementOn: before.agreementOn, agreementHow: before.agreementHow } : {};
}

export async function bindReferral(tx: Transaction, input: ReferralBinding) {
  const row = await lockReferral(tx, input.referral, 'referral', input.vacancy);
  const answers = sidesOf(row, tx.viewer).includes('RECEIVER');
  allow(tx.viewer, answers ? 'answer' : 'refer', answers ? row.receiverId : (row.followerId ?? row.senderId));
  sameVersion(row, input.version);
  mayMove(tx, row, 'bind');
  await destination(tx, { offer: row.offerId, vacancy: input.vacancy });
  if (row.vacancyId === input.vacancy) return row;
  const bound = await moveReferral(tx, row, 'bind', {
    change: { vacancyId: input.vacancy, holdsPlace: false, placeOfferedUntil: null, placeSkippedAt: null },
  });
  if (!answers) await judgeReferral(tx, bound);
  return bound;
}

interface Prepared {
  offer?: string | null;
  vacancy?: string | null;
  personAgreement?: PersonAgreement | null;
  disclose?: ReferralRow['disclose'] | null;
  externalReference?: string | null;
  despiteRefusal?: DespiteRefusal | null;
}

/** A new draft to an offer that takes people now; one sent at once has its first version when it is sent. */
async function prepare(
  tx: Transaction,
  person: string,
  asked: Prepared,
  known: Pick<ReferralRow, 'version'> & Partial<Pick<ReferralRow, 'previousId'>>,
) {
  checkExternalReference(asked.externalReference);
  const { offerId, receiverId, vacancyId } = await destination(tx, asked);
  return saveNewReferral(tx, {
    id: newId('Referral'),
    ...known,
    personId: person,
    offerId,
    vacancyId,
    receiverId,
    senderId: tx.viewer.organisation,
    senderMemberId: tx.viewer.member,
    followerId: tx.viewer.organisation,
    state: 'DRAFT',
    origin: 'REFERRAL',
    dueAt: keptUntil(tx.now),
    disclose: asked.disclose ?? 'AT_ACKNOWLEDGEMENT',
    externalReference: asked.externalReference ?? null,
    despiteRefusal: asked.despiteRefusal ?? null,
    ...agreed(tx, asked.personAgreement),
  });
}

async function send(tx: Transaction, row: ReferralRow): Promise<ReferralRow> {
  const { agreementOn, agreementHow } = row;
  if (agreementOn === null) throw new Refusal('AGREEMENT_MISSING', {}, 'personAgreement');
  await refuseSoon(tx, row);
  const clock = await startClock(tx, row);
  const sent = await moveReferral(tx, row, 'send', {
    change: { ...clock, agreementOn, agreementHow, sentAt: tx.now, despiteRefusal: row.despiteRefusal },
  });
  await judgeReferral(tx, sent);
  return sent;
}

/** The same offer within the wait that a refusal asks for: somebody says why, or it is not sent (docs/domain.md §4). */
async function refuseSoon(tx: Transaction, row: ReferralRow): Promise<void> {
  const declined = row.despiteRefusal === null ? await lastDeclined(tx, row) : null;
  if (declined) refuseRecent(declined, parisDay(tx.now));
}

export function agreed(
  tx: Transaction,
  agreement: PersonAgreement | null | undefined,
): Partial<Pick<ReferralRow, 'agreementOn' | 'agreementHow'>> {
  if (!agreement?.given) return {};
  if (agreement.on > parisDay(tx.now)) throw invalid('personAgreement.on', 'FUTURE');
  return { agreementOn: agreement.on, agreementHow: agreement.how };
}

interface Destination {
  offerId: string;
  vacancyId: string | null;
  receiverId: string;
}

/** Where a referral goes: a published offer, and maybe one of its vacancies that still takes or awaits people. */
export async function destination(
  tx: Transaction,
  asked: Pick<Prepared, 'offer' | 'vacancy'>,
): Promise<Destination> {
  const vacancy = asked.vacancy != null ? await openVacancy(tx, asked.vacancy) : null;
  if (vacancy && asked.offer != null && vacancy.offerId !== asked.offer)
    throw invalid('vacancy', 'OTHER_OFFER');
  const offerId = vacancy?.offerId ?? asked.offer;
  if (!offerId) throw invalid('offer', 'REQUIRED');
  const offer = await knownOffer(tx, offerId, 'offer');
  if (offer.state !== 'PUBLISHED') throw new Refusal('WRONG_STATE', { state: offer.state }, 'offer');
  return { offerId, vacancyId: vacancy?.id ?? null, receiverId: offer.organisationId };
}

/** Open, or filled: one may wait for a place. */
async function openVacancy(tx: Transaction, id: string): Promise<VacancyRow> {
  const vacancy = await shareVacancy(tx, id, 'vacancy');
  if (vacancy.state !== 'OPEN' && vacancy.state !== 'FILLED')
    throw new Refusal('WRONG_STATE', { state: vacancy.state }, 'vacancy');
  return vacancy;
}
