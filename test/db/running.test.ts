import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { pino } from 'pino';
import { HubRuns, sayRunning, whileNoHubRuns } from '../../src/db/running.ts';
import { urlsOf } from '../kit/cluster.ts';
import { cloneTemplate, withAdmin } from '../kit/hub.ts';

/** On the way to PostgreSQL, where any connection may be cut, at any moment. */
async function way(to: URL) {
  const open = new Set<Socket>();
  let cutting = 0;
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    open.add(near);
    const end = () => (near.destroy(), far.destroy(), open.delete(near));
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.on('data', (bytes) => (cutting > 0 && bytes[0] === 'Q'.charCodeAt(0) ? (cutting--, end()) : far.write(bytes)));
    far.on('data', (bytes) => near.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(to);
  [url.hostname, url.port] = ['127.0.0.1', String((server.address() as AddressInfo).port)];
  return {
    url: url.href,
    /** All that are open now, and so many later ones in the middle of their first question. */
    cut(later: number) {
      cutting = later;
      open.forEach((socket) => socket.destroy());
    },
    cutAll: () => cutting === 0,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
} // prettier-ignore

const database = await cloneTemplate();
afterAll(() => withAdmin((admin) => admin.query(`drop database ${database} with (force)`)));

test('the sign that a hub runs outlives a PostgreSQL that goes away while the sign is given again', async () => {
  const { owner } = urlsOf(database);
  const between = await way(new URL(owner));
  const stop = await sayRunning(between.url, pino({ level: 'silent' }));
  const alone = () => whileNoHubRuns(owner, () => Promise.resolve('alone')).catch((error: unknown) => error);
  expect(await alone()).toBeInstanceOf(HubRuns);
  between.cut(1);
  const end = Date.now() + 20_000;
  while (!between.cutAll() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  while (!((await alone()) instanceof HubRuns) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await alone()).toBeInstanceOf(HubRuns);
  await stop();
  expect(await alone()).toBe('alone');
  await between.close();
}, 30_000); // prettier-ignore
