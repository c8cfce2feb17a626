import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyOf, headersOf } from '../../src/webhooks/message.ts';
import { eventually } from '../kit/world.ts';

/** The page a partner's developer reads: its message is one the hub makes, its receiver runs as it stands. */

const page = readFileSync('docs/webhooks.md', 'utf8');
const block = (language: string) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const shown = JSON.parse(block('jsonc'));
const { event } = shown.data;
const body = bodyOf(
  {
    ...{ eventId: event.id, type: event.type, occurredAt: event.occurredAt },
    ...{
      subjectType: event.subject.type,
      subjectId: event.subject.id,
      subjectVersion: event.subject.version,
    },
  } as never,
  undefined,
);

test('the message shown is the message sent', () => {
  expect(JSON.parse(body)).toEqual(shown);
});

test('the receiver shown takes a message once, and none that somebody else signed', async () => {
  const folder = mkdtempSync(join(process.cwd(), '.test-data', 'receiver-'));
  const script = join(folder, 'receiver.mjs');
  writeFileSync(script, block('js'));
  const port = await freePort();
  const receiver = spawn(process.execPath, [script], { env: { ...process.env, SECRET: secret, PORT: String(port) } });
  let said = '';
  receiver.stdout.on('data', (text: Buffer) => (said += text.toString()));
  try {
    const at = new Date();
    const send = (secrets: string[]) =>
      fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, headers: headersOf({ secrets, id: event.id, at }, body) });
    let first: Response | undefined;
    for (const end = Date.now() + 10_000; !first && Date.now() < end; )
      first = await send([secret]).catch(() => undefined);
    expect(first!.status).toBe(204);
    expect((await send([secret])).status).toBe(204);
    expect((await send([`whsec_${Buffer.alloc(32, 8).toString('base64')}`])).status).toBe(400);
    await eventually(() => said !== '');
    expect(said).toBe(`referral.sent ${event.subject.id}\n`);
  } finally {
    receiver.kill();
    rmSync(folder, { recursive: true });
  }
}); // prettier-ignore

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
