import fc from 'fast-check';
import { isPublicAddress } from '../../src/webhooks/addresses.ts';
import { nextTry, notBefore, retryAfterOf } from '../../src/webhooks/delivery.rules.ts';

const now = '2026-11-23T08:00:00.000Z';
const answer = { status: 500, fault: null, retryAfter: null };

test.each([
  ['8.8.8.8', true],
  ['9.255.255.255', true],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.15.255.255', true],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['2a00:1450:4007:80e::200e', true],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::10.0.0.1', false],
  ['2002:a00:1::', false],
  ['2001:db8::1', false],
  ['receiver.example', false],
])('%s is of the internet: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

test('a try never comes earlier than the schedule, nor earlier than the endpoint asks, and later by a fifth at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, chance) => {
        const plain = nextTry(now, tries, answer, 0);
        const later = nextTry(now, tries, answer, chance);
        if (tries >= 10) expect([plain, later]).toEqual([null, null]);
        else {
          const [least, got] = [Date.parse(plain!) - Date.parse(now), Date.parse(later!) - Date.parse(now)];
          expect(got).toBeGreaterThanOrEqual(least);
          expect(got).toBeLessThanOrEqual(least * 1.2 + 1);
        }
      },
    ),
  );
  expect(nextTry(now, 1, { ...answer, retryAfter: 600_000 }, 0)).toBe('2026-11-23T08:10:00.000Z');
});

test('Retry-After is seconds or a day and time, a day at most, and holds for the endpoint only when it is overloaded', () => {
  expect(retryAfterOf('120', 0)).toBe(120_000);
  expect(retryAfterOf('Mon, 23 Nov 2026 08:05:00 GMT', Date.parse(now))).toBe(300_000);
  expect(retryAfterOf('Mon, 23 Nov 2026 07:05:00 GMT', Date.parse(now))).toBe(0);
  expect(retryAfterOf('soon', 0)).toBeNull();
  expect(retryAfterOf(undefined, 0)).toBeNull();
  expect(notBefore(now, { status: 429, fault: null, retryAfter: 1e12 })).toBe('2026-11-24T08:00:00.000Z');
  expect(notBefore(now, { status: 500, fault: null, retryAfter: 1000 })).toBeNull();
});
