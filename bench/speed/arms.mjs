/** The servers that are compared, each started by the bench in a process of its own, all with a pool of the same width. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { byHand, fromTables } from '../peers/ask.mjs';
import { documentOf } from './draw.mjs';
import { newerNode } from './node.mjs';

const hub = '../kit/door.mjs';
const ourDocuments = (operation) => documentOf(operation);

/**
 * What each is made of: its file, whether it runs on the newer Node of the bench or on the one that runs it, what is said
 * to it, and how it is asked. Those of bench/peers say themselves how (`ask.mjs`).
 */
export const arms = {
  hub: { file: hub, about: 'Passerelle' },
  'hub-slow': { file: hub, about: 'Passerelle without its fast path', env: { BENCH_FAST_PATH: 'off' } },
  'hub-20': { file: hub, about: 'Passerelle on the Node that runs the bench', ownNode: true },
  postgraphile: {
    file: '../peers/postgraphile.mjs',
    about: 'PostGraphile 5 over the same tables',
    ...fromTables,
  },
  mercurius: { file: '../peers/mercurius.mjs', about: 'Mercurius with JIT and loaders' },
  raw: { file: '../peers/raw.mjs', about: 'a statement by hand behind node:http', ...byHand },
  'raw-open': {
    file: '../peers/raw.mjs',
    about: 'the same, bound by no policy',
    as: 'admin',
    uncompared: true,
    ...byHand,
  },
};

const started = [];

/** Starts one; its requests are made by `request(operation, ask)`. */
export async function open(name, urls, tokens) {
  const arm = arms[name];
  const url = new URL(urls[arm.as ?? 'hub']);
  url.searchParams.set('application_name', `bench ${name}`);
  const child = fork(new URL(arm.file, import.meta.url), [url.href, arm.as === 'admin' ? 'none' : 'walls', name], {
    execPath: arm.ownNode ? process.execPath : newerNode(),
    execArgv: ['--max-semi-space-size=8', '--expose-gc'],
    silent: true, // what PostGraphile leaves out of its schema fills a screen
    env: { ...process.env, NODE_ENV: 'production', BENCH_POOL: '8', ...arm.env },
  });
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2_000)));
  const waiting = [];
  child.on('message', (message) => waiting.shift()?.resolve(message));
  child.on('exit', (code) => waiting.splice(0).forEach(({ reject }) => reject(new Error(`${name} ended (${code}): ${said}`))));
  const next = () => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  started.push(child);
  const { url: address } = await next();
  const tell = async (what) => {
    const answered = next();
    child.send(what);
    return (await answered).answer;
  };
  return { name, url: address, pid: child.pid, uncompared: arm.uncompared, tell, ...asking(arm, tokens), stop: () => tell('stop') };
} // prettier-ignore

/** How an arm is asked, and how its answer is read as ours. */
function asking({ path = () => '/graphql', documents = ourDocuments, variables = (_, given) => given, read = (_, answer) => answer }, tokens) {
  const texts = new Map();
  return {
    read,
    request(operation, { by, variables: given }) {
      if (!texts.has(operation)) texts.set(operation, documents(operation));
      const body = JSON.stringify({ query: texts.get(operation), variables: variables(operation, given, by) });
      return {
        path: path(operation),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(by.email)}` },
        body,
      };
    },
  };
} // prettier-ignore

/** Microseconds of processor an arm has used: its own process, and the server processes of PostgreSQL behind it. */
export async function worked(admin, { name, tell }) {
  const { rows } = await admin.query('select pid from pg_stat_activity where application_name = $1', [`bench ${name}`]);
  const ofServer = rows.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000);
  return { node: await tell('cpu'), server: ofServer.reduce((sum, each) => sum + each, 0) };
} // prettier-ignore

/** Whatever happens, no server outlives the bench. */
process.on('exit', () => started.forEach((child) => child.kill('SIGKILL')));
