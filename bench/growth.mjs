/**
 * Whether pages stay as fast when the programme grows: the five questions of bench/speed of the hub alone, over a
 * sixteenth, a quarter and all of a département. `npm run bench -- growth [--share 1] [--rounds 5] [--seconds 3] [--file out.json]`
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { departement } from './kit/cluster.mjs';
import { sizesOf } from './kit/kept.mjs';
import { installPeers } from './speed/node.mjs';
import { withPeers } from './speed/open.mjs';

installPeers();
const { reads } = await import('./speed/draw.mjs');
const { race } = await import('./speed/race.mjs');

const option = (fallback) => ({ type: 'string', default: fallback });
const { values: given } = parseArgs({
  options: { share: option('1'), rounds: option('5'), seconds: option('3'), file: { type: 'string' } },
});
const times = [1, 4, 16];
const figures = Object.fromEntries(reads.map((operation) => [operation, []]));

for (const each of times)
  await withPeers(sizesOf(departement, (Number(given.share) * each) / 16), ['hub'], async (opened) => {
    const setting = {
      ...opened,
      connections: [1],
      rounds: Number(given.rounds),
      seconds: Number(given.seconds),
    };
    for (const operation of reads) figures[operation].push((await race(setting, operation))[0].peers.hub);
  });

const growth = (of, what) => (what(of.at(-1)) / what(of[0])).toFixed(2);
console.log(`| | ${times.map((each) => `p50 ms at ${each} ×`).join(' | ')} | grows by | in processor time |`);
console.log(`| --- |${' ---: |'.repeat(times.length + 2)}`);
for (const [operation, of] of Object.entries(figures))
  console.log(`| ${operation} | ${of.map(({ p50 }) => p50.toFixed(1)).join(' | ')} | ${growth(of, ({ p50 }) => p50)} | ${growth(of, ({ node, server }) => node + server)} |`); // prettier-ignore
if (given.file) await writeFile(given.file, JSON.stringify({ times, figures }, null, 1));
