import { codes } from '../../src/kernel/codes.ts';
import { sweepAccess } from '../../src/people/access.sweep.ts';
import { sweepPlacements } from '../../src/placements/placement.sweep.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { sweepReminders } from '../../src/referrals/reminder.sweep.ts';
import { sweepSharing } from '../../src/sharing/sharing.sweep.ts';
import { Departement } from './departement.ts';
import { doings, type Trial } from './doings.ts';
import { broken } from './laws.ts';
import { rebuilt, stored } from '../kit/rights.ts';
import { misread } from './story.ts';
import { unlisted } from './worklists.ts';

export interface Size {
  /** How many things somebody tries in the year. */
  steps: number;
  people: number;
}

const first = Date.parse('2026-11-23T08:00:00.000Z');
const aYear = 365 * 24;
const remembered = 25;

/** What became of each kind of thing tried: how often it was done, and by which codes it was refused. */
export type Tally = Record<string, Record<string, number>>;

/** A year that broke a law: from which seed, and what had just happened. */
export class BrokenYear extends Error {
  constructor(seed: number, faults: string[], last: string[]) {
    super(
      [`the year of seed ${seed} (node bench/year.mjs 1 ${seed}) went wrong:`, ...faults, 'after:', ...last].join('\n  '),
    );
  }
} // prettier-ignore

/** One year of a département: chance tries things, time passes, the hub sweeps; after each step everything must hold. */
export async function live(seed: number, { steps, people }: Size): Promise<Tally> {
  const there = await Departement.open(seed, people);
  const story: string[] = [];
  const tally: Tally = {};
  try {
    for (let step = 0; step < steps; step++) {
      // much happens in one morning, then nothing for days: what is offered for three days is met within them
      if (step === 0 || there.random.chance(0.35)) await pass(there, step / steps, story);
      await tryOne(there, story, tally);
      const faults = await broken(there.world);
      if (step % 20 === 19)
        faults.push(
          ...(await misread(there.world)),
          ...(await unlisted(there)),
          ...(await wrongRights(there)),
        );
      if (faults.length) throw new Error(faults.join('\n  '));
    }
    return tally;
  } catch (error) {
    throw new BrokenYear(seed, [(error as Error).message], story.slice(-remembered));
  } finally {
    await there.close();
  }
}

/** Rights that stand in the table and follow from nothing, or follow from what happened and do not stand there. */
async function wrongRights({ world, council, now }: Departement): Promise<string[]> {
  const [held, due] = [await stored(world, now), await rebuilt(world, council, now)];
  return [
    ...held.filter((right) => !due.includes(right)).map((right) => `a right from nothing: ${right}`),
    ...due.filter((right) => !held.includes(right)).map((right) => `a right is missing: ${right}`),
  ];
}

/** Time goes on, by hours or by weeks, and the hub does what is due. */
async function pass(there: Departement, share: number, story: string[]): Promise<void> {
  const { world, random } = there;
  const meant = first + share * aYear * 3_600_000;
  const next = meant + random.next() * 5 * 86_400_000;
  if (next <= Date.parse(there.now)) return;
  world.clock.set(new Date(next).toISOString());
  const failed = (error: unknown) => {
    throw error;
  };
  const done: Record<string, number> = {};
  const count = (swept: object) => Object.entries(swept).forEach(([what, n]) => n && (done[what] = n));
  // what one sweep moves may be due again at once: the hub sweeps each minute
  for (let again = 0; again < 5; again++) {
    const swept = await sweepReferrals(world.db, failed);
    count(swept);
    if (Object.values(swept).every((n) => n === 0)) break;
  }
  for (const sweep of [sweepSharing, sweepReminders, sweepAccess, sweepPlacements])
    count((await sweep(world.db, failed)) as object);
  story.push(`${there.now.slice(0, 16)}  the hub: ${JSON.stringify(done)}`);
}

const weights = Object.fromEntries(Object.entries(doings).map(([name, { weight }]) => [name, weight]));

async function tryOne(there: Departement, story: string[], tally: Tally): Promise<void> {
  for (let attempts = 0; attempts < 10; attempts++) {
    const name = there.random.weighted(weights);
    const trial = await doings[name]!.doing(there);
    if (!trial) continue;
    const outcome = await ask(trial);
    const { who, mutation, input } = trial;
    story.push(`${there.now.slice(0, 16)}  ${who.name}: ${mutation} ${JSON.stringify(input)}: ${outcome}`);
    const said = outcome.split(' ')[0]!;
    const of = (tally[trial.as ?? name] ??= {});
    of[said] = (of[said] ?? 0) + 1;
    if (said === 'FAULT') throw new Error(outcome);
    return;
  }
}

/** Done, or refused by a documented code: anything else is a fault of the hub, or of this test. */
async function ask({ who, mutation, inputType, input }: Trial): Promise<string> {
  const document = `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { __typename userErrors { code message field } } }`;
  const { data, errors } = await who.client.ask<any>(document, { input });
  if (errors) {
    // a member who may act no more is told so at the door
    if (who.suspended && errors[0]!.extensions.code === 'UNAUTHENTICATED') return 'UNAUTHENTICATED';
    return `FAULT ${JSON.stringify(errors)}`;
  }
  const [refused] = data[mutation].userErrors;
  if (!refused) return 'done';
  if (!(refused.code in codes) || refused.message.includes(refused.code)) return `FAULT ${JSON.stringify(refused)}`;
  return [refused.code, refused.field?.join('.')].filter(Boolean).join(' ');
} // prettier-ignore
