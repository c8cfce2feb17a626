import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../../config/settings.ts';
import { pause } from './screen.ts';

/** The hub played against: the one that runs here, or one of its own that is ended and forgotten afterwards. */
export interface PlayedHub {
  url: string;
  dataDir: string;
  /** Whether its data are as the demo first made them. */
  fresh: boolean;
  end: () => Promise<void>;
}

export async function hubToPlay(asked: string | undefined): Promise<PlayedHub> {
  const { HOST, PORT, DATA_DIR } = readSettings();
  const url = asked ?? `http://${HOST}:${PORT}`;
  if (await answers(url)) return { url, dataDir: DATA_DIR, fresh: false, end: async () => {} };
  if (asked) throw new Error(`No hub answers at ${asked}.`);
  return ownHub();
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function ownHub(): Promise<PlayedHub> {
  const dataDir = mkdtempSync(join(tmpdir(), 'passerelle-played-'));
  chmodSync(dataDir, 0o755); // under root, PostgreSQL's own account must pass through
  const main = fileURLToPath(new URL('../../main.js', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = async () => {
    const gone = new Promise((resolve) => child.once('close', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(child), dataDir, fresh: true, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What the hub says of itself once it is ready. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout!.on('data', (chunk) => (said += String(chunk)));
  for (const end = Date.now() + 180_000; Date.now() < end && child.exitCode === null; await pause(100)) {
    const url = /(http:\S+)\/readyz/.exec(said)?.[1];
    if (url) return url;
  }
  throw new Error('The hub did not start.');
}
