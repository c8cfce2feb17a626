import { playAll } from '../../src/cli/acts/play.ts';
import { Pace, Player } from '../../src/cli/acts/player.ts';
import { raceOf } from '../../src/cli/acts/race.ts';
import { Stage, type Part } from '../../src/cli/acts/stage.ts';
import { Tool } from '../../src/cli/acts/tool.ts';
import type { Planner } from '../../src/planning/planner.ts';
import { plannerOf } from '../kit/planning.ts';
import { compiled } from '../kit/started.ts';
import { World } from '../kit/world.ts';

/** The five minutes that must convince, played against a hub of the demo as `npm run demo:five` does. */
let world: World;
let stage: Stage;
let planner: Planner;

beforeAll(async () => {
  world = await World.openDemo();
  const parts: Part[] = ['council', 'enterprise', 'second-enterprise', 'plie', 'commune', 'state', 'caf'];
  const players = parts.map(async (part) => {
    const { url, token } = await world.actor(part);
    return [part, new Player(url, token, new Pace())] as const;
  });
  const cast = Object.fromEntries(await Promise.all(players)) as Record<Part, Player>;
  const tool = new Tool({
    script: compiled('scripts/example-tool.mjs'),
    url: world.server.url,
    token: cast.enterprise.token,
  });
  planner = plannerOf(world);
  stage = new Stage(cast, tool, null, [], '2026-11-23');
}, 60_000);
afterAll(async () => {
  await stage.close();
  await planner.stop();
  await world.close();
});

test('every act shows what it should; what no hub does yet is said, and never counted as seen', async () => {
  const said: string[] = [];
  const count = await playAll(stage, (line) => said.push(line));
  expect(said.filter((line) => line.includes('✗'))).toEqual([]);
  expect(count.MISSED).toBe(0);
  expect(count.SEEN).toBeGreaterThanOrEqual(50);
  expect(said.filter((line) => line.includes('not built yet')).length).toBe(count.NOT_BUILT);
}, 60_000);

test('played a second time it fails, and says why', async () => {
  const said: string[] = [];
  const { MISSED } = await playAll(stage, (line) => said.push(line));
  expect(MISSED).toBeGreaterThan(0);
  expect(said.join('\n')).toContain('start a fresh hub');
}, 120_000);

test('so many places are taken as there are, whoever is first', async () => {
  const { accepted, refused } = await raceOf(stage, { places: 3, hands: 12 });
  expect([accepted.length, refused]).toEqual([3, { NO_PLACE_LEFT: 9 }]);
});
