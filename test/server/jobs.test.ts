import pg from 'pg';
import sql from 'sql-template-tag';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { forgetCommands, startJobs } from '../../src/server/jobs.ts';
import { urlsOf } from '../kit/cluster.ts';
import { World } from '../kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

test('idempotency keys are forgotten after seven days', async () => {
  const remember = (key: string) =>
    world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`insert into command (client, key, operation, input_hash, at)
        values ('mem_1', ${key}, 'addSite', 'x', ${tx.now})`),
    );
  await remember('old');
  world.clock.advanceDays(6);
  await remember('young');
  world.clock.advanceDays(1.5);
  expect(await forgetCommands(world.db)).toBe(1);
  expect(await world.rows(sql`select key from command`)).toEqual([{ key: 'young' }]);
});

test('the clockwork keeps to its own schema, sweeps when its minute comes, each thing whatever became of the others, and stops', async () => {
  const { owner } = urlsOf(world.server.database);
  const swept: string[] = [];
  let tell = () => {};
  const done = new Promise<void>((resolve) => (tell = resolve));
  const sweeps = {
    tombstones: () => Promise.reject(new Error('the disk is full')),
    vacancies: () => Promise.resolve(swept.push('vacancies')).finally(tell),
  };
  const stop = await startJobs(world.server.hub, owner, { minutely: sweeps, nightly: {} });
  const admin = new pg.Client({ connectionString: owner });
  await admin.connect();
  const { rows } = await admin.query('select identifier from jobs._private_known_crontabs order by 1');
  expect(rows).toEqual([{ identifier: 'purge' }, { identifier: 'sweep' }]);
  // what the minute would do, now
  await admin.query(`select jobs.add_job('sweep')`);
  await done; // however loaded the machine is
  expect(swept).toEqual(['vacancies']);
  await stop();
  await admin.end();
}, 30_000);
