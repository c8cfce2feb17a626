import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { insertMany } from '../../db/many.ts';
import type { Transaction } from '../../db/transaction.ts';
import { recordMany } from '../../events/journal.ts';
import { newId } from '../../kernel/ids.ts';
import type { Category } from '../../people/access.rules.ts';
import { birthYear, referenceOf, shownCommune } from '../../people/person.rules.ts';
import { contacts, identities, numbers, people } from '../../people/person.store.ts';
import { communeByCode } from '../../territory/commune.store.ts';
import { byKey, folded, marksOf, type Line } from './line.ts';

/** Who an adult is here: somebody known, or registered with the council. */
export interface Identified {
  person: string;
  registered: boolean;
  /** What the report says of it. */
  note: 'MATCHED' | 'HOMONYM' | null;
}

export interface Council {
  id: string;
  categories: readonly Category[];
}

/** A record that resembles an adult of the file. */
interface Candidate {
  row: number;
  root: string;
  byNumber: boolean;
  byName: boolean;
  sameDay: boolean;
  /** Both have a France Travail number, and not the same. */
  contradicts: boolean;
}

/**
 * Finds who they are among the people known, and registers the others with the council. Known is who has the same number and
 * the same name or birth date, or, alone among all, the same names and birth date and no other number; of any other
 * likeness a human decides, as of a registration.
 */
export async function identify(
  tx: Transaction,
  lines: readonly Line[],
  council: Council,
): Promise<Map<number, Identified>> {
  const found = new Map<number, Identified>();
  for (const wave of waves(lines)) {
    await holdLines(tx, wave);
    const candidates = await candidatesOf(tx, wave);
    const unknown: [Line, Identified['note']][] = [];
    for (const line of wave) {
      const alike = candidates.get(line.row) ?? [];
      const root = theOne(alike);
      if (root) found.set(line.row, { person: root, registered: false, note: 'MATCHED' });
      else unknown.push([line, alike.length ? 'HOMONYM' : null]);
    }
    for (const [row, who] of await register(tx, unknown, council)) found.set(row, who);
  }
  return found;
}

/** The same person twice in one chunk, in two households: the second is compared with the first. */
function* waves(lines: readonly Line[]): Generator<Line[]> {
  for (let left = lines; left.length > 0;) {
    const taken = new Set<string>();
    const [wave, rest]: [Line[], Line[]] = [[], []];
    for (const line of left) {
      const marks = marksOf(line);
      (marks.some((mark) => taken.has(mark)) ? rest : wave).push(line);
      for (const mark of marks) taken.add(mark);
    }
    yield wave;
    left = rest;
  }
}

export function theOne(alike: readonly Candidate[]): string | null {
  const roots = (of: (each: Candidate) => boolean) => [...new Set(alike.filter(of).map(({ root }) => root))];
  const sure = roots(({ byNumber, byName, sameDay }) => byNumber && (byName || sameDay));
  if (sure.length) return sure.length === 1 ? sure[0]! : null;
  const named = roots(({ byName, sameDay, contradicts }) => byName && sameDay && !contradicts);
  return named.length === 1 && roots(() => true).length === 1 ? named[0]! : null;
}

/** Whoever registers one of them at this moment waits, or is waited for, as two partners wait for each other. */
async function holdLines(tx: Transaction, lines: readonly Line[]): Promise<void> {
  const known = lines.flatMap(({ adult, franceTravail }) => [
    `day ${adult.birthDate}`,
    ...(franceTravail ? [`france travail ${franceTravail}`] : []),
  ]);
  await tx.rows(sql`select pg_advisory_xact_lock(line) from (select distinct hashtextextended(known, 1) as line
    from unnest(${known}::text[]) known order by 1) lines`);
}

async function candidatesOf(tx: Transaction, lines: readonly Line[]): Promise<Map<number, Candidate[]>> {
  const given = lines.map(({ row, adult, franceTravail }) => ({
    ...{ row, day: adult.birthDate, number: franceTravail, first: adult.firstNames },
    names: [folded(adult.birthName), folded(adult.lastName)],
  }));
  const rows = await tx.rows<Candidate>(sql`
    with given as (
      select *, app.first_names(first) as first_names from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as given ("row" integer, day date, number text, first text, names text[])
    ), alike (n, person_id) as (
      select given.row, one.person_id from given join person_number one on one.france_travail = given.number
      union
      select given.row, one.person_id from given join person_identity one on one.birth_date = given.day
        and one.surnames && given.names and (one.first_names <@ given.first_names or given.first_names <@ one.first_names)
        and cardinality(one.first_names) > 0
    )
    select alike.n as "row", coalesce(mine.same_as, alike.person_id) as root,
      (held.france_travail = given.number) is true as "byNumber",
      (one.surnames && given.names) is true as "byName", (one.birth_date = given.day) is true as "sameDay",
      (held.france_travail <> given.number) is true as contradicts
    from alike join given on given.row = alike.n
      left join person_identity one on one.person_id = alike.person_id
      left join person_number held on held.person_id = alike.person_id
      left join person_count mine on mine.person_id = alike.person_id`);
  return byKey(rows, ({ row }) => row);
}

