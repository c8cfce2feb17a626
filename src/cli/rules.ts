import { readFile } from 'node:fs/promises';
import { migrate } from '../db/migrate.ts';
import { parisDay, systemClock } from '../kernel/clock.ts';
import { RuleSet } from '../placements/outcome-class.rules.ts';
import type { RuleVersion } from '../placements/rule-version.rules.ts';
import { adoptVersion, newestVersion } from '../placements/rule-version.store.ts';
import { withStorage } from './connection.ts';

/** Prints the newest version of a rule set: `npm run -s admin -- rules show PDI_2007 > rules.json`. */
export async function showRules(ruleSet: string): Promise<void> {
  if (!(ruleSet in RuleSet)) throw new Error(`One of ${Object.keys(RuleSet).join(', ')}.`);
  const version = await withStorage(async ({ owner }) => {
    await migrate(owner);
    return newestVersion(owner, ruleSet as RuleSet);
  });
  console.log(JSON.stringify(version, null, 2));
}

/** Adopts what a file says, from its day on: `npm run admin -- rules adopt rules.json`. */
export async function adoptRules(file: string, { dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const given = JSON.parse(await readFile(file, 'utf8')) as RuleVersion;
  const today = parisDay(systemClock.now());
  const { faults, version } = await withStorage(async ({ owner }) => {
    await migrate(owner);
    return adoptVersion(owner, given, { today, dryRun });
  });
  if (faults.length) throw new Error(['Not adopted:', ...faults].join('\n'));
  const name = `${given.ruleSet} v${version}, from ${given.from}`;
  console.log(dryRun ? `Would be adopted: ${name}.` : `Adopted: ${name}; outcomes before that day keep their class.`);
} // prettier-ignore
