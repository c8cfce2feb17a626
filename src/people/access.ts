import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { nobody, table, unseen, type Asked, type RowClass, type Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { wasSeen, type Seen } from './access-ended.actions.ts';
import { following, type AccessReason, type Category } from './access.rules.ts';
import { closedToEmployers } from './closed.rules.ts';
import type { LegalBasis } from './person.rules.ts';

/**
 * The door of a person's record. Rights are rows of `person_access`, written in the transaction of the fact that
 * gives or ends them; policies, scopes, disclosure and audiences all read this one table.
 */
export interface NewAccess {
  person: string;
  organisation: string;
  categories: readonly Category[];
  reason: AccessReason;
  /** Id of what gives the right; ending it names the same. */
  source: string;
  /** Member in charge, whose portfolio the person enters. */
  member?: string | null;
  legalBasis?: LegalBasis | null;
  /** EPCI whose members see it; that of the person if not said. */
  territory?: string | null;
  /** The instant it begins; now if not said. */
  from?: string;
  /** The instant it ends by itself; absent: when `endAccess` says. */
  until?: string | null;
}

/** Opens categories; one already open for the same source only takes the new member and legal basis. */
export async function openAccess(tx: Transaction, of: NewAccess): Promise<void> {
  if (!of.categories.length) return;
  const opened = await tx.asHub('access', async () => {
    wasSeen(tx, await passedOn(tx, of));
    return tx.change(
      sql`insert into person_access (person_id, organisation_id, category, reason, source_id, member_id, territory,
            legal_basis, valid_from, valid_until)
          select person.id, ${of.organisation}, category, ${of.reason}, ${of.source}, ${of.member ?? null},
            coalesce(${of.territory ?? null}, person.epci_code), ${of.legalBasis ?? null},
            ${of.from ?? tx.now}::timestamptz, ${of.until ?? null}::timestamptz
          from person, unnest(${[...of.categories]}::text[]) category where person.id = ${of.person} and person.erased_at is null
          on conflict (person_id, organisation_id, category, reason, source_id) where valid_until is null
          do update set member_id = excluded.member_id,
            legal_basis = coalesce(excluded.legal_basis, person_access.legal_basis)`,
    );
  });
  // a referral answered late, a start undone: nothing about somebody erased comes back to life
  if (opened === 0) throw erased();
  if (opened !== of.categories.length) throw new Error(`opened ${opened} of ${of.categories.join()}`);
}

const erased = () => new Refusal('WRONG_STATE', { state: 'ERASED', reason: 'ERASED' });

/** Refuses to write about somebody who was erased, to parties who still see what the person left with them. */
export async function refuseErased(tx: Transaction, person: string): Promise<void> {
  const query = sql`select 1 from person where id = ${person} and erased_at is not null`;
  if (await tx.asHub('erased', () => firstRow(tx, query))) throw erased();
}

/** What another member had in charge, and this opening takes over. */
function passedOn(tx: Transaction, of: NewAccess): Promise<Seen[]> {
  return tx.rows<Seen>(sql`select ${seen} from person_access
    where source_id = ${of.source} and person_id = ${of.person} and organisation_id = ${of.organisation}
      and reason = ${of.reason} and category = any(${[...of.categories]}) and valid_until is null
      and member_id <> coalesce(${of.member ?? null}, '')`);
}

const seen = sql`person_id as person, organisation_id as organisation, category, member_id as member, territory`;

export interface AccessEnd {
  source: string;
  organisation?: string;
  categories?: readonly Category[];
  reason?: AccessReason;
  /** The instant it ends; now if not said. A right never lasts longer than it already did. */
  at?: string;
}

/** Ends what a source opened, and answers how many rights that were still running it ended; who lost them is told. */
export async function endAccess(tx: Transaction, of: AccessEnd): Promise<number> {
  const at = of.at ?? tx.now;
  const now = at <= tx.now;
  return tx.asHub('access', async () => {
    const ended = await tx.rows<Seen>(sql`update person_access
      set valid_until = greatest(valid_from, ${at}::timestamptz), ended_told = ${now}
      where source_id = ${of.source} and (valid_until is null or valid_until > ${at})
        ${of.organisation === undefined ? empty : sql`and organisation_id = ${of.organisation}`}
        ${of.reason === undefined ? empty : sql`and reason = ${of.reason}`}
        ${of.categories === undefined ? empty : sql`and category = any(${[...of.categories]})`}
      returning ${seen}`);
    if (now) wasSeen(tx, ended);
    return ended.length;
  });
}

/**
 * First wall: whether this viewer may see a category (or the one in a column) of the person in this column. The same
 * question as `app.may_see`. Asked of each row it is one look into an index: `offset 0` keeps PostgreSQL from gathering
 * everybody the viewer sees for a page of twenty.
 */
export function reaches(
  viewer: Viewer,
  person: Sql,
  category: Category | Sql,
  asked: Asked = 'OF_EACH',
): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  const within = asked === 'AS_ALL' ? withinScope(viewer, shownNow, shown) : withinScope(viewer);
  if (!within) return nobody;
  const open = sql`select reach.person_id from person_access reach where reach.category = ${category} and ${within}`;
  if (asked === 'AS_FEW') return sql`${person} = any(array(${open}))`;
  if (asked === 'AS_ALL') return sql`${person} in (${open})`;
  return sql`exists (select from person_access reach where reach.person_id = ${person}
    and reach.category = ${category} and ${within} offset 0)`;
}

