import type { Transaction } from '../db/transaction.ts';
import { found, invalid } from '../kernel/refusal.ts';
import { offerById } from '../offers/offer.store.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { knownSite } from '../partners/site.store.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import type { AgreementKind } from './agreement.rules.ts';
import type { NewAgreementParty, NewAgreementTerms } from './agreement.inputs.ts';
import { providersOf, type Party, type PartyFacts } from './party.rules.ts';
import { checkTerms } from './terms.rules.ts';
import { coversOf, type Said } from './terms.store.ts';

/** What an input says of parties and terms, made of what exists for the viewer. */

export async function partiesNamed(
  tx: Transaction,
  given: readonly NewAgreementParty[],
): Promise<PartyFacts[]> {
  const known = await organisationById.load(tx, given.map(({ organisation }) => organisation)); // prettier-ignore
  return given.map(({ role }, at) => {
    const { id, kind, remit } = found(known[at], `parties.${at}.organisation`);
    return { organisationId: id, role, kind, remit };
  });
}

interface Around {
  kind: AgreementKind;
  from: string;
  inForceFrom: string;
  parties: readonly Party[];
}

export async function termsSaid(
  tx: Transaction,
  given: NewAgreementTerms,
  { kind, from, inForceFrom, parties }: Around,
): Promise<Said> {
  const { requestedFte = null, fundedFte = null, fundedPlaces = null, committedHours = null } = given;
  const { contractReference = null, lots, amounts, offers, vacancies, to } = given;
  const said = { requestedFte, fundedFte, fundedPlaces, committedHours, contractReference, lots };
  checkTerms(kind, from, { ...said, to, amounts, offers, vacancies });
  const covers = [...(await offersNamed(tx, offers)), ...(await vacanciesNamed(tx, vacancies))];
  requireOfProviders(covers, parties);
  const site = given.site == null ? null : (await knownSite(tx, given.site, 'terms.site')).id;
  const row = { agreementId: '', number: 0, inForceFrom, toDay: to, siteId: site, signedOn: null };
  const covered = covers.map(({ offerId, vacancyId }) => ({ offerId, vacancyId }));
  return { terms: { ...row, ...said, recordedAt: tx.now }, amounts, covers: covered };
}

interface Covered {
  field: string;
  owner: string;
  offerId: string;
  vacancyId: string | null;
}

async function offersNamed(tx: Transaction, offers: readonly string[]): Promise<Covered[]> {
  const known = await offerById.load(tx, offers);
  return offers.map((_, at) => {
    const field = `terms.offers.${at}`;
    const { id, organisationId } = found(known[at], field);
    return { field, owner: organisationId, offerId: id, vacancyId: null };
  });
}

async function vacanciesNamed(tx: Transaction, vacancies: readonly string[]): Promise<Covered[]> {
  const known = await vacancyById.load(tx, vacancies);
  return vacancies.map((_, at) => {
    const field = `terms.vacancies.${at}`;
    const { id, organisationId, offerId } = found(known[at], field);
    return { field, owner: organisationId, offerId, vacancyId: id };
  });
}

/** An agreement is about what its own providers offer: nobody learns figures of others by naming their offers. */
function requireOfProviders(covered: readonly Covered[], parties: readonly Party[]): void {
  const providers = providersOf(parties).map(({ organisationId }) => organisationId);
  const foreign = covered.find(({ owner }) => !providers.includes(owner));
  if (foreign) throw invalid(foreign.field, 'NOT_OF_PROVIDER');
}

/** What a draft covers still belongs to its providers when these are said anew. */
export async function checkStillCovered(
  tx: Transaction,
  id: string,
  parties: readonly Party[],
): Promise<void> {
  const [covers] = await coversOf.load(tx, [id]);
  const providers = providersOf(parties).map(({ organisationId }) => organisationId);
  for (const offer of await offerById.load(
    tx,
    covers!.map(({ offerId }) => offerId),
  ))
    if (!providers.includes(found(offer, 'parties').organisationId))
      throw invalid('parties', 'NOT_OF_PROVIDER');
}
