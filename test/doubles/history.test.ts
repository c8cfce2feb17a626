import fc from 'fast-check';
import sql from 'sql-template-tag';
import type { Transaction } from '../../src/db/transaction.ts';
import { grouped, type Joint } from '../../src/doubles/group.rules.ts';
import * as link from '../../src/doubles/link.actions.ts';
import { newId } from '../../src/kernel/ids.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { hubViewer, type Viewer } from '../../src/kernel/viewer.ts';
import { openedTo } from '../../src/people/closed.rules.ts';
import { registerPerson, updatePerson } from '../../src/people/person.actions.ts';
import { assignReferent } from '../../src/people/referent.actions.ts';
import { somebody, sweep } from '../kit/doubles.ts';
import { type Partner, World } from '../kit/world.ts';

/**
 * Whatever partners register, join, part and hand over, in whatever order: as whom each record is counted, and what
 * links open to whom, is what the links and referents of that moment say, and nothing is left of those before.
 */

let world: World;
let viewers: Viewer[];
let council: Viewer;

beforeAll(async () => {
  world = await World.open();
  council = viewerOf(await world.organisation({ kind: 'COUNCIL' }), 'COUNCIL');
  const partners = [await world.organisation({ kind: 'PLIE' }), await world.organisation({ kind: 'PLIE' })];
  viewers = [...partners.map((each) => viewerOf(each, 'PLIE')), council];
});
afterAll(() => world.close());

const viewerOf = (partner: Partner, organisationKind: string): Viewer => ({
  ...hubViewer(''),
  ...{ kind: 'MEMBER', organisation: partner.id, organisationKind, roles: ['COORDINATOR'], cause: null },
});

const reason = 'OTHER';
const legalBasis = 'PUBLIC_INTEREST';
type Step = { by: number; a: number; b: number; move: keyof typeof moves };

/** People and links of one history; what a step names is chosen among them. */
class History {
  readonly people: string[] = [];
  readonly identities = [somebody(), somebody()];
  links: string[] = [];

  person = (n: number) => this.people[n % Math.max(this.people.length, 1)] ?? newId('Person');
  link = (n: number) => this.links[n % Math.max(this.links.length, 1)] ?? newId('PersonLink');

