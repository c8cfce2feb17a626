/** The light generator of load: one process, one request at a time on each connection, until the time or the asks are over. */
import { createRequire } from 'node:module';

const { Pool } = createRequire(new URL('../peers/package.json', import.meta.url))('undici');

/**
 * Asks in turn, for so many seconds or until all are asked once. Answers the time each took (milliseconds), how long all
 * took, and what was wrong; `keep` gathers the answers too.
 */
export async function load({ url, requests, connections, seconds, keep = false }) {
  const pool = new Pool(url, { connections, pipelining: 1, keepAliveTimeout: 60_000 });
  const [times, wrong, answers] = [[], [], []];
  const began = performance.now();
  const ends = seconds ? began + seconds * 1000 : Infinity;
  let next = 0;
  const worker = async () => {
    while (performance.now() < ends && (seconds || next < requests.length)) {
      const at = next++ % requests.length;
      const sent = performance.now();
      const { status, text } = await ask(pool, requests[at]);
      times.push(performance.now() - sent);
      if (status >= 500 || (status >= 400 && !keep) || text.includes('"errors":[')) wrong.push(`${status} ${text.slice(0, 300)}`);
      if (keep) answers[at] = text;
    }
  }; // prettier-ignore
  await Promise.all(Array.from({ length: connections }, worker));
  const took = performance.now() - began;
  await pool.close();
  return { times: Float64Array.from(times).sort(), took, wrong, answers };
}

/** Past so many waiting answers the server does not keep up, and no more is asked until it does. */
const mostWaiting = 5_000;

/** Asks at a steady rate, whether or not the last ones were answered; times count from when each was due. */
export async function steady({ url, next, rate, seconds, keep = false }) {
  const pool = new Pool(url, { connections: 64, pipelining: 1, keepAliveTimeout: 60_000 });
  const [times, wrong, answers, waiting] = [[], [], [], new Set()];
  const began = performance.now();
  let [due, late] = [0, 0];
  const one = async (at) => {
    const request = waiting.size < mostWaiting ? next(at) : null;
    if (!request) return void late++;
    const { status, text } = await ask(pool, request);
    times.push(performance.now() - began - (at * 1000) / rate);
    if (status >= 400 || text.includes('"errors":[')) wrong.push(`${status} ${text.slice(0, 300)}`);
    else if (keep) answers.push(text);
  };
  while (performance.now() - began < seconds * 1000) {
    const reached = Math.floor(((performance.now() - began) * rate) / 1000);
    for (; due < reached; due++) {
      const asked = one(due).catch((error) => wrong.push(String(error)));
      waiting.add(asked);
      void asked.then(() => waiting.delete(asked));
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(waiting);
  await pool.close();
  return { times: Float64Array.from(times).sort(), wrong, answers, due, late };
}

function ask(pool, { path, headers, body }) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let status = 0;
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onConnect() {},
        onHeaders(code) {
          status = code;
          return true;
        },
        onData(chunk) {
          chunks.push(chunk);
          return true;
        },
        onComplete: () => resolve({ status, text: Buffer.concat(chunks).toString() }),
        onError: reject,
      },
    );
  });
}

/** The value below which this share of sorted times lies. */
export function quantile(sorted, share) {
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] : NaN;
}
