import { pino } from 'pino';
import sql from 'sql-template-tag';
import WebSocket from 'ws';
import { hubPool } from '../../src/db/open.ts';
import { record } from '../../src/events/journal.ts';
import { openDoor, type Door } from '../../src/server/http.ts';
import { assembleHub, type Hub } from '../../src/server/hub.ts';
import { urlsOf } from '../kit/cluster.ts';
import { testKeys, withAdmin } from '../kit/hub.ts';
import { offerInTables, vacancyInTables } from '../kit/vacancies.ts';
import { World, type Asking, type Partner } from '../kit/world.ts';

/**
 * Everything that goes wrong at once: sixteen writers whose commits overtake each other and are rolled back, two hubs over
 * one database whose connections are cut, readers that are killed and go on elsewhere by another door.
 */
let world: World;
let second: { hub: Hub; door: Door; url: string };
let owner: Partner;
let members: [Asking, Asking];
let open: string[];
let drafts: string[];

beforeAll(async () => {
  world = await World.open();
  second = await anotherHub();
  owner = await world.organisation();
  members = [await owner.member(), await (await world.organisation()).member()];
  open = await Promise.all([1, 2, 3].map(() => vacancyInTables(owner, 2)));
  const draft = await offerInTables(owner, { state: 'DRAFT' });
  drafts = await Promise.all([1, 2].map(() => vacancyInTables(owner, 2)));
  await world.db.write(world.hub, (tx) =>
    tx.change(
      sql`update vacancy set state = 'DRAFT', opened_at = null, offer_id = ${draft} where id = any(${drafts})`,
    ),
  );
});
afterAll(async () => {
  await second.door.close();
  await second.hub.feed.stop();
  await second.hub.db.pool.end();
  await world.close();
});

async function anotherHub() {
  const pool = hubPool(urlsOf(world.server.database).hub, { max: 12 });
  const log = pino({ level: 'silent' });
  const hub = await assembleHub({ pool, clock: world.clock, issuers: [testKeys.issuer], log });
  const door = await openDoor(hub);
  return { hub, door, url: await door.app.listen({ port: 0, host: '127.0.0.1' }) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const random = (below: number) => Math.floor(Math.random() * below);
const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;)
    try {
      return await work();
    } catch {
      await pause(10 + random(20));
    }
};

/** Locks its subject, takes its number, waits: the transaction begun first is often committed last, or not at all. */
async function write(subject: string): Promise<void> {
  const audience = drafts.includes(subject) ? [owner.id] : ['*'];
  await world.db
    .write(world.hub, async (tx) => {
      if (random(2)) await tx.rows(sql`select pg_current_xact_id()`); // numbered before it has its turn
      await pause(random(8));
      const [{ version }] = (await tx.rows<{ version: number }>(sql`
        update vacancy set version = version + 1 where id = ${subject} returning version`)) as [
        { version: number },
      ];
      await record(tx, {
        type: 'vacancy.updated',
        subject: { type: 'Vacancy', id: subject, version },
        audience,
      });
      await pause(random(15));
      if (random(5) === 0) throw new Error('rolled back');
    })
    .catch(() => {}); // rolled back, or cut off: nobody is to hear of it
}

interface Heard {
  id: string;
  cursor: string;
  subject: { id: string; version: number };
}

/** Follows by a socket, a stream or by asking, now at this hub, now at that one, killed again and again. */
class Reader {
  readonly heard: Heard[] = [];
  lives = 0;
  private cursor: string;
  private kill: () => void = () => {};
  end: () => void = () => {};

  constructor(
    readonly as: Asking,
    from: string,
  ) {
    this.cursor = from;
  }

  /** Once calm it lives until it is ended. */
  async live(until: () => boolean, calm: () => boolean): Promise<void> {
    while (!until()) {
      const url = random(2) ? world.server.url : second.url;
      const door = [this.bySocket, this.bySocket, this.byStream, this.byAsking][random(4)]!;
      const timer = setTimeout(() => this.kill(), calm() ? 60_000 : 150 + random(500));
      this.end = () => this.kill();
      await door.call(this, url).catch(() => {});
      clearTimeout(timer);
      this.lives++;
    }
  }

