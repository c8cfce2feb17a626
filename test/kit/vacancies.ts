import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import type { VacancyRow } from '../../src/vacancies/vacancy.row.ts';
import { vacancies } from '../../src/vacancies/vacancy.store.ts';
import type { Partner, World } from './world.ts';

/** An offer and one vacancy of it straight in their tables: for tests of what happens below the API. */
export async function vacancyInTables(partner: Partner, places: number | null): Promise<string> {
  const offer = newId('Offer');
  const vacancy = newId('Vacancy');
  await partner.world.db.write(hubViewer('test'), async (tx) => {
    await tx.change(sql`insert into offer (id, organisation_id, kind, title, state, exclusive, created_at, updated_at)
      values (${offer}, ${partner.id}, 'INSERTION_WORKSITE', 'Entretien des berges', 'PUBLISHED', true, ${tx.now}, ${tx.now})`);
    await tx.change(sql`insert into vacancy (id, offer_id, organisation_id, state, places, created_at, updated_at)
      values (${vacancy}, ${offer}, ${partner.id}, ${places === 0 ? 'FILLED' : 'OPEN'}, ${places}, ${tx.now}, ${tx.now})`);
  });
  return vacancy;
}

/** The vacancy as it is stored. */
export async function storedVacancy(world: World, id: string): Promise<VacancyRow> {
  const [row] = await world.rows<VacancyRow>(sql`select ${vacancies.columns} from vacancy where id = ${id}`);
  return row!;
}
