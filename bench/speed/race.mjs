/** Times one operation: rounds in which all peers take turns, the order turning too; the median of rounds is what counts. */
import { worked } from './arms.mjs';
import { drawWrites, refuseOverbooked } from './contest.mjs';
import { writes } from './draw.mjs';
import { load, quantile } from './load.mjs';

/** A mutation is asked so many times in a turn: what it finds is made beforehand. */
const counts = {
  M1: (connections) => 100 + connections * 4,
  M2: (connections) => 100 + connections * 4,
  M3: (connections) => 4 + connections,
};
/** Each of M3 moves fifty: at more connections than this a turn would take minutes and tell nothing new. */
const mostOfMany = 16;

export async function race(setting, operation) {
  const cells = [];
  const narrow = operation === 'M3';
  for (const connections of setting.connections.filter((each) => !narrow || each <= mostOfMany)) {
    const samples = new Map(setting.peers.map(({ name }) => [name, []]));
    const failed = new Map();
    for (let round = -1; round < setting.rounds; round++)
      for (const peer of turned(setting.peers, round)) {
        if (failed.has(peer.name)) continue;
        const asked = { operation, peer, connections, warming: round < 0 };
        const sample = await turn(setting, asked).catch((error) => void failed.set(peer.name, error.message));
        if (sample && round >= 0) samples.get(peer.name).push(sample);
      }
    for (const [name, why] of failed) console.log(why, `(${name} is asked it no more at ${connections})`);
    if (failed.size) process.exitCode = 1;
    const measured = [...samples].filter(([name]) => !failed.has(name));
    cells.push({ connections, peers: Object.fromEntries(measured.map(([name, of]) => [name, medians(of)])) });
  }
  return cells;
} // prettier-ignore

/** One turn of one peer; in the first everything is compiled and planned, and nothing is kept. */
async function turn({ admin, cast, draws, seconds }, { operation, peer, connections, warming }) {
  const writing = writes.includes(operation);
  const asks = writing
    ? await drawWrites(admin, cast, operation, counts[operation](connections))
    : draws[operation];
  const requests = asks.map((ask) => peer.request(operation, ask));
  const before = await worked(admin, peer);
  const ends = writing ? {} : { seconds: warming ? Math.max(1, seconds / 2) : seconds };
  const { times, took, wrong } = await load({ url: peer.url, requests, connections, ...ends });
  const after = await worked(admin, peer);
  if (wrong.length) throw new Error(`${operation} at ${connections}, ${peer.name}: ${wrong.length} of ${times.length} went wrong: ${wrong[0]}`);
  if (operation === 'M2') await refuseOverbooked(admin);
  const each = (part) => (after[part] - before[part]) / times.length;
  return { rate: times.length / (took / 1000), p50: quantile(times, 0.5), p99: quantile(times, 0.99), node: each('node'), server: each('server') };
} // prettier-ignore

function turned(peers, round) {
  const by = (round + peers.length) % peers.length;
  return [...peers.slice(by), ...peers.slice(0, by)];
}

function medians(samples) {
  const median = (what) => samples.map((each) => each[what]).sort((a, b) => a - b)[Math.floor(samples.length / 2)];
  return Object.fromEntries(['rate', 'p50', 'p99', 'node', 'server'].map((what) => [what, Number(median(what).toFixed(3))]));
} // prettier-ignore
