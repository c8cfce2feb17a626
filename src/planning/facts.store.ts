import sql, { join } from 'sql-template-tag';
import { comparing } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import { parisDay } from '../kernel/clock.ts';
import { betweenFacts } from '../matches/between.store.ts';
import { scaleOn } from '../matches/match.store.ts';
import { peopleKnown } from '../matches/person-known.store.ts';
import { placesAsking } from '../matches/place-asking.store.ts';
import { followed, reaches } from '../people/access.ts';
import { placements } from '../placements/placement.store.ts';
import { programmeOn } from '../programme/programme.store.ts';
import { linesSeen, placesFound, standingLines } from './line.store.ts';
import type { RunFacts } from './problem.rules.ts';
import type { Stood } from './repair.rules.ts';
import type { AssignmentRunRow } from './run.row.ts';

/** What a run is solved from, read as its author now: whoever is closed to them by now is not in it. */
export interface Read {
  facts: RunFacts;
  before: Stood[] | null;
  /** By person, the categories that were read: what their line tells. */
  told: ReadonlyMap<string, string>;
  programmeId: string | null;
}

export async function readRun(author: Reader, run: AssignmentRunRow): Promise<Read> {
  const reader = comparing(author); // nothing leaves the hub by it: who is shown a line is told of it then
  const lines = await linesSeen(author, run.id);
  const known = await peopleKnown(reader, await stillFollowed(author, lines.map(({ personId }) => personId)));
  const places = [...(await placesAsking(reader, run.vacancies)).values()];
  const people = [...known.values()];
  const [edition] = await programmeOn.load(reader, [parisDay(reader.now)]);
  const fixed = run.previousId === null ? [] : await standingLines(author, run.previousId);
  const facts = {
    ...{ people, places, between: await betweenFacts(reader, amongOf(people, places)), scale: await scaleOn(reader) },
    referents: await referentsOf(author, [...known.keys()]),
    placed: await placedAlready(author, [...known.keys()]),
    fixed: fixed.filter(({ person, place }) => known.has(person) && places.some(({ id }) => id === place)),
  };
  return {
    facts,
    before: run.kind === 'REPAIRED' ? await placesFound(author, run.previousId!) : null,
    told: toldOf(people, lines),
    programmeId: edition?.id ?? null,
  };
} // prettier-ignore

function amongOf(people: RunFacts['people'], places: RunFacts['places']) {
  const ids = people.map(({ id }) => id);
  return { people: ids, offers: places.map(({ offerId }) => offerId), employed: places.some(({ siae }) => siae) ? ids : [] };
} // prettier-ignore

/** Each row of `peopleKnown` says beside its columns what was read of whom. */
function toldOf(people: RunFacts['people'], lines: readonly { personId: string; told: string }[]) {
  const asked = new Map(lines.map(({ personId, told }) => [personId, told.split(',')]));
  return new Map(
    people.map((person) => {
      const [read = ''] = ((person as { $ROW?: string }).$ROW ?? '').split(' ');
      const all = [...read.split(','), ...(asked.get(person.id) ?? [])].filter(Boolean);
      return [person.id, [...new Set(all)].sort().join(',')];
    }),
  );
}

async function stillFollowed(reader: Reader, people: readonly string[]): Promise<string[]> {
  const rows = await reader.rows<{ id: string }>(sql`select person.id from person
    where person.id = any(${[...people]}) and ${followed(reader.viewer, sql`person.id`, 'PROFILE')}`);
  return rows.map(({ id }) => id);
}

async function referentsOf(reader: Reader, people: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader.rows<{ person: string; member: string }>(sql`
    select referent.person_id as person, referent.member_id as member from referent
    where referent.person_id = any(${[...people]}) and referent.until is null and referent.member_id is not null
      and ${reaches(reader.viewer, sql`referent.person_id`, 'PATHWAY')}`);
  return new Map(rows.map(({ person, member }) => [person, member]));
}

async function placedAlready(reader: Reader, people: readonly string[]): Promise<string[]> {
  const rows = await reader.rows<{ id: string }>(sql`select distinct placement.person_id as id from placement
    where placement.person_id = any(${[...people]}) and placement.exclusive
      and placement.state in (${join(['STARTED', 'SUSPENDED'])}) and ${placements.scope(reader.viewer)}`);
  return rows.map(({ id }) => id).sort();
}
