/**
 * How fast the hub answers, beside its peers, on one database in one run: five questions and three mutations
 * (bench/speed/operations), every answer the same before anything is timed. bench/README.md tells who the peers are.
 * `npm run bench -- speed [--share 1] [--operations Q1,M1] [--peers hub,raw] [--connections 1,16,64] [--rounds 3]
 * [--seconds 3] [--file table.json]`; `--share 0.1` is a quick look. The programme is made once and kept in `.bench-data/`.
 *
 * Rounds are interleaved: in each, all peers are asked the same in turn, and the medians of rounds are compared. Beside
 * requests a second stands the processor time a request takes, of the server and of PostgreSQL: others at work on the machine
 * change the first, hardly the second.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { departement } from './kit/cluster.mjs';
import { sizesOf } from './kit/kept.mjs';
import { installPeers } from './speed/node.mjs';
import { withPeers } from './speed/open.mjs';
import { table } from './speed/table.mjs';

installPeers(); // before what loads them
const { arms } = await import('./speed/arms.mjs');
const { reads, writes } = await import('./speed/draw.mjs');
const { compare } = await import('./speed/equal.mjs');
const { race } = await import('./speed/race.mjs');

const list = (text) => text.split(',').filter(Boolean);
const { values: given } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    operations: { type: 'string', default: [...reads, ...writes].join() },
    peers: { type: 'string', default: Object.keys(arms).join() },
    connections: { type: 'string', default: '1,16,64' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    file: { type: 'string' },
  },
});
const [rounds, seconds, sizes] = [
  Number(given.rounds),
  Number(given.seconds),
  sizesOf(departement, Number(given.share)),
];
const peers = list(given.peers);
const machine = `${cpus().length} × ${cpus()[0].model}`;
const results = [];

await withPeers(sizes, peers, async (opened) => {
  const setting = { ...opened, rounds, seconds, connections: list(given.connections).map(Number) };
  for (const operation of list(given.operations)) {
    const equal = await compare(setting, operation).catch(unequal);
    if (!equal) continue;
    console.log(`${operation}: ${equal} answers, the same of all`);
    results.push({ operation, equal, cells: await race(setting, operation) });
    console.log(table([results.at(-1)], peers));
    await keep(); // what was measured stands, whatever becomes of the rest
  }
});
console.log(`\n${machine}\n${table(results, peers)}`);

/** What is not answered alike is not timed; the other operations are. */
function unequal(error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function keep() {
  const made = { when: new Date().toISOString(), machine, sizes, rounds, seconds, results };
  if (given.file) await writeFile(given.file, JSON.stringify(made, null, 1));
}
