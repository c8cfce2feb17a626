import sql, { empty, join, type Sql } from 'sql-template-tag';
import { tells } from '../db/disclosures.ts';
import { byId as byIdOrder, type Listing, type Order } from '../db/list.ts';
import { anyOf } from '../graphql/lists.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { reaches } from './access.ts';
import type { Category } from './access.rules.ts';
import type { PersonRow } from './person.row.ts';
import { people } from './person.store.ts';
import type { PersonFilter, PersonOrder } from './person-filter.type.ts';

/**
 * The people a viewer may see. A condition on a category holds only where that category is open: neither a list
 * nor its count, nor its order, tells what a field would hide.
 */
export function personList(viewer: Viewer, filter: PersonFilter, order: PersonOrder): Listing<PersonRow> {
  const named = order === 'NAME';
  const categories = toldBy(filter, order);
  const asked = singlingOut(filter);
  const told = categories.map((category) => tells(category, sql`person.id`));
  return {
    table: people,
    join: named ? sql`join person_identity on person_identity.person_id = person.id` : empty,
    where: [
      ...(named ? [reaches(viewer, sql`person.id`, 'IDENTITY')] : []),
      ...conditions(viewer, filter),
      ...pathwayConditions(viewer, filter),
    ],
    order: orders[order],
    ...(told.length && { extra: join(told) }),
    telling: toldBy(filter, 'ID').length > 0,
    beside: asked.flatMap((category) => besides(viewer, filter, category, asked)),
  };
}

/** Filters whose answer tells something of whoever they are asked about, whether they stand on the page or not. */
const askedAs = {
  NEEDS: ['needThemes'],
  CONTACT: ['commune'],
  PATHWAY: ['referent', 'withReferent'],
} as const satisfies Partial<Record<Category, readonly (keyof PersonFilter)[]>>;
type Singling = keyof typeof askedAs;

function singlingOut(filter: PersonFilter): Singling[] {
  const isAsked = (name: (typeof askedAs)[Singling][number]) =>
    name === 'needThemes' ? Boolean(filter[name]?.length) : filter[name] != null;
  return (Object.keys(askedAs) as Singling[]).filter((category) => askedAs[category].some(isAsked));
}

/**
 * "No" is an answer, too: whoever meets all else that was asked for has been told to be, or not to be, among those with such
 * a need, in that commune, with that referent. A name alone says that of nobody but those who bear it.
 */
function besides(viewer: Viewer, filter: PersonFilter, category: Singling, asked: readonly Singling[]) {
  return (asked.length > 1 ? [[category], asked] : [[category]]).map((left): Listing<PersonRow> => {
    const others = { ...filter };
    for (const name of left.flatMap((each): readonly (keyof PersonFilter)[] => askedAs[each]))
      delete others[name];
    return {
      table: people,
      where: [
        reaches(viewer, sql`person.id`, category),
        ...conditions(viewer, others),
        ...pathwayConditions(viewer, others),
      ],
      order: orders.ID,
      extra: tells(category, sql`person.id`),
    };
  });
}

/** What standing on a page tells of a person, whatever fields are asked: that the name or the need asked for is theirs. */
export function toldBy(filter: PersonFilter, order: PersonOrder): Category[] {
  const named = filter.text || order === 'NAME';
  return [...(named ? ['IDENTITY' as const] : []), ...singlingOut(filter)];
}

/** No name is longer; a page of text would be compared with every name, letter by letter. */
const longestName = 200;

const orders: Record<PersonOrder, Order> = {
  ID: byIdOrder('person'),
  UPDATED: {
    name: 'UPDATED',
    keys: [
      { by: sql`person.updated_at`, type: 'timestamptz' },
      { by: sql`person.id`, type: 'text' },
    ],
    descending: true,
  },
  NAME: {
    name: 'NAME',
    keys: [
      { by: sql`person_identity.sort_name collate "C"`, type: 'text' },
      { by: sql`person_identity.person_id`, type: 'text' },
    ],
    // a name is not to be read from a cursor, where no line is written of it
    anchor: {
      id: sql`person_identity.person_id`,
      keysOf: (id) => sql`select last.sort_name collate "C", last.person_id from person_identity last
        where last.person_id = ${id}`,
    },
  },
};

function conditions(viewer: Viewer, filter: PersonFilter): Sql[] {
  const { epci, commune, soughtKinds, needThemes } = filter;
  const text = filter.text?.slice(0, longestName);
  return [
    ...(text ? [named(text)] : []),
    ...(epci != null ? [sql`person.epci_code = ${epci}`] : []),
    ...(commune != null ? [inCommune(viewer, commune)] : []),
    ...anyOf('person.sought_kind', soughtKinds),
    ...(needThemes?.length
      ? [sql`person.id in (select need.person_id from need where need.theme in (${join(needThemes)})
          and need.closed_on is null and ${reaches(viewer, sql`need.person_id`, 'NEEDS')})`]
      : []),
  ]; // prettier-ignore
}

/** As a set to begin from: an `or` would ask every person seen whether it is one of those named. */
function named(text: string): Sql {
  return sql`person.id in (select app.people_named(${text})
    union all select known.id from person known where known.reference = upper(${text}))`;
}

function inCommune(viewer: Viewer, commune: string): Sql {
  return sql`(person.commune_code = ${commune} or person.id in (
    select contact.person_id from person_contact contact where contact.commune_code = ${commune}
      and ${reaches(viewer, sql`contact.person_id`, 'CONTACT')}))`;
}

function pathwayConditions(viewer: Viewer, { referent, mine, withReferent }: PersonFilter): Sql[] {
  const asked = referent != null || mine != null || withReferent != null;
  const current = (further: Sql) =>
    sql`exists (select from referent where referent.person_id = person.id and referent.until is null ${further})`;
  const member = (id: string | null) => current(sql`and referent.member_id = ${id}`);
  return [
    ...(asked ? [reaches(viewer, sql`person.id`, 'PATHWAY')] : []),
    ...(referent != null ? [member(referent)] : []),
    ...(mine ? [member(viewer.member)] : []),
    ...(withReferent == null ? [] : [withReferent ? current(empty) : sql`not ${current(empty)}`]),
  ];
}
