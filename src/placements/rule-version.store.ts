import pg from 'pg';
import { snake } from '../db/naming.ts';
import type { RuleSet } from './outcome-class.rules.ts';
import { faultsOf, lineKeys, type RuleLine, type RuleVersion } from './rule-version.rules.ts';

/** Versions of rule sets, as an operator reads and adopts them: as the owner of the tables, which the hub only reads. */

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const columns = lineKeys.map((key) => `${snake(key)} as "${key}"`).join(', ');

const decimal = (value: unknown) => (typeof value === 'string' ? Number(value) : value);

interface Known {
  version: number;
  from: string;
  source: string;
}

const newest = async (client: pg.Client, ruleSet: RuleSet): Promise<Known | null> => {
  const { rows } = await client.query<Known>(
    `select version, from_day::text as "from", source from outcome_rule_set where rule_set = $1 order by version desc limit 1`,
    [ruleSet],
  );
  return rows[0] ?? null;
};

/** The newest version of a rule set, as a file that the next one can be written from; null where there is none. */
export function newestVersion(url: string, ruleSet: RuleSet): Promise<RuleVersion | null> {
  return asOwner(url, async (client) => {
    const known = await newest(client, ruleSet);
    if (!known) return null;
    const { version, from, source } = known;
    const { rows } = await client.query<RuleLine>(
      `select ${columns} from outcome_rule where rule_set = $1 and version = $2 order by nth`,
      [ruleSet, version],
    );
    const said = (line: RuleLine) =>
      Object.fromEntries(
        Object.entries(line)
          .filter(([, value]) => value !== null)
          // hours are decimals, which PostgreSQL gives as text
          .map(([key, value]) => [
            key,
            key.startsWith('hours') || key === 'stayHours' ? decimal(value) : value,
          ]),
      );
    return { ruleSet, from, source, rules: rows.map(said) };
  });
}

/** Adopts a version from its day on, and ends the one before with it; or what is wrong with it. One at a time. */
export function adoptVersion(
  url: string,
  given: RuleVersion,
  { today, dryRun }: { today: string; dryRun: boolean },
): Promise<{ faults: string[]; version: number }> {
  return asOwner(url, async (client) => {
    await client.query('begin');
    await client.query('lock table outcome_rule_set in exclusive mode');
    const before = await newest(client, given.ruleSet);
    const faults = faultsOf(given, { last: before?.from ?? null, today });
    const version = (before?.version ?? 0) + 1;
    if (!faults.length && !dryRun) await write(client, given, version);
    await client.query('commit');
    return { faults, version };
  });
}

async function write(
  client: pg.Client,
  { ruleSet, from, source, rules }: RuleVersion,
  version: number,
): Promise<void> {
  await client.query(
    'update outcome_rule_set set until_day = $3 where rule_set = $1 and version = $2 and until_day is null',
    [ruleSet, version - 1, from],
  );
  await client.query('insert into outcome_rule_set values ($1, $2, $3, null, $4)', [
    ruleSet,
    version,
    from,
    source,
  ]);
  const values = lineKeys.map((_, at) => `$${at + 4}`).join(', ');
  for (const [nth, line] of rules.entries())
    await client.query(
      `insert into outcome_rule (rule_set, version, nth, ${lineKeys.map(snake).join(', ')}) values ($1, $2, $3, ${values})`,
      [ruleSet, version, nth + 1, ...lineKeys.map((key) => line[key] ?? null)],
    );
}
