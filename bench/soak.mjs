/**
 * What the hub holds: at rest after its start, after a hundred thousand requests, after ten thousand sockets came and
 * went. `npm run bench -- soak [--share 0.1] [--requests 100000] [--sockets 10000]`; MiB of its own process, without PostgreSQL.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { departement } from './kit/cluster.mjs';
import { sizesOf } from './kit/kept.mjs';
import { installPeers } from './speed/node.mjs';
import { withPeers } from './speed/open.mjs';

installPeers();
const { reads } = await import('./speed/draw.mjs');
const { load } = await import('./speed/load.mjs');

const option = (fallback) => ({ type: 'string', default: fallback });
const { values: given } = parseArgs({
  options: { share: option('0.1'), requests: option('100000'), sockets: option('10000') },
});
const query = 'subscription { vacancyUpdated { cursor vacancy { id state free } } }';
const together = 500; // sockets open at once
const few = Math.min(5_000, Math.ceil(Number(given.requests) / 4));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await withPeers(sizesOf(departement, Number(given.share)), ['hub-20'], async ({ draws, peers, tokens, cast }) => {
  const [hub] = peers;
  const mixed = mixOf(draws).map(([operation, ask]) => hub.request(operation, ask));
  await tell('at rest, started', hub);
  await ask(hub, mixed, few);
  await tell(`after ${few} requests`, hub);
  const { wrong, took } = await ask(hub, mixed, Number(given.requests));
  await tell(`after ${given.requests} more in ${Math.round(took / 1000)} s, ${wrong.length} of them wrong`, hub);
  const faults = await sockets({ url: hub.url, token: tokens.get(cast.council.email) }, Number(given.sockets));
  await pause(3_000);
  await tell(`after ${given.sockets} sockets came and went, ${JSON.stringify(faults)}`, hub);
  await ask(hub, mixed, few);
  await pause(3_000);
  await tell(`after ${few} requests more`, hub);
}); // prettier-ignore

/** Every read in turn: the longest first would say nothing of the others. */
function mixOf(draws) {
  const most = Math.max(...reads.map((operation) => draws[operation].length));
  return Array.from({ length: most }, (_, at) =>
    reads.map((operation) => [operation, draws[operation][at % draws[operation].length]]),
  ).flat();
}

function ask({ url }, mixed, count) {
  const requests = Array.from({ length: count }, (_, at) => mixed[at % mixed.length]);
  return load({ url, requests, connections: 16 });
}

async function tell(when, hub) {
  const { rss, heapUsed } = await hub.tell('memory');
  const mib = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`${mib(rss).padStart(9)}, of it ${mib(heapUsed).padStart(8)} of objects, ${when}`);
}

/** So many at once, again and again, from a process of their own. */
async function sockets(to, count) {
  const child = fork(new URL('kit/fanout-clients.mjs', import.meta.url));
  const next = () => new Promise((resolve) => child.once('message', resolve));
  const call = (name, ...args) => {
    const answered = next();
    child.send({ call: name, args });
    return answered;
  };
  await next();
  for (let opened = 0; opened < count; opened += together) {
    await call('open', { ...to, query, count: Math.min(together, count - opened) });
    await call('close');
  }
  const { answer } = await call('faults');
  child.kill();
  return answer;
}