  private take(message: { cursor: string; event: any }): void {
    const { id, subject } = message.event;
    this.heard.push({ id, cursor: message.cursor, subject });
    this.cursor = message.cursor;
  }

  private readonly query =
    'subscription ($after: String) { eventReceived(after: $after, types: ["vacancy.*"]) { cursor event { id subject { id version } } } }';

  private bySocket(url: string): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      let dead = false;
      // killed: whatever is still on its way was never read
      this.kill = () => ((dead = true), socket.terminate());
      socket.on('open', () =>
        socket.send(
          JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${this.as.token}` } }),
        ),
      );
      socket.on('message', (data) => {
        const { type, payload } = JSON.parse(String(data));
        if (dead) return;
        if (type === 'connection_ack')
          socket.send(
            JSON.stringify({
              id: '1',
              type: 'subscribe',
              payload: { query: this.query, variables: { after: this.cursor } },
            }),
          );
        else if (type === 'next') this.take(payload.data.eventReceived);
        else if (type === 'error' || type === 'complete') socket.close();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  }

  private async byStream(url: string): Promise<void> {
    const killing = new AbortController();
    this.kill = () => killing.abort();
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      signal: killing.signal,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.as.token}`,
        'last-event-id': this.cursor,
      },
      body: JSON.stringify({ query: this.query }),
    });
    let text = '';
    for await (const bytes of response.body!.pipeThrough(
      new TextDecoderStream(),
    ) as never as AsyncIterable<string>) {
      text += bytes;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.+)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        const said = data && JSON.parse(data);
        if (said?.data && !killing.signal.aborted) this.take(said.data.eventReceived);
      }
    }
  }

  private async byAsking(url: string): Promise<void> {
    let dead = false;
    this.kill = () => (dead = true);
    const query = `query ($after: String) { events(after: $after, types: ["vacancy.*"], first: 7) {
      edges { cursor node { id subject { id version } } } checkpoint } }`;
    while (!dead) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.as.token}` },
        body: JSON.stringify({ query, variables: { after: this.cursor } }),
      });
      const { events } = ((await response.json()) as any).data;
      for (const { cursor, node } of events.edges) this.take({ cursor, event: node });
      this.cursor = events.checkpoint;
      await pause(random(60));
    }
  }
}

test('each reader heard what it was entitled to, all of it, once, and each subject in order', async () => {
  const startOf = async (as: Asking) =>
    (await as.get('{ events { checkpoint } }')).events.checkpoint as string;
  const readers = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => new Reader(members[n % 2]!, await startOf(members[n % 2]!))),
  );
  let written = false;
  let over = false;
  const following = readers.map((reader) =>
    reader.live(
      () => over,
      () => written,
    ),
  );
  const cutting = (async () => {
    for (; !written; await pause(400 + random(300)))
      await withAdmin((admin) => admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = $1 and random() < 0.5`, [world.server.database])); // prettier-ignore
  })();
  await Promise.all(
    Array.from({ length: 16 }, async (_, writer) => {
      const subjects = [...open, ...drafts];
      for (let n = 0; n < 14; n++) await write(subjects[(writer + random(2)) % subjects.length]!);
    }),
  );
  written = true;
  await cutting;
  const stored = await patiently(() =>
    world.rows<{ id: string; audience: string[]; subject: string; version: number }>(sql`select id, audience,
      subject_id as subject, subject_version as version from event where type = 'vacancy.updated' order by event.tx, event.pos`),
  );
  const meantFor = ({ as }: Reader) =>
    stored.filter(({ audience }) => audience.includes('*') || as === members[0]).map(({ id }) => id);
  const end = Date.now() + 30_000;
  while (readers.some((each) => each.heard.length < meantFor(each).length) && Date.now() < end)
    await pause(50);
  over = true;
  const ending = setInterval(() => readers.forEach((each) => each.end()), 20);
  await Promise.all(following);
  clearInterval(ending);

  expect(stored.length).toBeGreaterThan(80);
  for (const reader of readers) {
    expect(reader.lives).toBeGreaterThan(1);
    expect(reader.heard.map(({ id }) => id)).toEqual(meantFor(reader));
  }
  for (const subject of [...open, ...drafts]) {
    const versions = stored.filter((line) => line.subject === subject).map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  }
}, 60_000);
