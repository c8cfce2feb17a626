import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transporter } from 'nodemailer';

/** A message ready to go. */
export interface Letter {
  /** The same at each try, so that one received twice is shown once. */
  id: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where its reader chooses what to receive; none in a message asked for. */
  unsubscribe?: string;
  /** Whether that address stops it by itself, asked by the mail reader (RFC 8058). */
  oneClick?: boolean;
}

/** Where messages go: a mail server, or a folder. */
export interface Post {
  /** Resolves once the message is somebody else's to deliver. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

const patience = 20_000;

/** By SMTP, a few connections at a time; one that does not answer is left alone. */
export function smtpPost(url: string): Post {
  return mailing(async (letter, transport) => void (await transport.sendMail(mailOf(letter))), {
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Into files that any mail reader opens: what the demo sends. */
export function folderPost(folder: string): Post {
  const send: Sending = async (letter, transport) => {
    const { message } = (await transport.sendMail(mailOf(letter))) as { message: Buffer };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`;
    // a file appears whole or not at all
    writeFileSync(join(folder, `.${name}`), readable(String(message), letter.subject), { mode: 0o600 });
    renameSync(join(folder, `.${name}`), join(folder, name));
  };
  return mailing(send, { streamTransport: true, buffer: true, newline: 'unix' });
}

type Sending = (letter: Letter, transport: Transporter) => Promise<void>;

/** What speaks with mail servers is loaded with the first letter: many hubs stay up for days before it. */
function mailing(send: Sending, options: object): Post {
  let transport: Promise<Transporter> | undefined;
  const open = async () => (await import('nodemailer')).createTransport(options);
  return {
    send: async (letter) => send(letter, await (transport ??= open())),
    close: () => void transport?.then((opened) => opened.close()),
  };
}

/** As it reads, for whoever opens the file in an editor; a mail reader takes it as well (8bit). */
function readable(message: string, subject: string): string {
  const [head, ...body] = message.split(/\n\n/);
  const bytes = (codes: string) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString('utf8');
  const told = body
    .join('\n\n')
    .replace(/=\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, bytes)
    .replaceAll(': quoted-printable', ': 8bit');
  return `${head!.replace(/^Subject: .*(?:\n[ \t].*)*/m, `Subject: ${subject}`)}\n\n${told}`;
}

function mailOf({ id, unsubscribe, oneClick, ...letter }: Letter) {
  const domain = /@([\w.-]+)/.exec(letter.from)?.[1] ?? 'passerelle.invalid';
  return {
    ...letter,
    messageId: `<${id}@${domain}>`,
    // nobody is to be answered by a machine (RFC 3834), and a bounce goes to who sends
    headers: {
      ...{ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      ...(oneClick && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    textEncoding: 'quoted-printable' as const,
    ...(unsubscribe && { list: { unsubscribe } }),
  };
}

export type Fault = 'ADDRESS' | 'MESSAGE' | 'FOR_NOW';

/** Whose fault it is that a message was not taken: what may pass is tried again. */
export function faultOf(error: unknown): Fault {
  const { responseCode = 0, code, command = '' } = error as { responseCode?: number; code?: string; command?: string };
  if (responseCode < 500) return 'FOR_NOW';
  // a server that refuses the sender or the login refuses everybody: the operator mends it, the message waits
  if (command === 'RCPT TO' && code === 'EENVELOPE') return 'ADDRESS';
  return command === 'DATA' || code === 'EMESSAGE' ? 'MESSAGE' : 'FOR_NOW';
} // prettier-ignore

/** What a log may hold of a fault: codes alone, for a mail server repeats addresses. */
export function faultInCodes(error: unknown): object {
  const { responseCode, code, command } = error as { responseCode?: number; code?: string; command?: string };
  return { responseCode, code, command };
} // prettier-ignore
