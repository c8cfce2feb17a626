import { spawn } from 'node:child_process';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { certify, type Certified } from '../kit/certificates.ts';
import { compiled } from '../kit/started.ts';

/** Whom a hub sends its messages to over https: to who can prove the name, and to nobody else. */

const authority = certify('Autorité du test', { authority: true });
const folder = mkdtempSync(join(process.cwd(), '.test-data', 'certificates-'));
const servers: { close: () => unknown }[] = [];
const heard: string[] = [];

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

async function listening(server: Server | ReturnType<typeof createPlain>, path: string): Promise<string> {
  server.on('request', (request, response) => {
    heard.push(request.url!);
    response.writeHead(204).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://localhost:${(server.address() as AddressInfo).port}/${path}`;
}
const receiver = ({ cert, key }: Certified, path: string) => listening(createServer({ cert, key }), path);

/** What a hub of its own process answers itself of each address, with this authority beside those of the machine, or not. */
async function posted(urls: string[], trusting: boolean): Promise<string[]> {
  const file = join(folder, 'authority.pem');
  writeFileSync(file, authority.cert);
  const script = `import { post, sendingTo } from '${compiled('src/webhooks/sender.js')}';
    const told = [];
    for (const url of ${JSON.stringify(urls)}) {
      const { status, fault } = await post(sendingTo('ANYWHERE'), { url, headers: {}, body: '{}' });
      told.push(String(status ?? fault));
    }
    console.log(JSON.stringify(told));`;
  const env = { PATH: process.env.PATH, ...(trusting && { NODE_EXTRA_CA_CERTS: file }) };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(said);
}

test('a message goes to a certificate that an authority of the machine signed for that name, and to no other', async () => {
  const urls = [
    await receiver(certify('localhost', { by: authority }), 'valid'),
    await receiver(certify('localhost'), 'self-signed'),
    await receiver(certify('somebody.example', { by: authority }), 'of-another'),
    await receiver(certify('localhost', { by: authority, endsIn: -1 }), 'expired'),
    await listening(createPlain(), 'in-clear'),
  ];
  const [trusted, untrusted] = await Promise.all([posted(urls, true), posted(urls.slice(0, 1), false)]);
  expect(trusted).toEqual(['204', 'TLS', 'TLS', 'TLS', 'UNREACHABLE']);
  expect(untrusted).toEqual(['TLS']);
  expect(heard).toEqual(['/valid']);
});
