import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { SealKey } from '../audit/seal-key.ts';
import { sealing } from '../audit/seal.sweep.ts';
import { DemoKeys } from '../auth/demo-keys.ts';
import { remoteIssuer, type Issuer } from '../auth/tokens.ts';
import { eraseAgain } from '../casefiles/replay.actions.ts';
import { followErasures, readTombstones } from '../casefiles/tombstone.sweep.ts';
import { tombstonesOf, type Settings } from '../config/settings.ts';
import { migrate } from '../db/migrate.ts';
import { gatherStatistics, hubPool } from '../db/open.ts';
import { sayRunning } from '../db/running.ts';
import { loadDemo } from '../demo/demo.ts';
import { systemClock } from '../kernel/clock.ts';
import { beginNotices } from '../notices/follow.sweep.ts';
import { Notifier } from '../notices/notifier.ts';
import { Planner } from '../planning/planner.ts';
import { loadTerritory } from '../territory/territory.load.ts';
import { Dispatcher } from '../webhooks/dispatcher.ts';
import type { Reach } from '../webhooks/endpoint.rules.ts';
import { beginWebhooks } from '../webhooks/follow.sweep.ts';
import { sendingTo } from '../webhooks/sender.ts';
import { assembleHub, type Hub } from './hub.ts';
import { openDoor, type Door } from './http.ts';
import { officeOf } from './mail.ts';
import { startJobs } from './jobs.ts';
import { work } from './sweeps.ts';
import type { Stops } from './stops.ts';
import { boundPool, openStorage } from './storage.ts';

/** The demo has an address to show, and nobody behind it. */
const demoContact = 'mailto:security@passerelle.example';

export interface Running {
  url: string;
  demoKeys: DemoKeys | null;
}

/** Asked between two steps of a start: a hub told to stop while it starts goes no further. */
export type Proceed = () => void;

/**
 * The only composition root: settings → database → tables → people who may ask → doors → clockwork. All that is
 * started is told to `stops`, which undoes it in the reverse order.
 */
export async function start(
  settings: Settings,
  log: Logger,
  stops: Stops,
  proceed: Proceed,
): Promise<Running> {
  const storage = await openStorage(settings, stops, log);
  proceed();
  stops.add('the sign that it runs', await sayRunning(storage.owner, log));
  proceed();
  await migrate(storage.owner);
  proceed();
  await loadTerritory(storage.owner);
  proceed();

  const pool = await boundPool(storage);
  stops.add('the pool', () => pool.end());
  const listener = storage.listen ? hubPool(storage.listen, { max: 1 }) : pool;
  if (listener !== pool) stops.add('the ear', () => listener.end());
  const demoKeys = settings.demo ? DemoKeys.in(settings.DATA_DIR) : null;
  const office = officeOf(settings);
  const hub = await assembleHub({
    pool,
    listener,
    clock: systemClock,
    issuers: issuersOf(settings, demoKeys),
    log,
    limits: { cost: settings.COST_PER_OPERATION, costPerMinute: settings.COST_PER_MINUTE },
    schemaIsPublic: settings.SCHEMA === 'public',
    securityContact: settings.SECURITY_CONTACT ?? (demoKeys ? demoContact : undefined),
    health: settings.HEALTH_DATA === 'on',
    purposeRequired: (settings.PURPOSE ?? (settings.demo ? 'asked' : 'required')) === 'required',
    proxies: settings.TRUST_PROXY,
    fastPath: settings.FAST_PATH === 'on',
    metricsToken: settings.METRICS_TOKEN,
    office,
    reach: reachOf(settings),
  });
  stops.add('the uses of keys', keepUses(hub, log));
  stops.add('the feed', () => hub.feed.stop());
  proceed();

  if (demoKeys && (await loadDemo(hub.db, demoKeys))) {
    await gatherStatistics(storage.owner);
    log.info('the demo data is loaded');
  }
  proceed();
  await replayErasures(hub, tombstonesOf(settings));
  proceed();
  stops.add('the tombstones', keepErasures(hub, tombstonesOf(settings)));
  const key = SealKey.of(settings);
  await sealing(key)(hub.db); // the key is tried, and what the last run left is sealed, before a door opens
  const jobs = work({
    key,
    tombstones: tombstonesOf(settings),
    eventsKeptDays: settings.EVENTS_KEPT_DAYS,
  });
  stops.add('the jobs', await startJobs(hub, storage.owner, jobs));
  await beginNotices(hub.db); // what happens once a door is open is told
  await beginWebhooks(hub.db);
  proceed();
  const door = await openDoor(hub);
  stops.add('the doors', () => door.close());
  proceed();
  await door.app.listen({ port: settings.PORT, host: settings.HOST });
  const url = addressOf(door.app.server.address() as AddressInfo, settings.HOST);
  if (office && !settings.PUBLIC_URL) office.publicUrl = url; // the demo, at whatever port it was given
  const notifier = new Notifier({ db: hub.db, feed: hub.feed, office, log });
  stops.add('the notifier', () => notifier.stop());
  stops.add('the webhooks', dispatching(hub, door));
  const planner = new Planner(hub);
  stops.add('the planner', () => planner.stop());
  return { url, demoKeys };
}

/** The demo sends to a receiver on the same machine; elsewhere the operator says so. */
function reachOf({ WEBHOOKS_TO, demo }: Settings): Reach {
  return (WEBHOOKS_TO ?? (demo ? 'anywhere' : 'internet')) === 'anywhere' ? 'ANYWHERE' : 'PUBLIC';
}

function dispatching(hub: Hub, { answering }: Door): () => Promise<void> {
  const { db, feed, log, health, reach } = hub;
  const dispatcher = new Dispatcher({ db, feed, log, health, answering, sending: sendingTo(reach) });
  return () => dispatcher.stop();
}

const usesWrittenEvery = 60_000;

/** A minute's uses wait for the next while the database is away. */
function keepUses({ keyUses }: Hub, log: Logger): () => Promise<void> {
  const write = () =>
    keyUses.write().catch((err: unknown) => log.warn({ err }, 'uses of keys wait to be written'));
  const timer = setInterval(() => void write(), usesWrittenEvery).unref();
  return () => {
    clearInterval(timer);
    return write();
  };
}

/** A database restored from a backup knows nothing of who was erased since: before a door opens, they are erased again. */
async function replayErasures({ db, log }: Hub, file: string): Promise<void> {
  const { tombstones, damaged } = readTombstones(file);
  const { erased } = await eraseAgain(db, tombstones);
  if (damaged) log.error({ damaged, file }, 'some lines of the tombstones cannot be read');
  if (erased) log.warn({ erased }, 'people erased before this database was restored were erased again');
}

function keepErasures({ db, feed, log }: Hub, file: string): () => Promise<void> {
  const onFault = (err: unknown) => log.error({ err, file }, 'a tombstone waits to be written');
  return followErasures(db, feed, { file, onFault });
}

function issuersOf(
  { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL, OIDC_EMAIL_VERIFIED }: Settings,
  demo: DemoKeys | null,
): Issuer[] {
  const trustsUnsaid = OIDC_EMAIL_VERIFIED === 'trusted';
  return [
    ...(demo ? [demo.issuer] : []),
    ...(OIDC_ISSUER ? [remoteIssuer(OIDC_ISSUER, OIDC_AUDIENCE!, OIDC_JWKS_URL!, { trustsUnsaid })] : []),
  ];
}

/** Everywhere is nowhere to click: the wildcard address is shown as this machine's own name for itself. */
function addressOf({ port }: AddressInfo, host: string): string {
  const shown = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
