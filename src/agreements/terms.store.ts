import sql from 'sql-template-tag';
import { assignments, insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import { withAgreement } from './agreement.store.ts';
import { PartyRow } from './party.row.ts';
import type { PartyFacts } from './party.rules.ts';
import { CoverRow, MoneyRow, TermsRow } from './terms.row.ts';
import { inForceOn, type Amount, type Funder } from './terms.rules.ts';

/** What an agreement says, and of whom. */

const terms = table('agreement_terms', TermsRow, withAgreement(sql`agreement_terms.agreement_id`));
const parties = table('agreement_party', PartyRow, withAgreement(sql`agreement_party.agreement_id`));
const covers = table('agreement_cover', CoverRow, withAgreement(sql`agreement_cover.agreement_id`));
/** Not for a body that gives its opinion, or was once to give it: it reads the rest. */
const money = table('agreement_money', MoneyRow, (viewer) =>
  viewer.organisationKind === 'IAE_COUNCIL'
    ? nobody
    : withAgreement(sql`agreement_money.agreement_id`)(viewer),
);

export const termsOf = grouped<TermsRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${terms.columns} from agreement_terms
      where agreement_terms.agreement_id = any(${ids}) and ${terms.scope(reader.viewer)} order by agreement_id, number`),
  (row) => row.agreementId,
);

/** The terms in force on a day, today if none is said: the last that had begun, or the first while none has. */
export const termsOn: Batch<{ agreement: string; on: string | null }, TermsRow> = {
  same: ({ agreement, on }) => `${agreement} ${on}`,
  async load(reader, keys) {
    const all = await termsOf.load(reader, [...new Set(keys.map(({ agreement }) => agreement))]);
    const known = new Map(all.map((each) => [each[0]?.agreementId, each]));
    return keys.map(({ agreement, on }) => inForceOn(known.get(agreement)!, on ?? parisDay(reader.now)));
  },
};

export const partiesOf = grouped<PartyRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${parties.columns} from agreement_party
      where agreement_party.agreement_id = any(${ids}) and ${parties.scope(reader.viewer)}
      order by agreement_id, array_position(array['GRANTOR', 'PILOT', 'FACILITATOR', 'PROVIDER', 'FUNDER', 'BUYER'], role), organisation_id`),
  (row) => row.agreementId,
);

export const coversOf = grouped<CoverRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${covers.columns} from agreement_cover
      where agreement_cover.agreement_id = any(${ids}) and ${covers.scope(reader.viewer)}
      order by agreement_id, number, offer_id, vacancy_id nulls first`),
  (row) => row.agreementId,
);

const columnOf = {
  COUNCIL: 'councilCents',
  STATE: 'stateCents',
  ESF: 'esfCents',
  CAF: 'cafCents',
  MSA: 'msaCents',
  COMMUNE: 'communeCents',
  CITY_CONTRACT: 'cityContractCents',
  OTHER: 'otherCents',
} as const satisfies Record<Funder, keyof MoneyRow>;
const funders = Object.keys(columnOf) as Funder[];

/** Who pays something, in the order of the list. */
function amountsOf(row: MoneyRow): Amount[] {
  return funders.map((funder) => ({ funder, cents: row[columnOf[funder]] })).filter(({ cents }) => cents > 0);
}

/** What each pays under terms named `agr_… 1`; null where that is not for the viewer. */
export const amountsOfTerms: Batch<string, Amount[] | null> = {
  async load(reader, keys) {
    const rows = await reader.rows<MoneyRow>(sql`select ${money.columns} from agreement_money
      where agreement_money.agreement_id = any(${keys.map((key) => key.split(' ')[0]!)}) and ${money.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [`${row.agreementId} ${row.number}`, amountsOf(row)]));
    return keys.map((key) => known.get(key) ?? null);
  },
};

export function centsOf(amounts: readonly Amount[]): Omit<MoneyRow, 'agreementId' | 'number'> {
  const of = (funder: Funder) => amounts.find((each) => each.funder === funder)?.cents ?? 0;
  return Object.fromEntries(funders.map((funder) => [columnOf[funder], of(funder)])) as never;
}

/** Everything a version of the terms says. */
export interface Said {
  terms: TermsRow;
  amounts: readonly Amount[];
  covers: readonly Pick<CoverRow, 'offerId' | 'vacancyId'>[];
}

export async function saveTerms(tx: Transaction, { terms: row, amounts, covers: covered }: Said): Promise<void> {
  const { agreementId, number } = row;
  await tx.change(insertInto(terms, row), 1);
  await tx.change(insertInto(money, { agreementId, number, ...centsOf(amounts) }), 1);
  await saveCovers(tx, row, covered);
} // prettier-ignore

async function saveCovers(tx: Transaction, { agreementId, number }: TermsRow, covered: Said['covers']): Promise<void> {
  const [offers, vacancies] = [covered.map(({ offerId }) => offerId), covered.map(({ vacancyId }) => vacancyId)];
  await tx.change(sql`insert into agreement_cover (agreement_id, number, offer_id, vacancy_id)
    select ${agreementId}, ${number}, offer, vacancy from unnest(${offers}::text[], ${vacancies}::text[]) given (offer, vacancy)`, covered.length);
} // prettier-ignore

/** What a draft says anew takes the place of what it said. */
export async function rewriteTerms(
  tx: Transaction,
  { terms: row, amounts, covers: covered }: Said,
): Promise<void> {
  const { agreementId, number, ...change } = row;
  const of = sql`agreement_id = ${agreementId} and number = ${number}`;
  await tx.change(sql`update agreement_terms set ${assignments(change)} where ${of}`, 1);
  await tx.change(sql`update agreement_money set ${assignments(centsOf(amounts))} where ${of}`, 1);
  await tx.change(sql`delete from agreement_cover where ${of}`);
  await saveCovers(tx, row, covered);
}

/** What is granted in the end, with the signature. */
export async function signTerms(
  tx: Transaction,
  agreementId: string,
  granted: Partial<Pick<TermsRow, 'fundedFte' | 'fundedPlaces'>> & { signedOn: string },
): Promise<void> {
  await tx.change(sql`update agreement_terms set ${assignments(granted)}
    where agreement_id = ${agreementId} and number = 1`, 1);
} // prettier-ignore

export async function saveParties(
  tx: Transaction,
  agreementId: string,
  said: readonly Omit<PartyRow, 'agreementId'>[],
): Promise<void> {
  await tx.change(sql`delete from agreement_party where agreement_id = ${agreementId}`);
  const [organisations, roles] = [
    said.map(({ organisationId }) => organisationId),
    said.map(({ role }) => role),
  ];
  await tx.change(
    sql`insert into agreement_party (agreement_id, organisation_id, role)
      select ${agreementId}, given.* from unnest(${organisations}::text[], ${roles}::text[]) given`,
    said.length,
  );
}

/** The parties with the kind of partner each is. */
export function partiesKnown(tx: Transaction, agreementId: string): Promise<PartyFacts[]> {
  return tx.rows(sql`select party.organisation_id as "organisationId", party.role, organisation.kind, organisation.remit
    from agreement_party party join organisation on organisation.id = party.organisation_id
    where party.agreement_id = ${agreementId} order by party.organisation_id, party.role`);
}

export async function lastTerms(tx: Transaction, agreementId: string): Promise<TermsRow> {
  const [known] = await termsOf.load(tx, [agreementId]);
  return known!.at(-1)!;
}
