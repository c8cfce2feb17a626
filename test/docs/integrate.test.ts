import { readFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { hoursSheet } from '../../src/intake/hours.sheet.ts';
import { peopleSheet } from '../../src/intake/people.sheet.ts';
import { placementsSheet } from '../../src/intake/placements.sheet.ts';
import { ReferralState } from '../../src/referrals/referral.rules.ts';
import type { Client } from '../kit/client.ts';
import { importingAs, shortly } from '../kit/intake.ts';
import { World } from '../kit/world.ts';

/** docs/integrate.md is two days of work: every example in it is run here, in its order, on the demo. */
const page = readFileSync('docs/integrate.md', 'utf8');

interface Step {
  kind: 'graphql' | 'csv';
  by: string;
  text: string;
  variables: string;
}

const steps: Step[] = [];
for (const [, language, by = '', text] of page.matchAll(/```(\w+)(?: (\S+))?\n([^]*?)```/g)) {
  if (language === 'graphql' || language === 'csv')
    steps.push({ kind: language, by, text: text!, variables: '{}' });
  if (language === 'jsonc') steps.at(-1)!.variables = text!;
}

let world: World;
const clients: Record<string, Client> = {};
/** The id last answered of each kind: what `vac_…` stands for on the page. */
const last: Record<string, string> = {};
beforeAll(async () => {
  world = await World.openDemo();
  clients.manager = await world.actor('association');
  clients.provider = await world.actor('enterprise');
}, 60_000);
afterAll(() => world.close());

const sheets = { people: peopleSheet, placements: placementsSheet, hours: hoursSheet };
const said: Record<string, string[]> = {
  people: ['2 CREATED', '3 CREATED', '4 REFUSED INVALID_INPUT.PHONE (telephone)'],
  placements: ['2 CREATED'],
  hours: ['2 CREATED'],
};

async function importing(by: string, content: string): Promise<void> {
  const kind = sheets[by as keyof typeof sheets];
  const [{ id: memberId }] = (await world.rows(
    sql`select id from member where email = 'yves.tanguy@passerelle.example'`,
  )) as [{ id: string }];
  const of = { kind, content, defaults: { legalBasis: 'CONSENT' as const } };
  const rehearsed = await importingAs(world, { memberId }, { ...of, dryRun: true });
  expect(shortly(rehearsed.verdicts)).toEqual(said[by]);
  expect((await importingAs(world, { memberId }, of)).verdicts).toEqual(rehearsed.verdicts);
  const again = await importingAs(world, { memberId }, of);
  expect([again.counts.created, again.counts.changed]).toEqual([0, 0]);
}

async function asking({ by, text, variables }: Step): Promise<any> {
  const known = variables
    .replace('‹checkpoint›', last.checkpoint ?? '')
    .replace(/"([a-z]+)_…"/g, (_, prefix: string) => JSON.stringify(last[prefix]));
  const data = await clients[by]!.get(text, JSON.parse(known) as Record<string, unknown>);
  for (const [, id, prefix] of JSON.stringify(data).matchAll(/"(([a-z]+)_[0-9a-z]{26})"/g))
    last[prefix!] = id!;
  if (data.events) last.checkpoint = data.events.checkpoint;
  return data;
}

/** Lines are told below the oldest transaction still open, of whichever test: a page may be empty for a moment. */
async function polling(step: Step): Promise<any> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const data = await asking(step);
    if (data.events.nodes.length || Date.now() > end) return data;
  }
}

const refusals = (data: object): unknown[] =>
  Object.values(data).flatMap((each: { userErrors?: unknown[] } | null) => each?.userErrors ?? []);

test('two days, from the key to the hours worked, and nothing is refused', async () => {
  const answers: any[] = [];
  for (const step of steps) {
    if (step.kind === 'csv') await importing(step.by, step.text);
    else {
      const data = await (step.variables.includes('checkpoint') ? polling(step) : asking(step));
      answers.push(data);
      expect([step.text, refusals(data)]).toEqual([step.text, []]);
      if (data.createApiClient) clients.tool = world.client(data.createApiClient.key);
    }
  }
  const of = (name: string) => answers.filter((each) => name in each).map((each) => each[name]);
  expect(of('upsertPerson')[0].person).toMatchObject({ version: 1, externalReference: 'D-103' });
  expect(of('upsertReferral')[0].referral.state).toBe('SENT');
  expect(of('acknowledgeReferral')[0].referral.person.identity).toEqual({ lastName: 'Rousseau' });
  expect(of('acceptReferral')[0].referral.state).toBe('ACCEPTED');
  expect(
    of('events')
      .at(-1)
      .nodes.map(({ type }: { type: string }) => type),
  ).toContain('referral.sent');
  expect(of('referral').at(-1).placement).toMatchObject({
    ...{ startedOn: '2026-11-16', hours: [{ month: '2026-11-01', worked: 12.5 }] },
  });
}, 60_000);

test('every state of a referral has its line in the tables of states elsewhere', () => {
  const tables = page.slice(page.indexOf('## States elsewhere'));
  expect(Object.keys(ReferralState).filter((state) => !tables.includes(`\`${state}\``))).toEqual([]);
});
