/** The servers asked for, over a copy of the kept programme, with who asks them and what. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { DemoKeys } from '../../dist/src/auth/demo-keys.js';
import { withKept } from '../kit/kept.mjs';
import { castOf, drawReads } from './draw.mjs';

/** Everything a bench needs to ask: the database as its superuser, who asks, what of each read, the peers opened. */
export async function withPeers(sizes, names, work) {
  const { open } = await import('./arms.mjs'); // needs what installPeers has fetched
  return withKept(sizes, async (urls) => {
    const admin = new pg.Pool({ connectionString: urls.admin, max: 4 });
    admin.on('error', () => {}); // the copy is dropped while a connection may still be closing
    await admin.query(readFileSync(new URL('../peers/functions.sql', import.meta.url), 'utf8'));
    const cast = await castOf(admin);
    const tokens = await tokensOf([cast.council, ...cast.followers, ...cast.providers]);
    const peers = [];
    try {
      for (const name of names) peers.push(await open(name, urls, tokens));
      return await work({ admin, cast, draws: await drawReads(admin, cast), peers, tokens });
    } finally {
      for (const peer of peers) await peer.stop().catch(() => {});
      await admin.end();
    }
  });
}

async function tokensOf(members) {
  const keys = new DemoKeys(Buffer.from('bench'));
  return new Map(await Promise.all(members.map(async ({ email }) => [email, await keys.memberToken(email)])));
}