/** A table of one category: seen by those whom it is open to, and handed out with a note of it for the access log. */
export function categoryTable<R extends { personId: string }>(
  name: string,
  row: RowClass<R>,
  category: Category,
): Table<R> {
  const scope = (viewer: Viewer) => reaches(viewer, raw(`${name}.person_id`), category);
  return table(name, row, scope, { category, of: 'personId' });
}

/**
 * First wall of what only who follows the person reads. The same question as `app.may_change`. With `offset 0` it is asked of
 * each row met, as in `reaches`, where few are met and the viewer follows many.
 */
export function followed(viewer: Viewer, person: Sql, category: Category | Sql, fence: Sql = empty): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  const within = withinScope(viewer);
  if (!within) return nobody;
  return sql`exists (select from person_access reach where reach.person_id = ${person}
    and reach.category = ${category} and reach.reason in (${join(following)}) and ${within} ${fence})`;
}

interface Time {
  from: Sql;
  until: Sql;
}
// in parentheses the clock is read once a statement, not once a row
const now: Time = { from: sql`(select app.clock())`, until: sql`(select app.clock())` };

// who sees many, and since when, is told to the planner: it cannot guess how many those are
const shownNow: Time = { from: sql`app.clock()`, until: sql`app.clock()` };
const shown: typeof unseen = (value) => sql`${value}`;

function runningFor(organisation: Sql, { from, until }: Time = now): Sql {
  return sql`reach.organisation_id = ${organisation} and reach.valid_from <= ${until}
    and (reach.valid_until is null or reach.valid_until > ${from})`;
}

/**
 * Of the rows of `person_access` called `reach`: those that run now and are this viewer's; null when none can be.
 * Where the hub keeps no health data a right to them is a right to nothing.
 */
export function withinScope(viewer: Viewer, during: Time = now, value = unseen): Sql | null {
  const people = hasScope(viewer, 'people:read') ? viewer.people : 'NONE';
  const kept = viewer.health ? empty : sql`and reach.category <> 'HEALTH'`;
  const running = sql`${runningFor(value(viewer.organisation), during)} ${kept}`;
  switch (people) {
    case 'ALL':
      return running;
    case 'PORTFOLIO':
      return sql`${running} and ${inPortfolio(value(viewer.member))}`;
    case 'TERRITORY':
      return sql`${running} and ${inTerritory(value(viewer.territory))}`;
    case 'NONE':
      return null;
  }
}

const inPortfolio = (member: Sql) => sql`reach.member_id = ${member}`;
const inTerritory = (territory: Sql) => sql`reach.territory = any(${territory})`;

/** Whether the member in the row called `member` would be shown this category of the person in this column: to the hub. */
export function memberReaches(person: Sql, category: Category): Sql {
  return sql`exists (select from person_access reach where reach.person_id = ${person} and reach.category = ${category}
    and ${runningFor(sql`member.organisation_id`)}
    and case member.people when 'ALL' then true when 'PORTFOLIO' then ${inPortfolio(sql`member.id`)}
      when 'TERRITORY' then ${inTerritory(sql`member.territory`)} else false end)`;
}

