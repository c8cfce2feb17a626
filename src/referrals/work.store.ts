import sql from 'sql-template-tag';
import { tells } from '../db/disclosures.ts';
import type { Batch } from '../graphql/loaders.ts';
import type { WorkConstraint } from '../people/profile.rules.ts';

/** What the work must be like, for who employs (docs/domain.md §7): the function looks past a profile that stays closed. */
export const workConstraintsOf: Batch<string, WorkConstraint[] | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<{ referral: string; codes: WorkConstraint[] }>(sql`
      select work.referral, work.codes, ${tells('PROFILE', sql`work.person`)}
      from app.work_constraints(${ids}::text[]) work`);
    const known = new Map(rows.map(({ referral, codes }) => [referral, codes]));
    return ids.map((id) => known.get(id) ?? null);
  },
};
