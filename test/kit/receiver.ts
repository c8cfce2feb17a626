import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  body: any;
}

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}
/** What it answers: a status, a head, or never. */
export type Reaction = number | Reply | 'SILENCE' | 'CUT';

/** An endpoint of a test's own, on a real socket: keeps what it was sent, and answers what it is told to. */
export class Receiver {
  readonly taken: Taken[] = [];
  /** In order, for the messages to come; then yes. */
  readonly reactions: Reaction[] = [];
  /** Instead, for messages about one subject. */
  readonly bySubject = new Map<string, Reaction>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      let raw = '';
      request.setEncoding('utf8').on('data', (text: string) => (raw += text));
      request.on('end', () => {
        const taken = { path: request.url!, headers: request.headers, raw, body: JSON.parse(raw) };
        receiver.taken.push(taken);
        const reaction = receiver.reactionTo(taken);
        if (reaction === 'SILENCE') return;
        if (reaction === 'CUT') return void request.socket.destroy();
        const { status, headers, body } = typeof reaction === 'number' ? { status: reaction } as Reply : reaction;
        response.writeHead(status, headers).end(body);
      });
    }); // prettier-ignore
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks`;
  }

  /** Types as they came, for those about one subject if one is named. */
  types(subject?: string): string[] {
    const about = this.taken.filter(({ body }) => !subject || body.data.event.subject.id === subject);
    return about.map(({ body }) => body.type);
  }

  forget(): void {
    this.taken.length = 0;
    this.reactions.length = 0;
    this.bySubject.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private reactionTo({ body }: Taken): Reaction {
    return this.bySubject.get(body.data.event.subject.id) ?? this.reactions.shift() ?? 200;
  }
}
