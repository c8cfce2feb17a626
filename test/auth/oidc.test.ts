import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import sql from 'sql-template-tag';
import { credentialOf, remoteIssuer } from '../../src/auth/tokens.ts';
import { RawSocket } from '../kit/socket.ts';
import { eventually, World } from '../kit/world.ts';

/** An issuer as the hub meets one: a key set over HTTP that is published, rotated, or does not answer. */
const name = 'https://issuer.example/';
const audience = 'passerelle';
let server: Server;
let url: string;
let published: JWK[] = [];
let asked = 0;
let mood: 'WELL' | 'BROKEN' | 'SILENT' = 'WELL';

interface SigningKey {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}
let first: SigningKey;
let second: SigningKey;

async function key(kid: string, alg = 'RS256'): Promise<SigningKey> {
  return { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
}
const jwk = async ({ kid, alg, publicKey }: SigningKey) => ({ ...(await exportJWK(publicKey)), kid, alg });

beforeAll(async () => {
  [first, second] = [await key('first'), await key('second', 'ES256')];
  server = createServer((_, answer) => {
    asked++;
    if (mood === 'SILENT') return;
    answer.statusCode = mood === 'WELL' ? 200 : 500;
    answer.end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  mood = 'WELL';
  published = [await jwk(first)];
});

const now = () => Math.floor(Date.now() / 1000);
const quick = { atMost: 600_000, atLeast: 0, timeout: 200 };
const issuer = (keep = quick, trustsUnsaid = false) =>
  remoteIssuer(name, audience, url, { keep, trustsUnsaid });

interface Claims {
  [claim: string]: unknown;
}
async function token(claims: Claims = {}, { by = first, typ }: { by?: SigningKey; typ?: string } = {}) {
  const payload = { email: 'ana@test.example', email_verified: true, iss: name, aud: audience, iat: now(), exp: now() + 300, ...claims };
  for (const [claim, value] of Object.entries(payload)) if (value === undefined) delete (payload as Claims)[claim];
  return new SignJWT(payload).setProtectedHeader({ alg: by.alg, kid: by.kid, ...(typ && { typ }) }).sign(by.privateKey);
} // prettier-ignore

test('a token of the issuer proves an address until it ends', async () => {
  const exp = now() + 300;
  expect(await credentialOf(await token({ exp }), [issuer()])).toEqual({
    kind: 'MEMBER',
    email: 'ana@test.example',
    expiresAt: exp * 1000,
    token: expect.any(String),
  });
  const accepted = [
    await token({}, { typ: 'JWT' }),
    await token({}, { typ: 'at+jwt' }),
    await token({ aud: ['another', audience] }),
    await token({ email_verified: 'true' }),
    await token({ exp: now() - 20 }), // clocks differ by half a minute
    await token({ nbf: now() + 20 }),
  ];
  for (const each of accepted) expect(await credentialOf(each, [issuer()])).not.toBeNull();
});

describe('a token is refused', () => {
  test.each<[string, Claims]>([
    ['of another issuer', { iss: 'https://other.example/' }],
    ['of no issuer', { iss: undefined }],
    ['for another audience', { aud: 'another' }],
    ['for nobody in particular', { aud: undefined }],
    ['that has expired', { exp: now() - 120 }],
    ['that never expires', { exp: undefined }],
    ['that begins later', { nbf: now() + 300 }],
    ['issued in the future', { iat: now() + 300 }],
    ['issued more than a day ago, however long it lasts', { iat: now() - 90_000, exp: now() + 900_000 }],
    ['that does not say when it was issued', { iat: undefined }],
    ['without an address', { email: undefined }],
    ['with an address nobody checked', { email_verified: false }],
    ['with an address nobody checked, said in a text', { email_verified: 'false' }],
    ['that does not say whether anybody checked the address', { email_verified: undefined }],
  ])('%s', async (_, claims) => {
    expect(await credentialOf(await token(claims), [issuer()])).toBeNull();
  });

  test('of another type, without a signature, or signed with what everybody knows', async () => {
    const payload = { email: 'ana@test.example' };
    const publicText = new TextEncoder().encode(await exportSPKI(first.publicKey));
    const forged = [
      await token({}, { typ: 'logout+jwt' }),
      new UnsecuredJWT(payload).setIssuer(name).setAudience(audience).setIssuedAt().setExpirationTime('5m').encode(),
      await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .setIssuer(name).setAudience(audience).setIssuedAt().setExpirationTime('5m').sign(publicText),
      await token({}, { by: { ...second, kid: 'first' } }),
      `${(await token()).slice(0, -8)}AAAAAAAA`,
      'not.a.token',
    ]; // prettier-ignore
    for (const each of forged) expect(await credentialOf(each, [issuer()])).toBeNull();
  });
});

test('of two issuers each one’s tokens are checked with its own keys', async () => {
  const other = remoteIssuer('https://other.example/', audience, url, { keep: quick });
  for (const issuers of [
    [issuer(), other],
    [other, issuer()],
  ])
    expect(await credentialOf(await token(), issuers)).not.toBeNull();
});

test('of an issuer trusted for it a token need not say that the address was checked, and must not say that it was not', async () => {
  const trusted = issuer(quick, true);
  expect(await credentialOf(await token({ email_verified: undefined }), [trusted])).not.toBeNull();
  expect(await credentialOf(await token({ email_verified: false }), [trusted])).toBeNull();
});

test('a new key is fetched when first met; a withdrawn one is believed no longer than its keeping', async () => {
  const rotating = issuer({ ...quick, atMost: 40 });
  const old = await token();
  expect(await credentialOf(old, [rotating])).not.toBeNull();
  published = [await jwk(second)];
  expect(await credentialOf(await token({}, { by: second }), [rotating])).not.toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await credentialOf(old, [rotating])).toBeNull();
});

test('tokens of unknown keys do not make the hub ask without end', async () => {
  const resting = issuer({ ...quick, atLeast: 60_000 });
  await credentialOf(await token(), [resting]);
  const before = asked;
  const unknown = await key('unknown', 'ES256');
  for (let n = 0; n < 5; n++)
    expect(await credentialOf(await token({}, { by: unknown }), [resting])).toBeNull();
  expect(asked).toBe(before);
});

test.each(['BROKEN', 'SILENT'] as const)(
  'an issuer that is %s is nobody’s fault: 503 and come again, at once for the next; keys known before still serve',
  async (how) => {
    const known = issuer();
    const good = await token();
    expect(await credentialOf(good, [known])).not.toBeNull();
    mood = how;
    expect(await credentialOf(good, [known])).not.toBeNull();
    const world = await World.open({ issuers: [issuer()] });
    const client = world.client(good);
    const asking = () => client.post({ query: '{ __typename }' });
    const refused = await asking();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('Who signs your token'),
          extensions: { code: 'UNAVAILABLE' },
        },
      ],
    });
    const before = asked;
    expect((await asking()).status).toBe(503);
    expect(asked).toBe(before);
    await world.close();
  },
);

