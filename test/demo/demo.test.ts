import sql from 'sql-template-tag';
import { loadDemo } from '../../src/demo/demo.ts';
import { TestHub, testKeys } from '../kit/hub.ts';
import { World } from '../kit/world.ts';
let world: World;
beforeAll(async () => {
  world = await World.open();
}, 60000);
afterAll(() => world.close());
test('load', async () => {
  const at = performance.now();
  await loadDemo(world.db, testKeys);
  console.log('loaded in', performance.now() - at);
}, 60000);
