import 'reflect-metadata';
import { existsSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import { destination, pino } from 'pino';
import { serializers } from './config/log.ts';
import { readSettings, SettingsFault, type Settings } from './config/settings.ts';
import { banner } from './server/banner.ts';
import { start, type Running } from './server/start.ts';
import { Stops } from './server/stops.ts';

/** Longer than any request may last: what is under way is finished, then the database is closed. */
const grace = 45_000;

const settings = settingsOrExit();
const log = pino({ level: settings.LOG_LEVEL, serializers }, destination({ dest: 2, sync: true }));
const stops = new Stops(log);
let told = false;
const proceed = () => {
  if (told) throw new Error('told to stop while starting');
};
if (!settings.DATABASE_URL && !existsSync(settings.DATA_DIR))
  console.log('The first start makes a database and fills it: about a quarter of a minute.');
const starting = start(settings, log, stops, proceed);

closeWithGrace({ delay: grace, logger: log }, async ({ err }) => {
  told = true;
  if (err) log.fatal({ err }, 'a fault nobody expected: the hub stops');
  await starting.catch(() => undefined);
  await stops.run();
});

starting.then(announce, fail);

async function announce({ url, demoKeys }: Running): Promise<void> {
  if (!told) console.log(await banner(url, demoKeys));
}

async function fail(error: Error): Promise<void> {
  if (told) return; // whoever told us to stop sees to the rest
  console.error(inWords(error));
  log.debug({ err: error }, 'the start failed');
  await stops.run();
  process.exit(1);
}

/** What an operator meets first, said with the setting that mends it. */
function inWords(error: NodeJS.ErrnoException): string {
  const door = `${settings.HOST}:${settings.PORT}`;
  if (error.path && /^(EACCES|EPERM|EROFS|ENOSPC)$/.test(error.code ?? ''))
    return `${error.message}: DATA_DIR must be a folder the hub can write to.`;
  if (error.syscall !== 'listen') return error.message;
  if (error.code === 'EADDRINUSE')
    return `${door} is taken by another program: choose another PORT, or stop it.`;
  return `Cannot listen on ${door} (${error.code}): choose another PORT or HOST.`;
}

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
}
