import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DemoKeys, demoSecret } from '../../auth/demo-keys.ts';
import { keptSecret } from '../../config/secret.ts';
import { actors } from '../../demo/actors.ts';
import { parisDay } from '../../kernel/clock.ts';
import { tokenOf } from '../../server/banner.ts';
import type { PlayedHub } from './hub.ts';
import { Pace, Player } from './player.ts';
import { Stage, type Part } from './stage.ts';
import { Tool } from './tool.ts';

/** Everybody in place, each with the token the demo gives them. */
export async function opened({ url, dataDir, fresh }: PlayedHub, pace: Pace): Promise<Stage> {
  const secret = keptSecret(dataDir, demoSecret);
  if (!secret) throw new Error(`The keys of the demo are not in ${dataDir}: name the DATA_DIR of the hub.`);
  const keys = new DemoKeys(secret);
  const tokens = await Promise.all(
    actors.map(async (each) => [each.name, new Player(url, await tokenOf(keys, each), pace)] as const),
  );
  const mail = join(dataDir, 'mail');
  const before = await readdir(mail).catch(() => (fresh ? [] : null)); // a hub just begun has written none
  const players = Object.fromEntries(tokens) as Record<Part, Player>;
  const script = fileURLToPath(new URL('../../../../scripts/example-tool.mjs', import.meta.url));
  const tool = new Tool({ script, url, token: players.enterprise.token });
  return new Stage(players, tool, before && mail, before ?? [], parisDay(new Date().toISOString()));
}
