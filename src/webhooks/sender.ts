import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';
import { retryAfterOf, type Answer, type DeliveryFault } from './delivery.rules.ts';
import type { Reach } from './endpoint.rules.ts';

/** How a hub reaches endpoints: where it may go, how names become addresses, how long it waits. */
export interface Sending {
  reach: Reach;
  resolve: (name: string) => Promise<LookupAddress[]>;
  patience: number;
  stopping?: AbortSignal | undefined;
}

export const sendingTo = (reach: Reach): Sending => ({
  reach,
  resolve: (name) => lookup(name, { all: true, verbatim: true }),
  patience: 15_000,
});

/** Of an answer only its head is of interest; beyond so many bytes the connection is cut. */
const largestAnswer = 16 * 1024;

interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Posts a message and says how it was taken. The address is looked at after the name was resolved, and that very address
 * is connected to: a name cannot lead elsewhere in between. Redirections are not followed.
 */
export async function post(sending: Sending, message: Message): Promise<Answer> {
  const url = new URL(message.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const late = AbortSignal.timeout(sending.patience);
  const signal = sending.stopping ? AbortSignal.any([late, sending.stopping]) : late;
  try {
    const address = await addressOf(sending, host, signal);
    if (!address) return failed('ADDRESS');
    const answer = await exchange(url, address, message, signal);
    return await taken(answer);
  } catch (error) {
    return failed(late.aborted ? 'TIMEOUT' : faultOf(error));
  }
}

/** The address to connect to; null when there is none, or when one of them is none of the internet. */
async function addressOf(sending: Sending, host: string, signal: AbortSignal): Promise<LookupAddress | null> {
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await withinTime(
        sending.resolve(host).catch(() => []),
        signal,
      );
  const closed = sending.reach === 'PUBLIC' && found.some(({ address }) => !isPublicAddress(address));
  return closed ? null : (found[0] ?? null);
}

function exchange(url: URL, to: LookupAddress, { headers, body }: Message, signal: AbortSignal) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal,
      lookup: (_name, options, done) =>
        options.all ? done(null, [to]) : (done as (e: null, a: string, f: number) => void)(null, to.address, to.family),
    });
    request.on('response', resolve).on('error', reject).end(body);
  });
} // prettier-ignore

/** Reads to the end of a short answer, so that the other side sees it taken; keeps nothing of it. */
async function taken(answer: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = answer;
  let read = 0;
  try {
    for await (const chunk of answer) {
      read += (chunk as Buffer).length;
      if (read > largestAnswer) break; // leaving the loop destroys the stream
    }
  } catch {
    // the status was said: what is cut after it changes nothing
  }
  return { status, fault: null, retryAfter: retryAfterOf(headers['retry-after'], Date.now()) };
}

const failed = (fault: DeliveryFault): Answer => ({ status: null, fault, retryAfter: null });

function faultOf(error: unknown): DeliveryFault {
  const code = String((error as { code?: unknown }).code);
  return /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code) ? 'TLS' : 'UNREACHABLE';
}

/** Names cannot be stopped being looked up: whoever waits stops waiting. */
function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('too late')))),
  ]);
}