describe('an open socket proves its token again', () => {
  const keep = { ...quick, atMost: 40 };
  /** A hub that asks every tenth of a second, and a socket opened with a token of this issuer. */
  async function opened(limits: object = {}) {
    const world = await World.open({
      issuers: [issuer(keep)],
      limits: { socketRightsEvery: 0.1, ...limits },
    });
    const { memberId } = await (await world.organisation()).member();
    const [{ email }] = await world.rows<any>(sql`select email from member where id = ${memberId}`);
    const socket = await RawSocket.as({ url: world.server.url, token: await token({ email }) });
    const answers = async (id: string) => {
      socket.subscribe(id, '{ __typename }');
      expect((await socket.answer(id)).type).toBe('next');
    };
    await answers('before');
    return { world, socket, answers };
  }

  test('and closes, long before it ends, once the issuer has withdrawn the key it was signed with', async () => {
    const { world, socket } = await opened();
    published = [await jwk(second)];
    expect(await socket.closed).toBe(4403);
    await world.close();
  });

  test('and stays open while the issuer does not answer: that withdraws nothing', async () => {
    const { world, socket, answers } = await opened();
    mood = 'BROKEN';
    const before = asked;
    await eventually(() => asked > before);
    await new Promise((resolve) => setTimeout(resolve, 250)); // two rounds more
    await answers('after');
    socket.close();
    await world.close();
  });

  test('but not for longer than is believed: then it is to come again', async () => {
    const { world, socket } = await opened({ socketBelievedFor: 0.2 });
    mood = 'BROKEN';
    expect(await socket.closed).toBe(1013);
    await world.close();
  });
});
