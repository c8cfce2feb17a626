import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Batch } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { vacancies } from '../vacancies/vacancy.store.ts';

/** A vacancy that cannot be closed while a referral is being sent to it; several may be sent at once. */
export async function shareVacancy(tx: Transaction, id: string, field: string): Promise<VacancyRow> {
  const query = sql`select ${vacancies.columns} from vacancy
    where vacancy.id = ${id} and ${vacancies.scope(tx.viewer)} for share`;
  return found(await firstRow<VacancyRow>(tx, query), field);
}

export interface Headed {
  offers: readonly (string | null | undefined)[];
  vacancy?: string | null;
}

/**
 * Offers, and who answers for them, that cannot be suspended or archived, nor a closure of theirs be declared, until what
 * is sent to them has its deadlines; several may be sent at once. Before any vacancy, as whoever suspends or archives does.
 */
export async function shareOffers(tx: Transaction, { offers, vacancy = null }: Headed): Promise<void> {
  const named = offers.filter((id) => id != null);
  await tx.rows(sql`select 1 from offer join organisation on organisation.id = offer.organisation_id
    where offer.id = any(${named}) or offer.id = (select vacancy.offer_id from vacancy where vacancy.id = ${vacancy})
    order by offer.id for share`);
}

/** Whether an offer counts its places: it has, or had, vacancies. */
export const countedOffer: Batch<string, boolean> = {
  async load(reader, offers) {
    const rows = await reader.rows<{ id: string }>(
      sql`select distinct offer_id as id from vacancy where offer_id = any(${offers}) and state <> 'DRAFT'`,
    );
    const counted = new Set(rows.map((row) => row.id));
    return offers.map((offer) => counted.has(offer));
  },
};

export async function hasVacancies(reader: Reader, offer: string): Promise<boolean> {
  return (await countedOffer.load(reader, [offer]))[0]!;
}

export async function hasOpenVacancy(reader: Reader, offer: string): Promise<boolean> {
  const query = sql`select 1 from vacancy where offer_id = ${offer} and state = 'OPEN' limit 1`;
  return (await firstRow(reader, query)) !== null;
}
