import sql from 'sql-template-tag';
import { sweepDoubles } from '../../src/doubles/double.sweep.ts';
import type { Client } from './client.ts';
import { registerPerson } from './people.ts';
import { Scene } from './referrals.ts';
import { councilOf, World, type Partner } from './world.ts';

let serial = 0;

/** Who follows, who decides, and a partner that cannot see whom the sender knows. */
export interface Registering {
  world: World;
  scene: Scene;
  council: Client;
  partner: Partner;
  registrar: Client;
}

export async function registering(): Promise<Registering> {
  const world = await World.open();
  const council = await (await councilOf(world)).member({ roles: ['COORDINATOR'] });
  const scene = await Scene.open(world);
  const partner = await world.organisation({ kind: 'PLIE' });
  return { world, scene, council, partner, registrar: await partner.member({ roles: ['COORDINATOR'] }) };
}

/** Somebody of whom two records may be made: a name and a birth date that nobody else of this test has. */
export function somebody(): { lastName: string; firstName: string; birthDate: string } {
  const letters = [...String(++serial)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const day = new Date(Date.UTC(1960, 0, 1) + serial * 86_400_000).toISOString().slice(0, 10);
  return { lastName: `Kerdoncuff${letters}`, firstName: 'Enora', birthDate: day };
}

export interface Doubles {
  /** The record that was there, of the sender, who is its referent. */
  older: string;
  /** The same person's, registered by a partner that cannot see the other. */
  newer: string;
  link: string;
}

const inputs = {
  confirmPersonLink: 'PersonLinkDecision',
  refusePersonLink: 'PersonLinkDecision',
  mergePeople: 'PeopleMerge',
  unmergePeople: 'PeopleUnmerge',
} as const;

export const linkSelection =
  'personLink { id state ground version decidedAt person { id } into { id } history { move fromState toState reason actorKind organisationId } }';

/** The whole payload of a move of a link. */
export function run(as: Client, mutation: keyof typeof inputs, input: object) {
  return as.run(mutation, inputs[mutation], { reason: 'PAPERS_SEEN', ...input }, linkSelection);
}

/** What the next minute would do. */
export const sweep = (world: World) => sweepDoubles(world.db, (error) => { throw error; }); // prettier-ignore

/** A person followed by the sender, registered again by a partner of this test. */
export async function proposedLink(scene: Scene, by?: Client, identity = somebody()): Promise<Doubles> {
  const { world } = scene;
  const registrar =
    by ?? (await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] }));
  const older = (await registerPerson(scene.coordinator, { identity, referent: {} })).id;
  const newer = (await registerPerson(registrar, { identity })).id;
  await sweep(world);
  const [row] = await world.rows(sql`select id from person_link where person_id = ${newer}`);
  return { older, newer, link: row.id };
}

/** As whom each record is counted, and which are one person: as the hub has it. */
export async function counts(world: World, ...people: string[]): Promise<[string, string][]> {
  const rows =
    await world.rows(sql`select person_id as id, same_as as same, counted_as as counted from person_count
    where person_id = any(${people})`);
  const known = new Map(rows.map((row) => [row.id, [row.same, row.counted] as [string, string]]));
  return people.map((person) => known.get(person) ?? [person, person]);
}