export async function mayReach(reader: Reader, person: string, category: Category): Promise<boolean> {
  const query = sql`select ${reaches(reader.viewer, sql`${person}`, category)} as reached`;
  return (await firstRow<{ reached: boolean }>(reader, query))!.reached;
}

/** Whether the viewer follows the person, and so may write this category: referent, registrar or council. */
export async function follows(reader: Reader, person: string, category: Category): Promise<boolean> {
  const query = sql`select ${followed(reader.viewer, sql`${person}`, category)} as follows`;
  return (await firstRow<{ follows: boolean }>(reader, query))!.follows;
}

/** Who writes about a person follows them, and its member may: READ rights of a referral are not enough. */
export async function allowFollowing(tx: Transaction, person: string, category: Category): Promise<void> {
  allow(tx.viewer, 'followPeople');
  if (!(await follows(tx, person, category))) throw new Refusal('NOT_ALLOWED', { act: 'followPeople' });
}

/** From today these organisations employ: what the law closes to an employer ends, by whatever it was opened. */
export async function closeToEmployers(tx: Transaction, organisations: readonly string[]): Promise<number> {
  return tx.asHub('access', () =>
    tx.change(sql`update person_access set valid_until = greatest(valid_from, ${tx.now}::timestamptz)
      where organisation_id = any(${[...organisations]})
        and (category in (${join(closedToEmployers)}) or (category = 'PATHWAY' and reason = 'GRANT'))
        and (valid_until is null or valid_until > ${tx.now})`),
  );
}

/** The person moved: members who see a territory see those who live there now. */
export async function moveAccess(tx: Transaction, person: string, epci: string | null): Promise<void> {
  const running = sql`person_id = ${person} and (valid_until is null or valid_until > ${tx.now})`;
  await tx.asHub('access', async () => {
    wasSeen(tx, await tx.rows<Seen>(sql`select ${seen} from person_access where ${running}`));
    await tx.change(sql`update person_access set territory = ${epci} where ${running}`);
  });
}

/** Organisations that follow a person now, as far as a category: whoever answers for the record, and is told what becomes of it. */
export async function followersOf(
  tx: Transaction,
  person: string,
  into: Category = 'CORE',
): Promise<string[]> {
  const rows = await tx.asHub('audience', () =>
    tx.rows<{ id: string }>(sql`select distinct organisation_id as id from person_access
      where person_id = ${person} and category = ${into} and reason in (${join(following)}) and valid_from <= ${tx.now}
        and (valid_until is null or valid_until > ${tx.now})`),
  );
  return rows.map((row) => row.id);
}

/** Organisations that may see this category of a person now: the audience of what happens to it. */
export async function audienceOf(tx: Transaction, person: string, category: Category): Promise<string[]> {
  return (await audiencesOf(tx, [person], category)).get(person) ?? [];
}

/** The same of many people, by person. */
export async function audiencesOf(
  tx: Transaction,
  people: readonly string[],
  category: Category,
): Promise<Map<string, string[]>> {
  const rows = await tx.asHub('audience', () =>
    tx.rows<{ person: string; audience: string[] }>(sql`
      select person_id as person, array_agg(distinct organisation_id) as audience from person_access
      where person_id = any(${[...people]}) and category = ${category} and valid_from <= ${tx.now}
        and (valid_until is null or valid_until > ${tx.now}) group by person_id`),
  );
  return new Map(rows.map(({ person, audience }) => [person, audience]));
}

/**
 * Whether this viewer could see the person within the day before an instant: an end that comes by its date is told within
 * a minute, or as soon as the hub is back.
 */
export async function sawLately(reader: Reader, person: string, before: string): Promise<boolean> {
  const during = { from: sql`${before}::timestamptz - interval '1 day'`, until: sql`${before}::timestamptz` };
  const within = withinScope(reader.viewer, during);
  if (!within) return false;
  const query = sql`select exists (select from person_access reach where reach.person_id = ${person}
    and reach.category = 'CORE' and ${within}) as saw`;
  return (await firstRow<{ saw: boolean }>(reader, query))!.saw;
}
