import type { Client } from '../kit/client.ts';
import type { Knowledge } from '../privacy/knowledge.ts';
import { Programme, type Case } from '../privacy/programme.ts';
import { askedOfAll, whoSees, type Party, type Stage } from '../privacy/who-sees-what.ts';
import { TimelineKind } from '../../src/pathway/timeline.rules.ts';
import { World } from '../kit/world.ts';

/** The time line of a person: everything that happened, and of it to each what they see anyway. */

const stages: Stage[] = ['sent', 'placed', 'ended 40 days ago', 'handed over'];
/** By what right each kind of line is read, as test/privacy says it of the thing itself. */
const told: Record<keyof typeof TimelineKind, Knowledge> = {
  NEED: 'needs',
  SITUATION: 'contact', // the public asked of everybody is the neighbourhood, which stands with the address
  ENTITLEMENT: 'entitlements',
  PASS: 'pass',
  DIAGNOSIS: 'pathway',
  REFERENT: 'pathway',
  PATHWAY: 'pathway',
  ENGAGEMENT: 'pathway',
  REVIEW: 'pathway',
  REFERRAL: 'referral',
  MEETING: 'referral',
  PLACEMENT: 'placement',
  CONTRACT: 'placement',
  OUTCOME: 'placement',
  FOLLOW_UP: 'placement',
};

let world: World;
let programme: Programme;
const cases = new Map<Stage, Case>();
beforeAll(async () => {
  world = await World.open();
  programme = await Programme.open(world);
  for (const stage of stages) cases.set(stage, await programme.at(stage));
}, 60_000);
afterAll(() => world.close());

interface Line {
  kind: keyof typeof TimelineKind;
  on: string;
  step: string | null;
  subject: { id: string; __typename: string } | null;
}
const read = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $kinds: [TimelineKind!]) {
  person(id: $id) { timeline(first: $first, after: $after, last: $last, before: $before, kinds: $kinds) {
    totalCount pageInfo { hasNextPage endCursor startCursor } nodes { kind on step subject { id __typename } organisation { id } } } } }`;
const ask = async (by: Client, id: string, more: object = {}) =>
  (await by.ask<any>(read, { id, ...more })).data?.person?.timeline ?? null; // a tool without the scope is refused
const linesFor = async (by: Client, stage: Stage): Promise<Line[] | null> =>
  (await ask(by, cases.get(stage)!.known.Person!, { first: 100 }))?.nodes ?? null;
const kindsOf = (lines: readonly Line[] | null) => [...new Set((lines ?? []).map(({ kind }) => kind))].sort();
const council = () => programme.parties['the council, in the person’s territory'];

test.each(stages)('%s: each party reads the lines of what it sees, and no other', async (stage) => {
  const all = kindsOf(await linesFor(council(), stage));
  const seen = (party: Party) => (whoSees[stage][party] ?? []) as readonly string[];
  for (const party of Object.keys(whoSees[stage]) as Party[]) {
    const lines = await linesFor(programme.parties[party], stage);
    const expected = seen(party).includes('core') ? all.filter((kind) => seen(party).includes(told[kind])) : null;
    expect([party, lines && kindsOf(lines)]).toEqual([party, expected]);
    const hidden = (lines ?? []).filter(({ kind, subject }) => kind !== 'REFERENT' && !subject);
    expect([party, hidden]).toEqual([party, []]);
  }
  const strangers = (Object.keys(programme.parties) as Party[]).filter(
    (party) => askedOfAll.includes(stage) && !seen(party).includes('core'));
  for (const party of strangers) expect([party, await linesFor(programme.parties[party], stage)]).toEqual([party, null]);
}); // prettier-ignore

test('tells the whole story, the latest day first', async () => {
  const lines = (await linesFor(council(), 'ended 40 days ago'))!;
  expect(kindsOf(lines)).toEqual(
    Object.keys(TimelineKind).filter((kind) => !['FOLLOW_UP', 'MEETING'].includes(kind)).sort(),
  );
  expect(lines.map(({ on }) => on)).toEqual(lines.map(({ on }) => on).sort().reverse());
  const steps = (kind: string) => lines.filter((line) => line.kind === kind).map(({ step }) => step).reverse();
  expect(steps('PATHWAY')).toEqual(['ORIENTED', 'REORIENTED']);
  expect(steps('ENGAGEMENT')).toEqual(['SIGNED', 'DRAFTED']); // signed on a day before it was typed
  expect(steps('PLACEMENT')).toEqual(['STARTED', 'ENDED']);
  expect(lines.find(({ kind }) => kind === 'REVIEW')!.subject!.__typename).toBe('Engagement');
  expect(kindsOf(await linesFor(council(), 'placed'))).not.toContain('OUTCOME');
}); // prettier-ignore

test('is read page by page, forwards and backwards, by kind, and counted', async () => {
  const { Person: id } = cases.get('placed')!.known;
  const whole = await ask(council(), id!, { first: 100 });
  const pages: Line[] = [];
  for (let after: string | null = null; ; ) {
    const page: any = await ask(council(), id!, { first: 4, after });
    pages.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(pages).toEqual(whole.nodes);
  expect(whole.totalCount).toBe(pages.length);
  const last = await ask(council(), id!, { last: 3 });
  expect(last.nodes).toEqual(pages.slice(-3));
  const before = await ask(council(), id!, { last: 3, before: last.pageInfo.startCursor });
  expect(before.nodes).toEqual(pages.slice(-6, -3));
  const some = await ask(council(), id!, { kinds: ['NEED', 'PATHWAY'] });
  expect(some.nodes).toEqual(pages.filter(({ kind }) => kind === 'NEED' || kind === 'PATHWAY'));
  const mixed = await council().ask(read, { id, after: last.pageInfo.startCursor, kinds: ['NEED'] });
  expect(mixed.errors![0]!.extensions.code).toBe('CURSOR_MISMATCH');
  const huge = await council().ask(read, { id, first: 101 });
  expect(huge.errors![0]!.extensions.code).toBe('LIMIT_EXCEEDED');
}); // prettier-ignore

test('of many people is one statement, and what the lines are about one for each kind', async () => {
  const statements: string[] = [];
  world.db.onStatement = (text) => statements.push(text);
  const question = '{ people(first: 20) { nodes { timeline(first: 5) { nodes { kind subject { id } } } } } }';
  const { people } = await council().get(question);
  world.db.onStatement = () => {};
  expect(people.nodes.length).toBeGreaterThan(3);
  expect(statements.filter((text) => text.includes('with line as'))).toHaveLength(1);
  const subjects = statements.filter((text) => /from (need|referral|placement|pathway|engagement)\s+where \w+\.id = any/.test(text));
  expect(subjects.length).toBeGreaterThan(0);
  expect(subjects.length).toBeLessThanOrEqual(8);
}); // prettier-ignore
