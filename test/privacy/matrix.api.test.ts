import { type GraphQLObjectType } from 'graphql';
import { buildSchema } from '../../src/server/schema.ts';
import type { Client } from '../kit/client.ts';
import { World } from '../kit/world.ts';
import { knowledge, personal, tells } from './knowledge.ts';
import {
  aboutPeople,
  fragmentsOf,
  idsOf,
  pathsOf,
  questionOf,
  sometimes,
  toldBy,
  valueOf,
  type Known,
  type Path,
} from './paths.ts';
import { Programme, type Case } from './programme.ts';
import { askedOfAll, whoSees, type Party, type Stage } from './who-sees-what.ts';

/**
 * The emitted schema, field by field, as every party at every stage, through every way there is to a person, held
 * against a table written by hand. A new field without a line fails; so does a way that shows more, or less, than another.
 */
const schema = buildSchema().executable;
const paths = pathsOf(schema);
const fragments = fragmentsOf(schema);
const stages = Object.keys(whoSees) as Stage[];

let world: World;
let programme: Programme;
const cases = new Map<Stage, Case>();
/** What anybody at all was told at a stage: a field that says nothing to anybody is empty, not hidden. */
const filled = new Map<Stage, Set<string>>();
const answers = new Map<string, Record<string, unknown>>();

const limits = { tokens: 50_000, aliases: 500, cost: 10_000_000, costPerMinute: 1e12, depth: 30 };

beforeAll(async () => {
  world = await World.open({ limits });
  programme = await Programme.open(world);
  for (const stage of stages) cases.set(stage, await programme.at(stage));
  for (const stage of stages) for (const party of partiesAt(stage)) await ask(stage, party);
}, 120_000);
afterAll(() => world.close());

function partiesAt(stage: Stage): Party[] {
  const all = Object.keys(programme.parties) as Party[];
  return askedOfAll.includes(stage) ? all : (Object.keys(whoSees[stage]) as Party[]);
}

async function ask(stage: Stage, party: Party): Promise<void> {
  const { known } = cases.get(stage)!;
  const data = await answered(programme.parties[party], known);
  answers.set(`${stage} ${party}`, data);
  const here = filled.get(stage) ?? new Set<string>();
  for (const [at, path] of paths.entries())
    for (const each of foundBy(at, data, known[path.target]))
      for (const field of toldBy(schema, path.target, each)) here.add(field);
  filled.set(stage, here);
}

/** A list that a tool has no scope for refuses the whole question: it is asked again without. */
async function answered(client: Client, known: Known): Promise<Record<string, unknown>> {
  const refused = new Set<number>();
  for (;;) {
    const question = questionOf(paths, refused);
    const { data, errors = [] } = await client.ask(`${question}\n${fragments}`, idsOf(question, known));
    if (data || !errors.length) return data ?? {};
    for (const { path } of errors) refused.add(Number(String(path?.[0]).slice(1)));
  }
}

/** The subjects with this id that a path led to, whatever the shape around them. */
function foundBy(
  at: number,
  data: Record<string, unknown>,
  id: string | undefined,
): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    const each = value as Record<string, unknown>;
    if (id !== undefined && each.id === id && Object.keys(each).length > 1) found.push(each);
    else Object.values(each).forEach(walk);
  };
  walk(data[`p${at}`]);
  return found;
}

/** What depends on the viewer or the moment, though its subject is open: allowed, not required. */
const mayBeSilent = new Set([
  ...[
    'Referral.availableMoves',
    'Referral.waitingRank',
    'Disclosure.until',
    'SharingGrant.externalReference',
  ],
]);

function expectedOf(stage: Stage, party: Party, type: string): string[] {
  const told = whoSees[stage][party] ?? [];
  return [...filled.get(stage)!]
    .filter((field) => reachableFrom(type).has(field.split('.')[0]!))
    .filter((field) =>
      (told as readonly string[]).includes(tells(...(field.split('.') as [string, string]))!),
    )
    .sort();
}

/** The types one subject is made of, itself included. */
function reachableFrom(type: string): Set<string> {
  const known = reachable.get(type);
  if (known) return known;
  const found = new Set([type]);
  const value = (schema.getType(type) as GraphQLObjectType).getFields();
  for (const field of Object.values(value)) {
    const name = valueOf(String(field.type).replace(/[[\]!]/g, ''));
    if (knowledge[name] && !(schema.getType(name) as GraphQLObjectType).getInterfaces().length && name !== 'Commune' && name !== 'Epci')
      for (const each of reachableFrom(name)) found.add(each);
  }
  reachable.set(type, found);
  return found;
} // prettier-ignore
const reachable = new Map<string, Set<string>>();

