import { readFileSync, writeFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { eventTypes, type EventType } from '../../src/events/event-types.ts';
import { everyPartner } from '../../src/events/journal.ts';
import type { Position } from '../../src/events/place.ts';
import type { Client } from './client.ts';
import { Partner, settled, type World } from './world.ts';

/** The examples of docs/events.md: one of each type, as the hub told it to a partner that may know. */

const page = 'docs/events.md';
const heading = '## An example of each';
export const whole = 'id type occurredAt actor { kind organisationId } subject { type id version }';
const asked = `query ($after: String!, $types: [String!]) { events(after: $after, types: $types, first: 1) {
  nodes { ${whole} } } }`;

type Example = Record<string, unknown> & { type: EventType };

/** What hub work alone brings about: time, files, and what follows at others from somebody's act. */
export const byTheHub: readonly EventType[] = [
  'organisation.imported', 'organisation.import_undone', 'site.imported', 'site.import_undone', 'offer.imported',
  'offer.import_undone', 'offer.resumed', 'vacancy.drafted', 'person.retention_notice', 'person.sharing_ended',
  'grant.narrowed', 'referral.unbound', 'referral.expired', 'referral.lapsed', 'referral.deadline_moved',
  'referral.reminded', 'referral.escalated', 'referral.expiring', 'referral.wait_ending', 'referral.follower_changed',
  'meeting.left', 'placement.episode_ended', 'placement.replacement_opened', 'placement.outcome_due',
  'placement.outcome_unknown', 'placement.follow_up_due', 'pathway.handed_over', 'agreement.ended',
  'engagement.half_signed', 'engagement.review_due', 'entitlement.recorded', 'entitlement.changed', 'entitlement.transferred',
]; // prettier-ignore

/** What becomes of a run, beside the moves: test/planning. */
export const ofRuns: readonly EventType[] = [
  'assignment.started',
  'assignment.stage',
  'assignment.finished',
  'assignment.failed',
];

/** Told live to whom it concerns alone: test/people/access-ended. */
export const live: readonly EventType[] = ['person.access_narrowed'];

interface Line {
  type: EventType;
  tx: string;
  pos: string;
  audience: string[];
}

/** The last event of each of these types that the journal of this world holds, asked for at the door by somebody it is told to. */
export async function examplesIn(world: World, types: readonly EventType[]): Promise<Example[]> {
  await settled(world);
  const lines = await world.rows<Line>(sql`select type, tx::text, pos::text, audience from (
    select *, row_number() over (partition by type order by event.tx desc, event.pos desc) as back from event
    where type = any(${[...types]})) event where back <= 3 order by back`);
  const clients = new Map<string, Promise<Client>>();
  const clientOf = (organisation: string) => {
    const client = clients.get(organisation) ?? new Partner(world, organisation, 'asked').member();
    clients.set(organisation, client);
    return client;
  };
  const anybody = (await world.rows<{ id: string }>(sql`select id from organisation order by id limit 1`))[0]!
    .id;
  const found = new Map<EventType, Example>();
  for (const { type, tx, pos, audience } of lines)
    for (const organisation of audience) {
      if (found.has(type)) break;
      const client = await clientOf(organisation === everyPartner ? anybody : organisation);
      const before: Position = { tx: BigInt(tx), pos: BigInt(pos) - 1n };
      const after = world.server.hub.feed.seal.seal(before);
      const { events } = await client.get(asked, { after, types: [type] });
      if (events.nodes.length) found.set(type, events.nodes[0]);
    }
  return [...found.values()];
}

/** Those the page shows. */
function shown(): Example[] {
  const [, after = ''] = readFileSync(page, 'utf8').split(heading);
  return [...after.matchAll(/^\{.+\}$/gm)].map(([line]) => JSON.parse(line));
}

/** The shape of what was told: ids by their kind, texts and numbers by their type, codes as they are. */
function shapeOf(example: unknown): unknown {
  if (Array.isArray(example)) return example.map(shapeOf);
  if (typeof example === 'string') {
    if (/^\d{4}-\d\d-\d\dT/.test(example)) return 'instant';
    return /^([a-z]+)_[0-9a-z]{26}$/.exec(example)?.[1] ?? example;
  }
  if (typeof example !== 'object' || example === null) return typeof example;
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, shapeOf(value)]));
}

/** A code, a field or a kind of subject that the page shows otherwise is a change of the interface that nobody told. */
export function expectShown(told: readonly Example[]): void {
  const examples = new Map(shown().map((example) => [example.type, example]));
  const shapes = (of: (example: Example) => unknown) =>
    told.map((example) => [example.type, shapeOf(of(example))]);
  expect(shapes(({ type }) => examples.get(type) ?? null)).toEqual(shapes((example) => example));
}

/** `EXAMPLES=write` puts what was told in place of what the page showed. */
export function writeIfAsked(told: readonly Example[]): void {
  if (process.env.EXAMPLES !== 'write') return;
  const of = new Map([...shown(), ...told].map((example) => [example.type, JSON.stringify(example)]));
  const blocks = new Map<string, string[]>();
  for (const type of Object.keys(eventTypes) as EventType[]) {
    const [subject] = type.split('.');
    if (of.has(type)) blocks.set(subject!, [...(blocks.get(subject!) ?? []), of.get(type)!]);
  }
  const text = readFileSync(page, 'utf8');
  const [before] = text.split(heading);
  const [, intro = ''] = new RegExp(`${heading}\n\n([^]*?)\n\n\`\`\``).exec(text) ?? [];
  const said = [...blocks.values()].map((lines) => `\`\`\`jsonl\n${lines.join('\n')}\n\`\`\`\n`);
  writeFileSync(page, `${before}${heading}\n\n${intro}\n\n${said.join('\n')}`);
}