type Registered = [row: number, who: Identified];

async function register(
  tx: Transaction,
  lines: readonly [Line, Identified['note']][],
  { id: registeredBy, categories }: Council,
): Promise<Registered[]> {
  if (!lines.length) return [];
  const codes = lines.map(([{ household }]) => household.commune ?? '');
  const communes = await communeByCode.load(tx, codes);
  const references = await freeReferences(tx, lines.length);
  const persons = lines.map(([line], at) => {
    const { [at]: commune } = communes;
    const core = { reference: references[at]!, registeredBy, epciCode: commune?.epciCode ?? null };
    return { ...core, id: newId('Person'), line, commune: commune ?? null };
  });
  const stamp = { createdAt: tx.now, updatedAt: tx.now };
  const cores = persons.map(({ line, commune, id, reference, epciCode }) => ({
    ...{ id, reference, registeredBy, epciCode, communeCode: shownCommune(commune) },
    ...{ birthYear: birthYear(line.adult.birthDate), ...stamp },
  }));
  const core = ['id', 'reference', 'registeredBy', 'epciCode', 'communeCode', 'birthYear', 'createdAt', 'updatedAt'] as const; // prettier-ignore
  await tx.change(insertMany(people, core, cores), persons.length);
  await openToCouncil(tx, persons.map(({ id }) => id), { id: registeredBy, categories }); // prettier-ignore
  await writeIdentities(tx, persons);
  const homonyms = lines.flatMap(([, note], at) => (note ? [persons[at]!.id] : []));
  if (homonyms.length) await tx.rows(sql`select app.compare_person(asked) from unnest(${homonyms}::text[]) asked`);
  await recordMany(
    tx,
    persons.map(({ id }) => ({
      type: 'person.registered' as const,
      subject: { type: 'Person', id, version: 1 },
      person: id,
      audience: [registeredBy],
    })),
  );
  return lines.map(([{ row }, note], at) => [row, { person: persons[at]!.id, registered: true, note }]);
} // prettier-ignore

interface Named {
  id: string;
  line: Line;
  commune: { code: string } | null;
}

async function writeIdentities(tx: Transaction, persons: readonly Named[]): Promise<void> {
  const names = persons.map(({ id: personId, line: { adult } }) => {
    const { lastName, birthName, birthDate, firstNames: firstName } = adult;
    return { personId, lastName, firstName, birthName: birthName === lastName ? null : birthName, birthDate };
  });
  const identity = ['personId', 'lastName', 'firstName', 'birthName', 'birthDate'] as const;
  await tx.change(insertMany(identities, identity, names), persons.length);
  const homes = persons.map(({ id, commune }) => ({ personId: id, communeCode: commune?.code ?? null }));
  await tx.change(insertMany(contacts, ['personId', 'communeCode'], homes), persons.length);
  const held = persons.flatMap(({ id, line: { franceTravail } }) =>
    franceTravail ? [{ personId: id, franceTravail }] : [],
  );
  if (held.length) await tx.change(insertMany(numbers, ['personId', 'franceTravail'], held), held.length);
}

/** The council runs the programme: these are its people until a referent is named. In nobody's portfolio yet. */
async function openToCouncil(tx: Transaction, people: readonly string[], council: Council): Promise<void> {
  await tx.change(
    sql`insert into person_access (person_id, organisation_id, category, reason, source_id, territory, legal_basis, valid_from)
      select person.id, ${council.id}, category, 'PROGRAMME', person.id, person.epci_code, 'PUBLIC_INTEREST', ${tx.now}
      from person, unnest(${[...council.categories]}::text[]) category where person.id = any(${[...people]})`,
    people.length * council.categories.length,
  );
}

async function freeReferences(tx: Transaction, count: number): Promise<string[]> {
  const free = new Set<string>();
  while (free.size < count) {
    const drawn = Array.from({ length: count - free.size }, () => referenceOf(randomBytes(6)));
    const taken = await tx.rows<{ reference: string }>(
      sql`select reference from person where reference = any(${drawn})`,
    );
    const known = new Set(taken.map(({ reference }) => reference));
    for (const reference of drawn) if (!known.has(reference)) free.add(reference);
  }
  return [...free];
}
