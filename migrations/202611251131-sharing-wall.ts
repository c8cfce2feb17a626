import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, running, sees } from './kit.ts';

const { hub, organisation, people, detail } = asked;
const following = `reach.category = 'CORE' and reach.reason in ('REGISTRAR', 'REFERENT', 'PROGRAMME') and ${running}`;

/** The question of `app.may_change` written out, as `sees` writes that of `app.may_see`. */
const follows = (person: `${string}.${string}`) => `case when (select app.asks_whole())
  then ${person} in (select reach.person_id from person_access reach where ${following})
  else exists (select from person_access reach where reach.person_id = ${person} and ${following} offset 0) end`;

const isCouncil = `(select exists (select from organisation o
  where o.id = app.viewer_organisation() and o.kind = 'COUNCIL'))`;

/** Who reads which row: the same as before, said so that a row costs a comparison or one look into an index. */
const readings = {
  sharing_grant: `${hub}
    or (${people} = 'ALL' and (granted_by = ${organisation} or ${organisation} = any (organisation_ids)))
    or (${organisation} = any (organisation_ids) and ${sees('sharing_grant.person_id', 'CORE')})
    or ${follows('sharing_grant.person_id')}`,
  broken_glass: `${hub}
    or (organisation_id = ${organisation} and case ${people}
          when 'ALL' then true when 'TERRITORY' then true when 'PORTFOLIO' then member_id = ${detail} else false end)
    or (person_id is not null and ${follows('broken_glass.person_id')})
    or (${people} = 'ALL' and ${isCouncil})`,
};

/** The second wall of sharing, at a price near the first's. */
export class SharingWall202611251131 implements MigrationInterface {
  name = 'SharingWall1764070260000';

  async up(run: QueryRunner): Promise<void> {
    for (const [table, condition] of Object.entries(readings))
      await run.query(`alter policy ${table}_select on ${table} using (${condition})`);
  }

  /** The walls stay as they now are: they answer the same. */
  async down(): Promise<void> {}
}
