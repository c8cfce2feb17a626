import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { record } from '../../src/events/journal.ts';
import { vacancyInTables } from '../kit/vacancies.ts';
import { eventually, World } from '../kit/world.ts';

/** The twenty lines of docs/events.md do what they say: they are run as they stand there. */
let world: World;
const folder = join('.test-data', `subscriber-${process.pid}`);
beforeAll(async () => {
  world = await World.open();
  mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = readFileSync('docs/events.md', 'utf8');

test('your own subscriber misses nothing and repeats nothing, though it is killed', async () => {
  const program = join(folder, 'subscriber.mjs');
  const cursor = join(folder, 'cursor');
  writeFileSync(program, /```js\n([\s\S]*?)```/.exec(page)![1]!);
  const owner = await world.organisation();
  const tool = await owner.tool(['events:read', 'offers:read']);
  const vacancy = await vacancyInTables(owner, 2);
  let version = 1;
  const happens = () =>
    world.db.write(world.hub, (tx) =>
      record(tx, {
        type: 'vacancy.updated',
        subject: { type: 'Vacancy', id: vacancy, version: ++version },
        audience: ['*'],
      }),
    );
  let said = '';
  const begin = async (): Promise<ChildProcess> => {
    const url = `${world.server.url.replace('http', 'ws')}/graphql`;
    const child = spawn(process.execPath, [program, cursor], {
      env: { ...process.env, HUB: url, TOKEN: tool.token },
    });
    child.stdout.on('data', (text) => (said += String(text)));
    await eventually(() => world.server.listening === 1, 10_000);
    return child;
  };
  const lines = () => said.trim().split('\n').filter(Boolean);
  const first = await begin();
  const before = Date.now();
  await happens();
  // killed between a line and its cursor it would say the line again: it was done, but not noted
  const noted = () => existsSync(cursor) && statSync(cursor).mtimeMs >= before;
  await eventually(() => lines().length === 1 && noted(), 10_000);
  first.kill('SIGKILL');
  await eventually(() => world.server.listening === 0);
  await happens();
  const second = await begin();
  await happens();
  await eventually(() => lines().length === 3, 10_000);
  second.kill('SIGKILL');
  expect(lines()).toEqual(Array.from({ length: 3 }, () => `vacancy.updated ${vacancy}`));
}, 40_000);

test('the messages it shows have the shape of the schema’s', async () => {
  const [, ...shown] = page.split('```json\n');
  const messages = shown.map((each) => JSON.parse(each.split('```')[0]!) as Record<string, unknown>);
  expect(messages.length).toBe(3);
  const member = await (await world.organisation()).member();
  const { __type } = await member.get('{ __type(name: "ReferralMessage") { fields { name } } }');
  const fields = __type.fields.map(({ name }: { name: string }) => name);
  for (const message of messages) expect(fields).toEqual(expect.arrayContaining(Object.keys(message)));
});
