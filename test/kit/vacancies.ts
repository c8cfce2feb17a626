import sql from 'sql-template-tag';
import { insertInto } from '../../src/db/table.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import type { OfferRow } from '../../src/offers/offer.row.ts';
import { exclusiveByDefault } from '../../src/offers/offer.rules.ts';
import { offers } from '../../src/offers/offer.store.ts';
import type { VacancyRow } from '../../src/vacancies/vacancy.row.ts';
import { vacancies } from '../../src/vacancies/vacancy.store.ts';
import type { Client } from './client.ts';
import type { Partner, World } from './world.ts';

/** A published offer of this partner at its commune’s point, straight in its table: what the API checks is not what it is for. */
export async function offerInTables(partner: Partner, over: Partial<OfferRow> = {}): Promise<string> {
  const { world } = partner;
  const id = newId('Offer');
  const at = world.clock.now();
  const { kind = 'INSERTION_WORKSITE', state = 'PUBLISHED', communeCode = '44109' } = over;
  const [point] = await world.rows<{ latitude: number; longitude: number }>(
    sql`select latitude, longitude from commune where code = ${communeCode}`,
  );
  const published = state === 'DRAFT' ? null : at;
  const born: Partial<OfferRow> = {
    ...{ id, organisationId: partner.id, kind, state, exclusive: exclusiveByDefault(kind) },
    ...{ title: `Entretien des berges ${world.next()}`, description: 'Débroussaillage et plantation' },
    ...{ communeCode, ...point, approximate: true },
    ...{ publishedAt: published, confirmedAt: published, createdAt: at, updatedAt: at },
  };
  await world.db.write(hubViewer('test'), (tx) => tx.change(insertInto(offers, { ...born, ...over }), 1));
  return id;
}

/** An offer and one vacancy of it straight in their tables: for tests of what happens below the API. */
export async function vacancyInTables(partner: Partner, places: number | null): Promise<string> {
  const offer = await offerInTables(partner);
  const vacancy = newId('Vacancy');
  const state = places === 0 ? 'FILLED' : 'OPEN';
  await partner.world.db.write(hubViewer('test'), (tx) =>
    tx.change(sql`insert into vacancy (id, offer_id, organisation_id, state, places, created_at, updated_at)
      values (${vacancy}, ${offer}, ${partner.id}, ${state}, ${places}, ${tx.now}, ${tx.now})`),
  );
  return vacancy;
}

export const vacancySelection = `vacancy { id state title places held taken free startsOn endsOn refillUntil weeklyHours
  contractKind romeCode latitude longitude approximate openedAt closeReason closedAt externalReference version
  site { id } commune { code } host { id } organisation { id } offer { id } }`;

/** Opens a vacancy through the API: four places if not said; fails when refused. */
export async function openVacancy(client: Client, input: { offer: string } & Record<string, unknown>) {
  const payload = await client.run('openVacancy', 'NewVacancy', { places: 4, ...input }, vacancySelection);
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload.userErrors));
  return payload.vacancy;
}

/** The vacancy as it is stored. */
export async function storedVacancy(world: World, id: string): Promise<VacancyRow> {
  const [row] = await world.rows<VacancyRow>(sql`select ${vacancies.columns} from vacancy where id = ${id}`);
  return row!;
}