  /** Refused or done: what is refused has changed nothing, which is looked at like the rest. */
  async do({ by, a, b, move }: Step): Promise<void> {
    const made = moves[move] as (tx: Transaction, of: History, a: number, b: number) => Promise<unknown>;
    try {
      await world.db.write(viewers[by]!, (tx) => made(tx, this, a, b));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    const rows = await world.rows(sql`select id from person_link where person_id = any(${this.people}) order by id`);
    this.links = rows.map(({ id }) => id);
  } // prettier-ignore
}

const moves = {
  register: async (tx: Transaction, of: History, a: number, b: number) => {
    const identity = of.identities[a % 2]!;
    const input = { identity, legalBasis, ...(b % 2 && { referent: {} }) } as const;
    of.people.push((await registerPerson(tx, input)).id);
  },
  rename: (tx: Transaction, of: History, a: number, b: number) =>
    updatePerson(tx, { person: of.person(a), identity: of.identities[b % 2]! }),
  sweep: () => sweep(world),
  confirm: (tx: Transaction, of: History, a: number) => link.confirmPersonLink(tx, { link: of.link(a), reason }),
  refuse: (tx: Transaction, of: History, a: number) => link.refusePersonLink(tx, { link: of.link(a), reason }),
  merge: (tx: Transaction, of: History, a: number, b: number) =>
    link.mergePeople(tx, { person: of.person(a), into: of.person(b), reason }),
  unmerge: (tx: Transaction, of: History, a: number) => link.unmergePeople(tx, { link: of.link(a), reason }),
  handOver: (tx: Transaction, of: History, a: number, b: number) =>
    assignReferent(tx, { person: of.person(a), organisation: viewers[b % 3]!.organisation, legalBasis }),
}; // prettier-ignore

const anyStep = (move: fc.Arbitrary<Step['move']>) =>
  fc.record({ by: fc.nat(2), a: fc.nat(9), b: fc.nat(9), move });
const anyHistory = fc
  .tuple(
    fc.array(anyStep(fc.constant('register' as const)), { minLength: 3, maxLength: 4 }),
    fc.array(anyStep(fc.constantFrom(...(Object.keys(moves) as Step['move'][]))), {
      minLength: 8,
      maxLength: 14,
    }),
  )
  .map(([first, then]): Step[] => [
    ...first,
    { by: 0, a: 0, b: 0, move: 'sweep' },
    ...then,
    { by: 0, a: 0, b: 0, move: 'sweep' },
  ]);

async function waiting(people: string[]): Promise<boolean> {
  const rows = await world.rows(sql`select 1 from person_count where due and person_id = any(${people})`);
  return rows.length > 0;
}

/** As the tables have it: counts, and the rights that links give. */
async function stored(people: string[]) {
  const counts = await world.rows(sql`select id, coalesce(same_as, id) as same, coalesce(counted_as, id) as counted
    from person left join person_count on person_id = id where id = any(${people}) order by id`);
  const rights = await world.rows(sql`select person_id as person, organisation_id as organisation, category, reason, source_id as link
    from person_access where person_id = any(${people}) and valid_until is null and reason in ('LINK', 'SAME_PERSON')`);
  return { counts, rights: rights.map((each) => Object.values(each).join(' ')).toSorted() };
} // prettier-ignore

/** As the facts say: links, referents and who decides. */
async function fromFacts(people: string[]) {
  const links = await world.rows<Joint & { decider: string }>(sql`select id as link, person_id as person, into_id as into,
      state = 'CONFIRMED' as confirmed, coalesce(decided_at, created_at) as at, decider_id as decider
    from person_link where person_id = any(${people}) and state in ('PROPOSED', 'CONFIRMED')`);
  const found = await world.rows<Joint>(sql`select '' as link, person_id as person, found_id as into, false as confirmed,
      compared_at as at from person_count where person_id = any(${people}) and found_id is not null`);
  const referents = new Map((await world.rows(sql`select person_id, organisation_id from referent
    where person_id = any(${people}) and until is null`)).map((row) => [row.person_id, row.organisation_id]));
  const groups = grouped(people.toSorted(), [...links, ...found]);
  const toDecide = links.filter(({ confirmed }) => !confirmed).flatMap(({ link: id, person, decider }) =>
    ['CORE', 'IDENTITY'].map((category) => [person, decider, category, 'LINK', id].join(' ')));
  const holder = { kind: 'PLIE', remit: null, employs: false };
  const seen = groups.filter(({ link: id, sameAs }) => id !== null && referents.has(sameAs)).flatMap(({ person, sameAs, link: id }) =>
    openedTo('REGISTRAR', holder).map((category) => [person, referents.get(sameAs), category, 'SAME_PERSON', id].join(' ')));
  return {
    counts: groups.map(({ person, sameAs, countedAs }) => ({ id: person, same: sameAs, counted: countedAs })),
    rights: [...toDecide, ...seen].toSorted(),
  };
} // prettier-ignore

test('whatever the history, counts and rights are what the links say', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async (steps) => {
      const history = new History();
      for (const [nth, step] of steps.entries()) {
        await history.do(step);
        // what was typed again is counted as it was, until the next minute
        if (nth > 3 && !(await waiting(history.people)))
          expect(await stored(history.people)).toEqual(await fromFacts(history.people));
      }
    }),
    { numRuns: 5 },
  );
});

test('joined by hand and parted again, whatever was before is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.nat(9), fc.nat(9), async (steps, a, b) => {
      const history = new History();
      for (const step of steps) await history.do(step);
      const [person, into] = [history.person(a), history.person(b)];
      const before = await stored(history.people);
      const input = { person, into, reason } as const;
      const joined = await world.db
        .write(council, (tx) => link.mergePeople(tx, input))
        .catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          return null;
        });
      // one that waited is thereby decided: parting it does not make it wait again
      if (joined?.ground !== 'BY_HAND') return;
      await world.db.write(council, (tx) => link.unmergePeople(tx, { link: joined.id, reason }));
      expect(await stored(history.people)).toEqual(before);
    }),
    { numRuns: 4 },
  );
});
