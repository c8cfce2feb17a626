import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { categoryTable } from './access.ts';
import { byPerson } from './person.store.ts';
import { ProfileRow } from './profile.row.ts';
import { restated, type ProfileFacts } from './profile.rules.ts';

const profiles = categoryTable('person_profile', ProfileRow, 'PROFILE');
export const profileOf = byPerson(profiles);

/** Writes the lines given and who stated them when; the others stay. */
export async function saveProfile(tx: Transaction, personId: string, facts: ProfileFacts, on: string) {
  const before = await firstRow<ProfileRow>(
    tx,
    sql`select ${profiles.columns} from person_profile where person_id = ${personId}`,
  );
  const stated = JSON.stringify(restated(before?.stated ?? {}, facts, on, tx.viewer.organisation));
  const change = { ...saved(profileColumns(facts)), stated } as never;
  await tx.change(
    sql`${insertInto(profiles, { personId, ...(change as object) })}
      on conflict (person_id) do update set ${assignments(change)}`,
    1,
  );
}

/** The columns of the lines given, as the table has them. */
export function profileColumns({ travel, availability, wishedTrades, refusedTrades, ...same }: ProfileFacts) {
  return {
    wishedRome: emptied(wishedTrades),
    refusedRome: emptied(refusedTrades),
    skills: emptied(same.skills),
    workConstraints: once(emptied(same.workConstraints)),
    licences: once(same.licences),
    frenchLevel: same.frenchLevel,
    ...(travel !== undefined && {
      travelMode: travel?.mode ?? null,
      travelMinutes: travel?.maxMinutes ?? null,
      travelKm: travel?.maxKm ?? null,
    }),
    ...(availability !== undefined && {
      weeklyHoursLeast: availability?.weeklyHoursLeast ?? null,
      weeklyHoursMost: availability?.weeklyHoursMost ?? null,
      timeBands: once(availability?.timeBands ?? []),
      availableFrom: availability?.from ?? null,
      away: availability?.away ?? [],
    }),
  };
}

/** A list of spans goes to its column as JSON, not as an array of PostgreSQL. */
function saved({ away, ...rest }: ReturnType<typeof profileColumns>) {
  return { ...rest, ...(away && { away: JSON.stringify(away) }) };
}

function once<T>(list: readonly T[] | null | undefined) {
  return list && [...new Set(list)];
}

/** A list is never null in the table: unknown and empty differ by whether the line is stated. */
function emptied<T>(list: readonly T[] | null | undefined): readonly T[] | undefined {
  return list === null ? [] : list;
}
