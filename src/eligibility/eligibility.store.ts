import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { Batch } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import { reaches } from '../people/access.ts';
import { standingDiagnosesOf } from './diagnosis.store.ts';
import { iaeEligibility, type IaeFacts, type IaeStanding } from './eligibility.rules.ts';
import { standingPassesOf } from './pass.store.ts';

/** Passes and diagnoses of people, as who sees their pathway may know them; null for everybody else. */
export const iaeFactsOf: Batch<string, IaeFacts | null> = {
  async load(reader, people) {
    const open = await pathwaysOpen(reader, people);
    const passes = await standingPassesOf.load(reader, people);
    const diagnoses = await standingDiagnosesOf.load(reader, people);
    return people.map((person, at) =>
      open.has(person) ? { passes: passes[at]!, diagnoses: diagnoses[at]! } : null,
    );
  },
};

/** Whether people are eligible today, with the organisation that asks; null where their pathway is not open to it. */
export const iaeStandingOf: Batch<string, IaeStanding | null> = {
  async load(reader, people) {
    const today = parisDay(reader.now);
    const facts = await iaeFactsOf.load(reader, people);
    return facts.map((known) => known && iaeEligibility(known, today, reader.viewer.organisation));
  },
};

async function pathwaysOpen(reader: Reader, people: readonly string[]): Promise<Set<string>> {
  const rows = await reader.rows<{
    id: string;
  }>(sql`select asked.id from unnest(${[...people]}::text[]) asked (id)
    where ${reaches(reader.viewer, sql`asked.id`, 'PATHWAY')}`);
  return new Set(rows.map(({ id }) => id));
}
