import WebSocket from 'ws';

interface Message {
  type: string;
  id?: string;
  payload?: any;
}

/** A client that speaks graphql-transport-ws by hand, to say what a well-behaved one never would. */
export class RawSocket {
  readonly received: Message[] = [];
  readonly closed: Promise<number>;
  private wake: () => void = () => {};

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)) as Message);
      this.wake();
    });
    this.closed = new Promise((resolve) =>
      socket.on('close', (code) => {
        resolve(code);
        this.wake();
      }),
    );
    socket.on('error', () => {});
  }

  static async open(url: string): Promise<RawSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const raw = new RawSocket(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return raw;
  }

  /** Opened and acknowledged with this token. */
  static async as(client: { url: string; token: string; language?: string }): Promise<RawSocket> {
    const raw = await RawSocket.open(client.url);
    const payload = { authorization: `Bearer ${client.token}`, acceptLanguage: client.language };
    raw.send({ type: 'connection_init', payload });
    await raw.next('connection_ack');
    return raw;
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** The answer to one operation: `next` or `error`. */
  async answer(id: string): Promise<Message> {
    return this.until((each) => each.id === id && each.type !== 'complete');
  }

  next(type: string): Promise<Message> {
    return this.until((each) => each.type === type);
  }

  close(): void {
    this.socket.close();
  }

  private async until(wanted: (message: Message) => boolean, within = 3000): Promise<Message> {
    const end = Date.now() + within;
    for (;;) {
      const found = this.received.find(wanted);
      if (found) return found;
      if (Date.now() > end) throw new Error(`never came; ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, 100);
      });
    }
  }
}
