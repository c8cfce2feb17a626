import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { insertInto, nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { anyOf } from '../graphql/lists.ts';
import { byId, grouped } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { hasScope, hubViewer, type Viewer } from '../kernel/viewer.ts';
import { followed, reaches } from '../people/access.ts';
import type { PersonRow } from '../people/person.row.ts';
import { lockPerson } from '../people/person.store.ts';
import { GlassDetailRow, GlassRow } from './glass.row.ts';
import type { BrokenGlassFilter, GlassBreaking } from './glass.type.ts';

/** Whose member broke it, who follows the person, and the council: as the table's policy. */
function scope(viewer: Viewer): Sql {
  const { organisation, organisationKind, people, member } = viewer;
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'people:read') || people === 'NONE') return nobody;
  if (organisationKind === 'COUNCIL' && people === 'ALL') return sql`true`;
  const own = people === 'PORTFOLIO' ? sql`and broken_glass.member_id = ${member}` : sql``;
  return sql`((broken_glass.organisation_id = ${organisation} ${own})
    or ${followed(viewer, sql`broken_glass.person_id`, 'CORE')})`;
}

const glasses = table('broken_glass', GlassRow, scope);
export const glassById = byId(glasses, 'BrokenGlass');

/** Who wrote it, the council, and who follows the person where nothing of them is closed: a sentence may tell anything. */
function sentenceScope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  const { organisation, organisationKind, people } = viewer;
  const council = organisationKind === 'COUNCIL' && people === 'ALL';
  return sql`(exists (select from broken_glass where broken_glass.id = broken_glass_detail.glass_id and ${scope(viewer)})
    and (${council}::boolean or broken_glass_detail.organisation_id = ${organisation}
      or ${followed(viewer, sql`broken_glass_detail.person_id`, 'JUSTICE')}))`;
}

const sentences = table('broken_glass_detail', GlassDetailRow, sentenceScope);

export const sentencesOf = grouped<GlassDetailRow, string>(
  (reader, broken) =>
    reader.rows(sql`select ${sentences.columns} from broken_glass_detail
      where glass_id = any(${[...broken]}) and ${sentences.scope(reader.viewer)}`),
  (row) => row.glassId,
);

export function glassList(viewer: Viewer, filter: BrokenGlassFilter): Listing<GlassRow> {
  return { table: glasses, where: conditions(viewer, filter), order: byIdOrder('broken_glass', true) };
}

function conditions(viewer: Viewer, filter: BrokenGlassFilter): Sql[] {
  const { person, organisation, reasons, since, foundNobody } = filter;
  return [
    foundNobody ? sql`broken_glass.person_id is null` : sql`broken_glass.person_id is not null`,
    // whom it was is not to be found out afterwards by trying people
    ...(person == null
      ? []
      : [
          sql`broken_glass.person_id = ${person} and ${reaches(viewer, sql`broken_glass.person_id`, 'CORE')}`,
        ]),
    ...(organisation == null ? [] : [sql`broken_glass.organisation_id = ${organisation}`]),
    ...anyOf('broken_glass.reason', reasons),
    ...(since == null ? [] : [sql`broken_glass.broken_at >= ${since}`]),
  ];
}

/** One member's attempts stand in line: two at once are counted as two. */
export async function triesOf(tx: Transaction, member: string, since: string): Promise<number> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`glass ${member}`}, 0))`);
  const query = sql`select count(*)::integer as tries from broken_glass
    where member_id = ${member} and broken_at > ${since}`;
  return (await firstRow<{ tries: number }>(tx, query))!.tries;
}

/** The one person meant, locked; null for nobody and for more than one alike. To the hub, which sees everybody. */
export async function lockSought(tx: Transaction, sought: GlassBreaking): Promise<PersonRow | null> {
  // somebody named who has two records is one person: the record they are known by
  const known = sql`coalesce((select same_as from person_count where person_id = person.id), person.id)`;
  const found = await tx.rows<{ id: string }>(
    sql`select distinct ${sought.identity == null ? sql`person.id` : known} as id from person
      where person.erased_at is null and ${meant(sought)} limit 2`,
  );
  return found.length === 1 ? lockPerson(tx, found[0]!.id, 'person') : null;
}

function meant({ person, reference, identity }: GlassBreaking): Sql {
  if (person != null) return subjectOf(person) === 'Person' ? sql`person.id = ${person}` : nobody;
  if (reference != null) return sql`person.reference = ${reference.trim().toUpperCase()}`;
  const { lastName, firstName, birthDate } = identity!;
  return sql`person.id in (select person_id from person_identity
    where sort_name collate "C" = app.fold(${`${lastName.trim()} ${firstName.trim()}`})
      and app.fold(last_name) = app.fold(${lastName.trim()}) and birth_date = ${birthDate})`;
}

/** How the member who breaks it is called: kept with it, for members of others are not to be read. */
export async function nameOf(reader: Reader, member: string): Promise<string> {
  const query = sql`select display_name as name from member where id = ${member}`;
  return (await firstRow<{ name: string }>(reader, query))!.name;
}

export async function saveGlass(tx: Transaction, row: GlassRow, detail: string): Promise<void> {
  const { id: glassId, personId, organisationId, brokenAt: at } = row;
  await tx.change(insertInto(glasses, row), 1);
  await tx.change(insertInto(sentences, { glassId, personId, organisationId, detail, at }), 1);
}

/** A year after, nobody asks any more why somebody was sought who is not here: the attempt stays, its sentence goes. */
export async function forgetVainSentences(db: Database): Promise<number> {
  const query = sql`select app.forget_vain_sentences()::integer as forgotten`;
  return db.write(
    hubViewer('glass.forgotten'),
    async (tx) => (await firstRow<{ forgotten: number }>(tx, query))!.forgotten,
  );
}
