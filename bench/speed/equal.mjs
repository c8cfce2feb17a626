/** Whether all peers answer the same, told before anything is timed; one that does not ends the run. */
import { drawWrites } from './contest.mjs';
import { writes } from './draw.mjs';
import { load } from './load.mjs';

const most = 24;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Asks every peer the same, one after the other, and compares each answer with the first peer's. */
export async function compare({ admin, cast, draws, peers }, operation) {
  const writing = writes.includes(operation);
  let first;
  for (const peer of peers) {
    const asks = writing
      ? await drawWrites(admin, cast, operation, operation === 'M3' ? 2 : most)
      : draws[operation].slice(0, most);
    const requests = asks.map((ask) => peer.request(operation, ask));
    const { answers, wrong } = await load({ url: peer.url, requests, connections: 1, keep: true });
    if (wrong.length) throw new Error(`${operation}, ${peer.name}: ${wrong[0]}`);
    if (peer.uncompared) continue; // it is shown what the walls hide
    const read = answers.map((text) => normal(peer.read(operation, JSON.parse(text)).data, writing));
    first ??= { name: peer.name, read };
    const at = read.findIndex((each, n) => each !== first.read[n]);
    if (at >= 0) throw new Error(`${operation}: ${first.name} and ${peer.name} differ, asked ${JSON.stringify(asks[at].variables)}\n${difference(first.read[at], read[at])}`);
  }
  return first.read.length;
} // prettier-ignore

/** Cursors are each server's own, how it writes an instant and in which order its fields; so are the ids of what a mutation made or was given. */
function normal(data, writing) {
  return JSON.stringify(data, (key, value) => {
    if (key === 'endCursor') return value === null ? null : 'CURSOR';
    if (typeof value === 'string' && instant.test(value)) return new Date(value).toISOString();
    if (key === 'id' && writing) return 'ID';
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

function difference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 120), at + 160);
  return `  …${around(one)}…\n  …${around(other)}…`;
}
