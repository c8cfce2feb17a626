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
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { DemoKeys } from '../dist/src/auth/demo-keys.js';
import { departement } from './kit/cluster.mjs';
import { sizesOf, withKept } from './kit/kept.mjs';
import { installPeers } from './speed/node.mjs';

installPeers(); // before what loads them
const { arms, open } = await import('./speed/arms.mjs');
const { castOf, drawReads, reads, writes } = await import('./speed/draw.mjs');
const { compare } = await import('./speed/equal.mjs');
const { race } = await import('./speed/race.mjs');
const { table } = await import('./speed/table.mjs');

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
const asked = {
  operations: list(given.operations),
  peers: list(given.peers),
  connections: list(given.connections).map(Number),
};
const [rounds, seconds, sizes] = [
  Number(given.rounds),
  Number(given.seconds),
  sizesOf(departement, Number(given.share)),
];

await withKept(sizes, async (urls) => {
  const admin = new pg.Pool({ connectionString: urls.admin, max: 4 });
  admin.on('error', () => {}); // the copy is dropped while a connection may still be closing
  await admin.query(readFileSync(new URL('peers/functions.sql', import.meta.url), 'utf8'));
  const cast = await castOf(admin);
  const draws = await drawReads(admin, cast);
  const peers = [];
  try {
    const tokens = await tokensOf([cast.council, ...cast.followers, ...cast.providers]);
    for (const name of asked.peers) peers.push(await open(name, urls, tokens));
    const setting = { admin, cast, draws, peers, rounds, seconds, connections: asked.connections };
    const results = [];
    for (const operation of asked.operations) {
      const equal = await compare(setting, operation);
      results.push({ operation, equal, cells: await race(setting, operation) });
      console.log(table([results.at(-1)], asked.peers));
    }
    const made = { when: new Date().toISOString(), machine: `${cpus().length} × ${cpus()[0].model}`, sizes, rounds, seconds };
    console.log(`\n${made.machine}\n${table(results, asked.peers)}`);
    if (given.file) await writeFile(given.file, JSON.stringify({ ...made, results }, null, 1));
  } finally {
    for (const peer of peers) await peer.stop().catch(() => {});
    await admin.end();
  }
}); // prettier-ignore

async function tokensOf(members) {
  const keys = new DemoKeys(Buffer.from('bench'));
  return new Map(await Promise.all(members.map(async ({ email }) => [email, await keys.memberToken(email)])));
}
