import { Proofs } from '../../src/auth/proofs.ts';
import type { Credential } from '../../src/auth/tokens.ts';

const begin = Date.parse('2026-09-01T08:00:00Z');
const at = (seconds: number) => begin + seconds * 1000;
let asked = 0;
let proofs: Proofs;
const proven = (credential: Credential | null) => () => (asked++, Promise.resolve(credential));
const member = (endsIn: number): Credential => ({
  ...{ kind: 'MEMBER', email: 'a@b.example', token: 't' },
  expiresAt: begin + endsIn * 1000,
});

beforeEach(() => {
  asked = 0;
  proofs = new Proofs();
});

test('a token proven a moment ago is believed, then proven again', async () => {
  for (const seconds of [0, 5, 9.9])
    expect(await proofs.of('t', proven(member(3600)), at(seconds))).toEqual(member(3600));
  expect(asked).toBe(1);
  expect(await proofs.of('t', proven(null), at(10))).toBeNull();
  expect(await proofs.of('t', proven(member(3600)), at(11))).not.toBeNull();
});

test('nobody is believed past the end of their token, nor by another one', async () => {
  await proofs.of('t', proven(member(2)), at(0));
  expect(await proofs.of('other', proven(null), at(1))).toBeNull();
  expect(await proofs.of('t', proven(null), at(2))).toBeNull();
});

test('what proves nothing, and a key, which is proven by looking it up, are not remembered', async () => {
  await proofs.of('t', proven(null), at(0));
  await proofs.of('t', proven({ kind: 'KEY', hash: 'h' }), at(1));
  expect(await proofs.of('t', proven(null), at(2))).toBeNull();
  expect(asked).toBe(3);
});
