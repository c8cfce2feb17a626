/**
 * Whether the hub's event loop stays free while a plan is solved in its thread, and how long that takes: judged pair by pair as
 * `explainMatch` does, about fifty possible for each person. `npm run bench -- planning [people] [vacancies]`, 5,000 and 1,000 if not
 * said: the delays of a timer while nothing happens, while the thread solves, and of the same solved without a thread.
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { solve } from '../dist/src/planning/solve.js';
import { besideThis, solveApart } from '../dist/src/planning/solver.js';

const [people = 5000, vacancies = 1000] = process.argv.slice(2).map(Number);
const task = taskOf(people, vacancies);
const rows = [];

const idle = await measured('nothing', () => new Promise((resolve) => setTimeout(resolve, 3000)));
rows.push(idle.row);
const stages = [];
const begun = performance.now();
const onStage = (stage) => stages.push([stage, performance.now() - begun]);
const signal = new AbortController().signal;
const apart = await measured('a plan, in its thread', () =>
  solveApart(task, { thread: besideThis, onStage, signal }),
);
rows.push(apart.row, (await measured('the same, without a thread', () => solve(task))).row);
console.table(rows);
const { assignment, pairs, prices } = apart.answer;
const { status, placed, total, bound } = assignment;
console.log({ people, vacancies, pairs, status, placed, total, bound, prices });
console.log(Object.fromEntries(stages.map(([stage, at]) => [stage, `after ${(at / 1000).toFixed(2)} s`])));

async function measured(what, work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const answer = await work();
  const seconds = (performance.now() - start) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 5)); // what it held back is counted
  delay.disable();
  const spent = process.cpuUsage(cpu);
  const ms = (nanoseconds) => Number((nanoseconds / 1e6).toFixed(1));
  const delays = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
  const processor = Number(((spent.user + spent.system) / 1e6).toFixed(2));
  const mebibytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
  return {
    answer,
    row: { while: what, seconds: Number(seconds.toFixed(2)), processor, ...delays, mebibytes },
  };
}

/** People and places of one département: a trade in twenty is wished, a place is within reach of some. */
function taskOf(count, places) {
  const next = random(42);
  const near = () => ({ latitude: 46.9 + next(1000) / 1000, longitude: -2.4 + next(1400) / 1000 });
  const trade = () => `A1${100 + next(20)}`;
  const id = (prefix, nth) => `${prefix}_${String(nth).padStart(5, '0')}`;
  const publics = ['RSA', 'DELD'];
  const facts = {
    people: Array.from({ length: count }, (_, nth) => ({
      ...{ id: id('per', nth), soughtKind: 'INSERTION_WORKSITE', epciCode: null, communeCode: null, home: near() },
      ...{ ageBand: null, situations: publics.filter(() => next(4) === 0), seesPathway: true, iae: 'UNKNOWN' },
      ...{ wishedTrades: [trade()], refusedTrades: [], travel: { mode: 'BUS', maxMinutes: null, maxKm: 12 } },
      ...{ licences: next(2) ? ['B'] : [], frenchLevel: null, timeBands: null, availableFrom: null, away: [] },
      ...{ weeklyHoursLeast: 20, weeklyHoursMost: 35, needs: [], registeredOn: '2026-09-01' },
    })),
    places: Array.from({ length: places }, (_, nth) => ({
      ...{ id: id('vac', nth), offerId: id('off', nth), organisationId: id('org', nth % 100), trades: [trade()] },
      ...{ kind: 'INSERTION_WORKSITE', thematiques: [], publics: [], zone: [], siae: false, remote: false, point: near() },
      ...{ weeklyHours: 26, startsOn: null, endsOn: null, open: true, free: 1 + next(5), nextRank: 1, confirmedAt: null },
      ...{ licences: next(3) ? [] : ['B'], frenchLevel: null, timeBands: [] },
    })),
    between: { sent: new Map(), iae: new Map(), today: '2026-11-23' },
    scale: {
      priorityPublics: publics,
      weights: ['WISH', 'TRADE', 'TRAVEL', 'HOURS', 'WAITING', 'PRIORITY_PUBLIC'].map((criterion) => ({ criterion, points: 20 })),
    },
    ...{ referents: new Map(), placed: [], fixed: [] },
  };
  const terms = {
    ...{ mostPerOrganisation: 25, mostPerReferent: null, organisations: [], ceilings: [] },
    floors: [{ public: 'RSA', least: Math.floor(count / 10) }],
  };
  return { facts, terms, before: null, seconds: 60 };
} // prettier-ignore

/** The same numbers each time (mulberry32), below a bound. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let drawn = Math.imul(state ^ (state >>> 15), 1 | state);
    drawn = (drawn + Math.imul(drawn ^ (drawn >>> 7), 61 | drawn)) ^ drawn;
    return ((drawn ^ (drawn >>> 14)) >>> 0) % below;
  };
}
