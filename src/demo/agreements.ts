import type { AgreementRow } from '../agreements/agreement.row.ts';
import type { OpinionRow, ReservationRow } from '../agreements/opinion.row.ts';
import type { PartyRow } from '../agreements/party.row.ts';
import { shapes } from '../agreements/party.rules.ts';
import type { CoverRow, MoneyRow, TermsRow } from '../agreements/terms.row.ts';
import { centsOf } from '../agreements/terms.store.ts';
import { demoAgreements, type DemoAgreement } from './agreements.data.ts';
import { fresh, type Ground, type Rows } from './ground.ts';
import type { DemoOffer } from './offers.ts';
import type { Partners } from './organisations.ts';
import { iso, type Timeline } from './timeline.ts';

interface Around {
  partners: Partners;
  offers: readonly DemoOffer[];
}

/** A believable agreement of each kind, and a session of the IAE council with a dossier in each state of opinion. */
export function agreementsOf(ground: Ground, around: Around): Rows {
  const made: Made[] = [];
  for (const each of demoAgreements) made.push(one(ground, around, each, made));
  return {
    agreement: made.map(({ row }) => row),
    agreement_party: made.flatMap(({ parties }) => parties),
    agreement_terms: made.flatMap(({ terms }) => terms),
    agreement_cover: made.flatMap(({ covers }) => covers),
    agreement_money: made.flatMap(({ money }) => money),
    agreement_opinion: made.flatMap(({ opinion }) => opinion),
    agreement_reservation: made.flatMap(({ reservations }) => reservations),
  };
}

interface Made {
  row: AgreementRow;
  parties: PartyRow[];
  terms: TermsRow[];
  covers: CoverRow[];
  money: MoneyRow[];
  opinion: OpinionRow[];
  reservations: ReservationRow[];
}

const signedStates = ['SIGNED', 'ENDED', 'TERMINATED'];

function one(ground: Ground, around: Around, said: DemoAgreement, before: readonly Made[]): Made {
  const row = rowOf(ground, around.partners, said, before.length);
  if (said.renews) row.renewsId = before.at(-1)!.row.id;
  const terms = termsOf(ground, said, row);
  const covers = terms.flatMap(({ number }) => coversOf(around.offers, said, row, number));
  const money = terms.map(({ number }) => ({ agreementId: row.id, number, ...centsOf(said.amounts ?? []) }));
  const parties: PartyRow[] = [[said.lead, shapes[said.kind].lead] as const, ...said.parties].map(
    ([key, role]) => ({ agreementId: row.id, organisationId: around.partners.of(key).id, role }),
  );
  return { row, parties, terms, covers, money, ...opinionOf(ground, said, row) };
}

function rowOf({ time }: Ground, partners: Partners, said: DemoAgreement, nth: number): AgreementRow {
  const id = (key: string) => partners.of(key).id;
  const { kind, state, title, siaeKind = null, closed } = said;
  const drafted = time.at(Math.min(said.days[0] - 60, -30), 10, 15);
  const signed = signedStates.includes(state);
  const provider = said.parties.find(([, role]) => role === 'PROVIDER');
  return {
    ...{ id: time.id('Agreement', drafted), ...fresh(iso(drafted)), kind, state, title, siaeKind },
    reference: signed ? `44-${String(nth + 1).padStart(3, '0')}` : null,
    ...{ organisationId: id(said.lead), providerId: provider ? id(provider[0]) : null, renewsId: null },
    ...{ fromDay: time.day(said.days[0]), toDay: time.day(said.days[1]), termsNumber: said.amended ? 2 : 1 },
    readers: [...new Set(readersOf(said).map(id))].sort(),
    ...askedOf(time, said, id),
    ...{ signedOn: signed ? time.day(signatureOf(said)) : null, signReason: null },
    ...{ closedOn: closed ? time.day(closed.on) : null, closeReason: closed?.reason ?? null },
  };
}

function readersOf({ state, lead, parties, session }: DemoAgreement): string[] {
  if (state === 'DRAFT') return [lead];
  return [lead, ...parties.map(([key]) => key), 'council', ...(session == null ? [] : ['cdiae'])];
}

type Asked = Pick<AgreementRow, 'councilId' | 'sessionOn' | 'opinion'>;

function askedOf(time: Timeline, { session, opinion }: DemoAgreement, id: (key: string) => string): Asked {
  if (session == null) return { councilId: null, sessionOn: null, opinion: null };
  return { councilId: id('cdiae'), sessionOn: time.day(session), opinion: opinion ?? null };
}

/** Three weeks before its first day, but never to come, nor before the session. */
function signatureOf({ days, session }: DemoAgreement): number {
  return Math.min(Math.max(days[0] - 20, session == null ? -Infinity : session + 5), -1);
}

function termsOf({ time }: Ground, said: DemoAgreement, row: AgreementRow): TermsRow[] {
  const { requestedFte = null, fundedFte = null, fundedPlaces = null, committedHours = null } = said;
  const { contractReference = null, lots = [], amended } = said;
  const of = { requestedFte, fundedFte, fundedPlaces, committedHours, contractReference, lots, siteId: null };
  const first: TermsRow = {
    ...{ agreementId: row.id, number: 1, inForceFrom: row.fromDay, toDay: row.toDay, ...of },
    ...{ signedOn: row.signedOn, recordedAt: row.createdAt },
  };
  if (!amended) return [first];
  const on = time.day(amended.from);
  const signedOn = time.day(amended.from - 5);
  const change = {
    fundedFte: amended.fundedFte,
    signedOn,
    recordedAt: iso(time.at(amended.from - 5, 11, 0)),
  };
  return [first, { ...first, number: 2, inForceFrom: on, ...change }];
}

/** All that its providers offer, of the kind of structure it is about. */
function coversOf(
  offers: readonly DemoOffer[],
  said: DemoAgreement,
  row: AgreementRow,
  number: number,
): CoverRow[] {
  const providers = said.parties.filter(([, role]) => role === 'PROVIDER').map(([key]) => key);
  return offers
    .filter(({ provider }) => providers.includes(provider.key))
    .filter((offer) => said.siaeKind === undefined || offer.row.siaeKind === said.siaeKind)
    .map((offer) => ({ agreementId: row.id, number, offerId: offer.row.id, vacancyId: null }));
}

function opinionOf({ time }: Ground, said: DemoAgreement, row: AgreementRow) {
  const { opinion, session, reservations = [] } = said;
  if (opinion === undefined || session == null) return { opinion: [], reservations: [] };
  const given = time.at(session, 15, 30);
  const id = time.id('AgreementOpinion', given);
  const of = { id, agreementId: row.id, organisationId: row.councilId!, sessionOn: row.sessionOn! };
  const followed = reservations.map(([reservation, met], at): ReservationRow => ({
    ...{ id: time.id('AgreementReservation', given), agreementId: row.id, opinionId: id, nth: at + 1 },
    ...{ reservation, state: met === null ? 'OPEN' : 'MET', metOn: met === null ? null : time.day(met) },
  }));
  return { opinion: [{ ...of, opinion, givenAt: iso(given) }], reservations: followed };
}
