import pg from 'pg';
import sql from 'sql-template-tag';
import { sweepRetention } from '../../src/casefiles/retention.sweep.ts';
import { sweepDoubles } from '../../src/doubles/double.sweep.ts';
import { openAccess } from '../../src/people/access.ts';
import { sweepAccess } from '../../src/people/access.sweep.ts';
import { sweepPlacements } from '../../src/placements/placement.sweep.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { sweepReminders } from '../../src/referrals/reminder.sweep.ts';
import { sweepSharing } from '../../src/sharing/sharing.sweep.ts';
import { urlsOf } from '../kit/cluster.ts';
import { somebody } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { placed, startOf } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { shared } from '../kit/sharing.ts';
import { World } from '../kit/world.ts';

/** What the hub does by itself: one whose turn always fails keeps nobody behind them from theirs. */
let world: World;
let scene: Scene;
const monday = '2026-11-23T08:00:00.000Z';

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  // nothing can be told of who stands here: every turn of theirs fails, in whichever slice
  await asOwner(`create table doomed (person text); grant select on doomed to public;
    create function doom() returns trigger language plpgsql as $$ begin
      if new.person_id in (select person from doomed) then raise 'doomed'; end if; return new; end $$;
    create trigger doom before insert on event for each row execute function doom()`);
});
afterAll(() => world.close());

async function asOwner(statement: string): Promise<void> {
  const owner = new pg.Client({ connectionString: urlsOf(world.server.database).owner });
  await owner.connect();
  await owner.query(statement).finally(() => owner.end());
}

const sent = async () => {
  const person = await scene.person();
  await scene.sent({ person });
  return person;
};

/** Each arranges somebody of whom the sweep will tell, once this day has come. */
const sweeps = [
  { sweep: sweepReferrals, on: '2026-12-15', tells: 'referral.expired', arrange: sent },
  { sweep: sweepReminders, on: '2026-12-01', tells: 'referral.reminded', arrange: sent },
  {
    ...{ sweep: sweepPlacements, on: '2026-12-24', tells: 'placement.outcome_due' },
    arrange: async () => {
      const person = await scene.person();
      const referral = await scene.accepted({ person, vacancy: await scene.vacancy(1) });
      const { placement } = await startOf(scene, referral.id);
      const end = { endedOn: '2026-11-23', outcome: { kind: 'NOT_YET_KNOWN' } };
      await placed(scene.provider, 'endPlacement', { placement: placement.id, ...end });
      return person;
    },
  },
  {
    ...{ sweep: sweepSharing, on: '2026-11-25', tells: 'grant.ended' },
    arrange: async () => {
      const { id: person } = await registerPerson(scene.coordinator);
      await shared(scene.coordinator, { person, organisation: scene.receiver.id, until: '2026-11-24' });
      return person;
    },
  },
  {
    ...{ sweep: sweepAccess, on: '2026-11-24', tells: 'person.access_ended' },
    arrange: async () => {
      const [person, third] = [await scene.person(), await world.organisation()];
      const right = { person, organisation: third.id, reason: 'BREAK_GLASS', source: third.id } as const;
      const until = '2026-11-23T09:00:00.000Z';
      await world.db.write(world.hub, (tx) => openAccess(tx, { ...right, until, categories: ['CORE'] }));
      return person;
    },
  },
  {
    ...{ sweep: sweepDoubles, on: '2026-11-23', tells: 'person.link_proposed' },
    arrange: async () => {
      const identity = somebody();
      const { id: known } = await registerPerson(scene.coordinator, { identity });
      const registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
      await registerPerson(registrar, { identity });
      return known; // what is told of a link is told of whom it leads to
    },
  },
  {
    ...{ sweep: sweepRetention, on: '2028-11-24', tells: 'person.retention_notice' },
    arrange: () => scene.person(),
  },
];

test.each(sweeps)('$tells: whoever comes behind one that fails has their turn, and who failed the next', async ({ sweep, on, tells, arrange }) => {
  world.clock.set(monday);
  const [first, second] = [await arrange(), await arrange()];
  const told = async () =>
    (await world.rows<{ person: string }>(sql`select person_id as person from event
      where type = ${tells} and person_id in (${first}, ${second}) order by tx, pos`)).map(({ person }) => person);
  await asOwner(`insert into doomed values ('${first}')`);
  world.clock.set(`${on}T08:00:00.000Z`);
  const faults: string[] = [];
  const swept = await sweep(world.db, (fault) => faults.push(String(fault)), 1);
  expect(await told()).toEqual([second]);
  expect(faults).toEqual(['error: doomed']);
  expect(swept.failed).toBe(1);
  await asOwner('delete from doomed');
  expect(await sweep(world.db, undefined, 1)).toMatchObject({ failed: 0 });
  expect(await told()).toEqual([second, first]);
}); // prettier-ignore
