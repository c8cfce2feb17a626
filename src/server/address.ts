import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * The address a request comes from, through so many proxies of our own: each adds whom it was asked by, so the last
 * of the list are the only ones nobody else could have written.
 */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const forwarded = proxies > 0 ? String(request.headers['x-forwarded-for'] ?? '').split(',') : [];
  const chain = [...forwarded.map((each) => each.trim()).filter(Boolean), request.socket.remoteAddress ?? ''];
  return chain[Math.max(0, chain.length - 1 - proxies)]!;
}

/** Whoever has one IPv6 address has the whole /64: it counts as one. */
export function neighbourhoodOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [left = '', right = ''] = address.toLowerCase().split('::');
  const groups = (half: string) => half.split(':').filter(Boolean);
  const missing = 8 - groups(left).length - groups(right).length;
  const all = address.includes('::')
    ? [...groups(left), ...Array<string>(missing).fill('0'), ...groups(right)]
    : groups(left);
  return all.slice(0, 4).join(':');
}
