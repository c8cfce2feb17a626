import sql, { raw, type Sql } from 'sql-template-tag';
import { tells } from '../db/disclosures.ts';
import { sayingWhole } from '../db/list.ts';
import type { Reader } from '../db/reader.ts';
import type { Batch } from '../graphql/loaders.ts';
import type { Asked } from '../matching/requirement.rules.ts';
import { withCar } from '../matching/ability.rules.ts';
import { reaches } from '../people/access.ts';
import { FrenchLevel } from '../people/profile.rules.ts';
import { same } from './match.store.ts';

/** What is asked today, and what would be. */
export interface Draft {
  now: Asked;
  then: Asked;
}

/** People whose profile the viewer may read, by whether the rules exclude them: counts, and nobody's name. */
export interface Preview {
  comesIn: number;
  dropsOut: number;
  stays: number;
  /** Of those not excluded then, whom a rule would leave a question about. */
  toAsk: number;
}

export const previewOf: Batch<Draft, Preview> = {
  same,
  load: (reader, drafts) => Promise.all(drafts.map((draft) => preview(reader, draft))),
};

/** Of so few who change sides, each is told of: noted as if they had stood on a page (docs/adr/0016). */
const few = 20;

async function preview(reader: Reader, draft: Draft): Promise<Preview> {
  const judged = judgedOf(reader, draft);
  const [counts] = await reader.rows<Preview>(sql`
    select counted.* from (select ${raw(sayingWhole)} as said offset 0) whole cross join lateral (select count(*) filter (where fits_then and not fits_now)::int as "comesIn", count(*) filter (where fits_now and not fits_then)::int as "dropsOut",
      count(*) filter (where fits_then and fits_now)::int as stays, count(*) filter (where fits_then and unknown)::int as "toAsk"
    from (${judged} and whole.said is not null) judged offset 0) counted`);
  const { comesIn, dropsOut } = counts!;
  if (comesIn + dropsOut > 0 && comesIn + dropsOut <= few)
    await reader.rows(sql`select ${tells('PROFILE', sql`judged.id`)} from (${judged}) judged
      where judged.fits_now <> judged.fits_then limit ${few}`);
  return counts!;
}

function judgedOf({ viewer }: Reader, { now, then }: Draft): Sql {
  return sql`select person_profile.person_id as id, not ${failing(now)} as fits_now, not ${failing(then)} as fits_then, ${unknown(then)} as unknown
    from person_profile where ${reaches(viewer, sql`person_profile.person_id`, 'PROFILE', 'AS_ALL')}`;
}

const levels = Object.keys(FrenchLevel).filter((level) => level !== 'UNKNOWN');
const stated = sql`person_profile.stated ? 'AVAILABILITY'`;

/** The same rules as `ability.rules.ts`, of everybody at once. */
function failing({ licences, frenchLevel, timeBands }: Asked): Sql {
  return sql`coalesce(
    exists (select from unnest(${[...licences]}::text[]) asked (code) where asked.code <> all (person_profile.licences)
      and not (asked.code = 'B' and person_profile.licences && ${[...withCar]}::text[]))
    or array_position(${levels}::text[], person_profile.french_level) < array_position(${levels}::text[], ${frenchLevel}::text)
    or (${stated} and person_profile.time_bands <> '{}' and not ${[...timeBands]}::text[] <@ person_profile.time_bands), false)`;
}

function unknown({ licences, frenchLevel, timeBands }: Asked): Sql {
  return sql`(${licences.length > 0} and person_profile.licences is null
    or ${frenchLevel !== null} and coalesce(person_profile.french_level, 'UNKNOWN') = 'UNKNOWN'
    or ${timeBands.length > 0} and not (${stated}))`;
}
