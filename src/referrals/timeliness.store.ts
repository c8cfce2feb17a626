import sql, { raw } from 'sql-template-tag';
import type { Batch } from '../graphql/loaders.ts';
import { leastAnswers, type Answers } from './timeliness.rules.ts';

/** Figures that count referrals their reader may not see; under the threshold there are none. */
function answersBy(name: 'answers_of_offers' | 'answers_of_organisations'): Batch<string, Answers | null> {
  return {
    async load(reader, ids) {
      const rows = await reader.rows<Answers>(sql`
        select id, organisation, due, in_time as "inTime", minutes from ${raw(`app.${name}`)}(${[...ids]})
        where due >= ${leastAnswers}`);
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    },
  };
}

export const answersOfOffer = answersBy('answers_of_offers');
export const answersOfOrganisation = answersBy('answers_of_organisations');
