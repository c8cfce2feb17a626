import WebSocket from 'ws';

/** Whoever follows the journal through whatever happens: killed, sent elsewhere, by another door, and back behind its last cursor. */

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const random = (below: number) => Math.floor(Math.random() * below);
const pick = <T>(of: readonly T[]): T => of[random(of.length)]!;
const nowhere = 'http://127.0.0.1:1';

type DoorOf = 'bySocket' | 'byStream' | 'byAsking';
const everyDoor: readonly DoorOf[] = ['bySocket', 'bySocket', 'byStream', 'byAsking'];

interface Following {
  token: string;
  from: string;
  /** Where it may go now. */
  hubs: () => readonly string[];
  doors?: readonly DoorOf[];
  /** After how many milliseconds it is killed, from and to. */
  lives?: readonly [number, number];
}

export interface Heard {
  id: string;
  cursor: string;
  subject: { id: string; version: number };
}

/** Follows by a socket, a stream or by asking, now at this hub, now at that one, killed again and again. */
export class Reader {
  readonly heard: Heard[] = [];
  lives = 0;
  private cursor: string;
  private kill: () => void = () => {};
  end: () => void = () => {};

  /** How its sockets were closed. */
  readonly codes: number[] = [];

  constructor(private readonly of: Following) {
    this.cursor = of.from;
  }

  get token(): string {
    return this.of.token;
  }

  /** Once calm it lives until it is ended. */
  async live(until: () => boolean, calm: () => boolean): Promise<void> {
    while (!until()) {
      const { hubs, doors = everyDoor, lives = [150, 650] } = this.of;
      const [url, door] = [pick(hubs()), pick(doors)];
      const [least, most] = lives;
      const timer = setTimeout(() => this.kill(), calm() ? 60_000 : least + random(most - least));
      this.end = () => this.kill();
      await this[door](url).catch(() => {});
      if (url === undefined || lives[0] > 1000) await pause(20 + random(50));
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

  bySocket(url = nowhere): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      let dead = false;
      // killed: whatever is still on its way was never read
      this.kill = () => ((dead = true), socket.terminate());
      socket.on('open', () =>
        socket.send(
          JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${this.of.token}` } }),
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
      socket.on('close', (code) => {
        this.codes.push(code);
        resolve();
      });
    });
  }

  async byStream(url = nowhere): Promise<void> {
    const killing = new AbortController();
    this.kill = () => killing.abort();
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      signal: killing.signal,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.of.token}`,
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

  async byAsking(url = nowhere): Promise<void> {
    const killing = new AbortController();
    this.kill = () => killing.abort();
    const query = `query ($after: String) { events(after: $after, types: ["vacancy.*"], first: 7) {
      edges { cursor node { id subject { id version } } } checkpoint } }`;
    while (!killing.signal.aborted) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        signal: killing.signal,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.of.token}` },
        body: JSON.stringify({ query, variables: { after: this.cursor } }),
      });
      const { events } = ((await response.json()) as any).data;
      for (const { cursor, node } of events.edges) this.take({ cursor, event: node });
      this.cursor = events.checkpoint;
      await pause(random(60));
    }
  }
}
