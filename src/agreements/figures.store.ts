import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { Batch } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import { agreements } from './agreement.store.ts';
import type { AgreementRow } from './agreement.row.ts';
import type { Participants } from './exit.rules.ts';
import { lastMonthEnd } from './figures.rules.ts';

/** Figures of agreements: the database counts rows their reader may not see, and answers for agreements that are the reader’s. */

export interface Window {
  agreement: string;
  from: string | null;
  to: string | null;
  /** Of its own days and terms; or, of a dossier whose days are to come, of what its last terms cover. */
  own: boolean;
}

export interface FiguresRow {
  at: number;
  first: string;
  last: string;
  fundedFte: number | null;
  occupiedFte: number;
  withoutHours: number;
  hours: number;
  occupiedPlaces: number;
}

const same = ({ agreement, from, to, own }: Window) => `${agreement} ${from} ${to} ${own}`;
const asked = (keys: readonly Window[]) =>
  sql`${keys.map(({ agreement }) => agreement)}::text[], ${keys.map(({ from }) => from)}::date[],
    ${keys.map(({ to }) => to)}::date[]`;

/** One statement for those of their own days, one for dossiers: however many. */
async function inBoth<V>(
  keys: readonly Window[],
  ask: (of: readonly Window[], own: boolean) => Promise<Map<string, V>>,
): Promise<Map<string, V>> {
  const found = new Map<string, V>();
  for (const own of [true, false]) {
    const of = keys.filter((key) => key.own === own);
    if (of.length) for (const [key, value] of await ask(of, own)) found.set(key, value);
  }
  return found;
}

export const figuresOf: Batch<Window, FiguresRow | null> = {
  same,
  async load(reader, keys) {
    const found = await inBoth(keys, async (of, own) => {
      const rows = await reader.rows<FiguresRow>(sql`select at, first_day as first, last_day as last,
          funded_fte as "fundedFte", occupied_fte as "occupiedFte", without_hours as "withoutHours", hours,
          occupied_places as "occupiedPlaces" from app.agreement_figures(${asked(of)}, ${own})`);
      return new Map(rows.map((row) => [same(of[row.at - 1]!), row]));
    });
    return keys.map((key) => found.get(same(key)) ?? null);
  },
};

export const participantsOf: Batch<string, Participants[]> = {
  async load(reader, ids) {
    const rows = await reader.rows<Participants & { id: string }>(sql`
      select id, age, long_term as "longTerm", minimum_income as "minimumIncome", outcome, ended, people
      from app.agreement_participants(${ids}::text[], ${lastMonthEnd(parisDay(reader.now))}::date)`);
    return ids.map((id) => rows.filter((row) => row.id === id));
  },
};

/** The dossiers laid before a session, those an opinion was given on there included; in the order they were drafted. */
export const dossiersOf: Batch<string, AgreementRow[]> = {
  async load(reader: Reader, days) {
    const rows = await reader.rows<AgreementRow & { day: string }>(sql`
      select asked.day::text as day, ${agreements.columns} from unnest(${days}::date[]) asked (day)
        join agreement on agreement.session_on = asked.day or exists (select from agreement_opinion given
          where given.agreement_id = agreement.id and given.session_on = asked.day)
      where ${agreements.scope(reader.viewer)} order by agreement.id`);
    return days.map((day) => rows.filter((row) => row.day === day));
  },
};
