/** A serving process for bench/fanout: a hub, or a bare `ws` server that hands the same bytes to all; told what to do by messages. */
import 'reflect-metadata';
import { createServer } from 'node:http';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { WebSocketServer } from 'ws';
import { DemoKeys } from '../../dist/src/auth/demo-keys.js';
import { hubPool } from '../../dist/src/db/open.js';
import { record } from '../../dist/src/events/journal.js';
import { hubViewer } from '../../dist/src/kernel/viewer.js';
import { assembleHub } from '../../dist/src/server/hub.js';
import { openDoor } from '../../dist/src/server/http.js';

const [, , arm, url] = process.argv;
const at = () => performance.timeOrigin + performance.now();
const serving = arm === 'hub' ? await hub() : await bare();
process.on('message', async ({ call, args }) => {
  const own = { usage, cpu: () => process.cpuUsage() };
  const answer = await (own[call] ?? serving[call])(...args);
  process.send({ call, answer });
});
process.send({ call: 'ready', answer: serving.url });

function usage() {
  globalThis.gc?.();
  return { cpu: process.cpuUsage(), rss: process.memoryUsage().rss, sockets: serving.sockets() };
}

async function hub() {
  const clock = { now: () => new Date().toISOString() };
  const log = pino({ level: 'warn' });
  const issuers = [new DemoKeys(Buffer.from('bench')).issuer];
  const made = await assembleHub({
    pool: hubPool(url, { max: 20 }),
    clock,
    issuers,
    log,
    limits: { costPerMinute: 1e9 },
  });
  const door = await openDoor(made);
  const { db } = made;
  const touch = (id) => sql`update vacancy set version = version + 1 where id = ${id} returning version`;
  const say = async (tx, id) => {
    const [{ version }] = await tx.rows(touch(id));
    return record(tx, {
      type: 'vacancy.updated',
      subject: { type: 'Vacancy', id, version },
      audience: ['*'],
    });
  };
  return {
    url: await door.app.listen({ port: 0, host: '127.0.0.1' }),
    sockets: () => door.listening(),
    event: async (id) => ({ event: await db.write(hubViewer('bench'), (tx) => say(tx, id)), at: at() }),
    /** Transactions a second of so many writers, each on a row of its own, with or without an event. */
    write: async (ids, withEvent, ms) => {
      const end = Date.now() + ms;
      let done = 0;
      const writer = async (id) => {
        for (; Date.now() < end; done++)
          await db.write(hubViewer('bench'), (tx) => (withEvent ? say(tx, id) : tx.rows(touch(id))));
      };
      await Promise.all(ids.map(writer));
      return done / (ms / 1000);
    },
  };
}

/** What nothing can beat on one thread: a loop over all sockets with the bytes ready. */
async function bare() {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sockets: () => sockets.clients.size,
    event: (text) => {
      const started = at();
      const bytes = Buffer.from(text);
      for (const each of sockets.clients) each.send(bytes, { binary: false });
      return { at: started };
    },
  };
}
process.on('disconnect', () => process.exit());
