import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { followReferrals, type ReferralMessage } from '../../src/client/follow.ts';
import { done, Scene } from '../kit/referrals.ts';
import { withAdmin } from '../kit/hub.ts';
import { compiled } from '../kit/started.ts';
import { eventually, World } from '../kit/world.ts';

/** What a third party's tool does with the client, and what befalls it. */
let world: World;
let scene: Scene;
let key: string;
const folder = mkdtempSync(join(tmpdir(), 'passerelle-tool-'));
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  key = (await scene.receiver.tool(['events:read', 'referrals:read', 'people:read'])).token;
}, 120_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The platform’s socket, which a test can cut like a cable. */
class Cuttable extends WebSocket {
  private static readonly open = new Set<Cuttable>();

  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    Cuttable.open.add(this);
    this.once('close', () => Cuttable.open.delete(this));
  }

  static cutAll(): void {
    for (const each of Cuttable.open) each.terminate();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function killDatabaseConnections() {
  await withAdmin((admin) =>
    admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      world.server.database,
    ]),
  );
}

test('each step is handed on once, in order, while the network is cut and the tool’s own work fails at times', async () => {
  const told: ReferralMessage[] = [];
  let kept: string | null = null;
  let fails = 0;
  const follower = followReferrals({
    ...{ url: world.server.url, token: () => key, after: null, webSocketImpl: Cuttable },
    readAfresh: async () =>
      (await scene.receiver.member().then((member) => member.get('{ events { checkpoint } }'))).events
        .checkpoint,
    onEvent: (message) => {
      if (told.length % 4 === 3 && fails++ % 2 === 0) throw new Error('my own database is away');
      told.push(message);
    },
    saveCursor: (cursor) => void (kept = cursor),
  });
  await eventually(() => world.server.listening > 0);
  const ids: string[] = [];
  for (let n = 0; n < 6; n++) {
    const { id } = await scene.sent();
    ids.push(id);
    if (n % 2 === 0) Cuttable.cutAll();
    done(await scene.move(scene.provider, 'acknowledgeReferral', id));
  }
  await eventually(() => told.length >= 12, 15_000);
  await pause(100);
  await follower.stop();
  expect(told.map(({ event, referral }) => [event!.type, referral!.id])).toEqual(
    ids.flatMap((id) => [
      ['referral.sent', id],
      ['referral.acknowledged', id],
    ]),
  );
  expect(kept).toBe(told.at(-1)!.cursor);
  expect(fails).toBeGreaterThan(1);
}, 30_000);

test('what no waiting mends ends it; a cursor too old has it read afresh', async () => {
  const deaf = await scene.receiver.tool(['events:read']);
  const refused = followReferrals({
    ...{ url: world.server.url, token: () => deaf.token, after: null, webSocketImpl: WebSocket },
    readAfresh: () => deaf.get('{ events { checkpoint } }').then(({ events }) => events.checkpoint),
    onEvent: () => {},
    saveCursor: () => {},
  });
  await expect(refused.ended).rejects.toThrow('referrals:read');

  let readings = 0;
  const old = followReferrals({
    ...{ url: world.server.url, token: () => key, after: 'A'.repeat(60), webSocketImpl: WebSocket },
    readAfresh: async () => {
      readings++;
      return (await (await scene.receiver.member()).get('{ events { checkpoint } }')).events.checkpoint;
    },
    onEvent: () => {},
    saveCursor: () => {},
  });
  await eventually(() => readings === 1);
  await old.stop();
});

test('the example mirrors its organisation’s referrals into a file, though it is killed and the database cut', async () => {
  const file = join(folder, 'referrals.json');
  const running = () => mirror(file);
  let tool = running();
  await eventually(() => Object.keys(mirrored(file)).length > 0, 15_000);
  const vacancy = await scene.vacancy(20);
  for (let n = 0; n < 4; n++) {
    const { id } = await patiently(() => scene.sent({ vacancy }));
    tool.kill('SIGKILL');
    if (n % 2) await killDatabaseConnections();
    done(await untilDone(() => scene.move(scene.provider, 'acknowledgeReferral', id)));
    tool = running();
    await pause(150);
  }
  const wanted = async () =>
    Object.fromEntries(
      (
        await scene.provider.get('{ referrals(first: 100) { nodes { id state version } } }')
      ).referrals.nodes.map(({ id, state, version }: any) => [id, [state, version]]),
    );
  const held = () =>
    Object.fromEntries(
      Object.values(mirrored(file)).map(({ id, state, version }: any) => [id, [state, version]]),
    );
  const all = await wanted();
  await eventually(() => JSON.stringify(sorted(held())) === JSON.stringify(sorted(all)), 15_000);
  const ended = new Promise((resolve) => tool.once('exit', resolve));
  tool.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 60_000);

const sorted = (held: object) => Object.entries(held).sort(([one], [other]) => (one < other ? -1 : 1));

function mirror(file: string): ChildProcess {
  return spawn(process.execPath, [compiled('scripts/example-tool.mjs'), file], {
    env: { ...process.env, PASSERELLE_URL: world.server.url, PASSERELLE_TOKEN: key },
    stdio: 'ignore',
  });
}

function mirrored(file: string): Record<string, any> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).referrals;
  } catch {
    return {};
  }
}

/** Connections were cut: whoever asks at that moment asks again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await work();
    } catch (error) {
      if (tries > 20) throw error;
      await pause(50);
    }
}

async function untilDone(work: () => Promise<any>): Promise<any> {
  for (let tries = 0; ; tries++)
    try {
      const answer = await work();
      if (!answer.userErrors.length || tries > 20) return answer;
    } catch (error) {
      if (tries > 20) throw error;
      await pause(50);
    }
}