describe.each(stages)('%s', (stage) => {
  test('every party is told, by every way, what the table says and nothing else', () => {
    const { known } = cases.get(stage)!;
    const wrong: string[] = [];
    for (const party of partiesAt(stage))
      for (const [at, path] of paths.entries()) {
        const found = foundBy(at, answers.get(`${stage} ${party}`)!, known[path.target]);
        const expected = leadsThere(stage, party, path) ? expectedOf(stage, party, path.target) : [];
        if (expected.length && !found.length && path.start !== 'Former' && !sometimes.includes(path.label)) wrong.push(`${party}: ${path.label} leads nowhere`);
        for (const each of found) {
          const told = new Set(toldBy(schema, path.target, each).filter((field) => concerns(path.target, field)));
          const shown = [...told].filter((field) => !expected.includes(field));
          const hidden = expected.filter((field) => !told.has(field) && !mayBeSilent.has(field));
          if (shown.length) wrong.push(`${party}: ${path.label} shows ${shown.join(' ')}`);
          if (hidden.length) wrong.push(`${party}: ${path.label} hides ${hidden.join(' ')}`);
        }
      }
    expect(wrong).toEqual([]);
  }); // prettier-ignore

  test('no word of the person stands anywhere in an answer to who may not read it', () => {
    const { secrets } = cases.get(stage)!;
    const leaks: string[] = [];
    for (const party of partiesAt(stage)) {
      const body = JSON.stringify(answers.get(`${stage} ${party}`));
      const told = (whoSees[stage][party] ?? []) as readonly string[];
      for (const [of, words] of Object.entries(secrets))
        if (!told.includes(of)) leaks.push(...words.filter((word) => body.includes(word)).map((word) => `${party}: ${of} ${word}`));
    }
    expect(leaks).toEqual([]);
  }); // prettier-ignore
});

/** Only what tells of a person: the territory and the partners around it are open anyway. */
function concerns(target: string, field: string): boolean {
  const [type, name] = field.split('.') as [string, string];
  return reachableFrom(target).has(type) && (personal as readonly string[]).includes(tells(type, name)!);
}

/** Whether the table opens the subject a step leads to, and the subject the step starts from. */
function leadsThere(stage: Stage, party: Party, { step: [type, field], start, target }: Path): boolean {
  const told = (whoSees[stage][party] ?? []) as readonly string[];
  const { known } = cases.get(stage)!;
  if (!known[target] || (type !== 'Query' && !known[start])) return false;
  const asks = [tells(target, 'id')!, tells(type, field)!];
  if ((aboutPeople as readonly string[]).includes(type)) asks.push(tells(type, 'id')!);
  return asks.every((each) => each === 'wrapping' || told.includes(each));
}

test('whatever tells of a person was told to somebody: no line of the table is idle', () => {
  const told = new Set([...filled.values()].flatMap((fields) => [...fields]));
  const all = aboutPeople.flatMap((type) =>
    [...reachableFrom(type)].flatMap((name) =>
      Object.keys((schema.getType(name) as GraphQLObjectType).getFields())
        .filter((field) => concerns(type, `${name}.${field}`))
        .map((field) => `${name}.${field}`),
    ),
  );
  const edges = new Set(paths.map(({ step }) => step.join('.')));
  const idle = [...new Set(all)].filter((field) => !told.has(field) && !edges.has(field)).sort();
  expect(idle).toEqual(neverFilled);
});

/** Told of in their own tests: what no stage here brings about. */
const neverFilled = [
  ...['purpose', 'tool'].map((field) => `AccessLogEntry.${field}`),
  ...['answer', 'question'].map((field) => `AnsweredInformation.${field}`),
  'Contract.renews',
  ...['contract', 'correctedBecause', 'from', 'kind', 'knownUntil', 'to', 'weeklyHours'].map(
    (field) => `ContractCorrection.${field}`,
  ),
  'Decline.againFrom',
  ...['endReason', 'endedOn', 'to'].map((field) => `Engagement.${field}`),
  ...['placement', 'referral'].map((field) => `EngagementActivity.${field}`),
  ...['expectedTo', 'from', 'id', 'kind', 'suspends', 'to'].map((field) => `Episode.${field}`),
  ...['by', 'on', 'recordedAt', 'situation'].map((field) => `FollowUp.${field}`),
  ...['withdrawReason', 'withdrawnAt'].map((field) => `IaeDiagnosis.${field}`),
  ...['prolongedTo', 'suspendedFrom', 'suspendedUntil', 'withdrawReason', 'withdrawnAt'].map(
    (field) => `IaePass.${field}`,
  ),
  ...['answers', 'askedAt', 'dueAt', 'endedAt', 'id', 'questions', 'state'].map(
    (field) => `InformationRequest.${field}`,
  ),
  ...['bindingConstraint', 'person', 'reasons', 'smallestChange'].map((field) => `Match.${field}`),
  ...['by', 'sentence', 'to', 'unit'].map((field) => `MatchChange.${field}`),
  ...['criterion', 'detail', 'max', 'points'].map((field) => `MatchReason.${field}`),
  ...['change', 'question'].map((field) => `MatchedRule.${field}`),
  ...['nextId', 'referral'].map((field) => `MeetingAttendance.${field}`),
  ...['closeReason', 'closedOn', 'thematique'].map((field) => `Need.${field}`),
  ...['certification', 'correctedBecause', 'knownUntil', 'to'].map((field) => `Outcome.${field}`),
  ...['endReason', 'endedOn'].map((field) => `Pathway.${field}`),
  'PersonLink.decidedAt',
  ...['fromState', 'organisationId', 'reason'].map((field) => `PersonLinkStep.${field}`),
  ...[
    'contractCorrections',
    'episodes',
    'hours',
    'hoursHistory',
    'outcomeDueAt',
    'overlapReason',
    'startCorrections',
    'warnings',
  ].map((field) => `Placement.${field}`),
  'Referral.despiteRefusal',
  'Referral.externalReference',
  'Referral.informationRequests',
  'Referral.placeOfferedUntil',
  'SenderContact.phone',
  ...['endReason', 'endedOn', 'kind'].map((field) => `SharingGrant.${field}`),
  ...['correctedBecause', 'knownUntil', 'startedOn'].map((field) => `StartCorrection.${field}`),
  'Travel.maxKm',
  ...['knownUntil', 'month', 'recordedAt', 'worked'].map((field) => `WorkedHours.${field}`),
];
