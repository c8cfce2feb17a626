import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { Batch } from '../graphql/loaders.ts';
import { knownVacancy } from '../vacancies/vacancy.store.ts';
import type { PlacementRow } from './placement.row.ts';
import { placements } from './placement.store.ts';

/** Whom a vacancy replaces, for who may see that placement: the wall stands at the placement, not at the vacancy. */
export const replacedBy: Batch<string, PlacementRow | null> = {
  async load(reader, vacancies) {
    const rows = await reader.rows<PlacementRow>(sql`select ${placements.columns} from placement
      where placement.replaced_by_id = any(${vacancies}) and ${placements.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.replacedById, row]));
    return vacancies.map((id) => known.get(id) ?? null);
  },
};

/** Whether a vacancy that replaces the person is being prepared or open: its receiver asks, who sees its drafts too. */
export async function hasReplacement(reader: Reader, { replacedById }: PlacementRow): Promise<boolean> {
  if (replacedById === null) return false;
  return (await knownVacancy(reader, replacedById, 'vacancy')).state !== 'CLOSED';
}
