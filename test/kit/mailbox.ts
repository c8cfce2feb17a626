import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Received {
  to: string;
  /** As it came, headers included. */
  raw: string;
  subject: string;
  /** The text part, decoded. */
  text: string;
}

type Reply = string | 'CUT' | 'SILENCE';

/** A mail server of a few lines, on a real socket: takes what comes, or says what a test tells it to. */
export class Mailbox {
  readonly received: Received[] = [];
  /** What it answers at a step instead of yes, by the recipient or for everybody. */
  readonly replies: { step: 'RCPT' | 'DATA' | 'END'; to?: string; reply: Reply; times: number }[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(port = 0): Promise<Mailbox> {
    const server = createServer();
    const box = new Mailbox(server);
    server.on('connection', (socket) => box.serve(socket));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return box;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  to(address: string): Received[] {
    return this.received.filter(({ to }) => to === address);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
    let [pending, to, reading] = ['', '', false];
    const say = (line: string) => socket.write(`${line}\r\n`);
    const step = (which: 'RCPT' | 'DATA' | 'END', yes: string): boolean => {
      const told = this.replies.find((each) => each.step === which && each.times > 0 && (each.to ?? to) === to);
      if (!told) return say(yes), true;
      told.times--;
      if (told.reply === 'CUT') socket.destroy();
      else if (told.reply !== 'SILENCE') say(told.reply);
      return false;
    };
    say('220 test ESMTP');
    socket.on('data', (chunk) => {
      pending += chunk.toString('utf8');
      for (;;) {
        const end = pending.indexOf(reading ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const line = pending.slice(0, end);
        pending = pending.slice(end + (reading ? 5 : 2));
        if (reading) {
          reading = false;
          if (step('END', '250 kept')) this.keep(to, line);
        } else if (/^EHLO|^HELO/i.test(line)) say('250 test');
        else if (/^RCPT/i.test(line)) {
          to = /<(.*)>/.exec(line)![1]!;
          step('RCPT', '250 ok');
        } else if (/^DATA/i.test(line)) reading = step('DATA', '354 go on');
        else if (/^QUIT/i.test(line)) say('221 bye');
        else say('250 ok');
      }
    });
  }

  private keep(to: string, raw: string): void {
    this.received.push({ to, raw, subject: subjectOf(raw), text: textOf(raw) });
  }
} // prettier-ignore

export function subjectOf(raw: string): string {
  const folded = /^Subject: ((?:.*(?:\r?\n[ \t].*)*))/m.exec(raw)![1]!;
  return folded
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/\r?\n[ \t]/g, ' ')
    .replace(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, how: string, text: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : unquoted(text.replaceAll('_', ' ')),
    );
}

/** The text part of a message whose parts are quoted-printable. */
export function textOf(raw: string): string {
  const parts = raw.split(/\r?\n--[^\r\n]+\r?\n/);
  const part = parts.find((each) => /^Content-Type: text\/plain/im.test(each)) ?? raw;
  return unquoted(part.slice(part.search(/\r?\n\r?\n/)).replace(/=\r?\n/g, ''))
    .replaceAll('\r\n', '\n')
    .trim();
}

export const unquoted = (text: string) =>
  text.replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
  );
