/**
 * How long the best plan of people and places takes, and how near greed comes to it: each problem in a process of its own.
 * `npm run bench -- matching [name]`: seconds, memory and the share of the optimum in placed people and in total.
 */
import { spawnSync } from 'node:child_process';
import { bestAssignment } from '../dist/src/matching/assignment.js';

const problems = {
  'dense 200 × 300': () => sparse({ people: 200, places: 300, of: 300, most: 1 }),
  'dense 1,000 × 1,000': () => sparse({ people: 1000, places: 1000, of: 1000, most: 1 }),
  'dense 200 × 300, caps and floors': () =>
    withSides(sparse({ people: 200, places: 300, of: 300, most: 1 }), 1),
  '1,000 × 200 × 50, caps and floors': () =>
    withSides(sparse({ people: 1000, places: 200, of: 50, most: 5 }), 1),
  '5,000 × 1,000 × 50, caps and floors apart': () =>
    withSides(sparse({ people: 5000, places: 1000, of: 50, most: 5 }), 1),
  '5,000 × 1,000 × 50, floors that overlap': () =>
    withSides(sparse({ people: 5000, places: 1000, of: 50, most: 5 }), 3),
  '20,000 × 5,000 × 50': () => sparse({ people: 20_000, places: 5000, of: 50, most: 5 }),
  '20,000 × 5,000 × 50, caps and floors apart': () =>
    withSides(sparse({ people: 20_000, places: 5000, of: 50, most: 5 }), 1),
};

const [name, alone] = process.argv.slice(2);
if (alone) await one(name);
else all(Object.keys(problems).filter((each) => !name || each.includes(name)));

function all(names) {
  const rows = names.map((each) => {
    const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, each, 'alone'], {
      encoding: 'utf8',
    });
    if (!stdout) throw new Error(stderr.slice(0, 2000));
    return { problem: each, ...JSON.parse(stdout) };
  });
  console.table(rows);
}

async function one(which) {
  const problem = problems[which]();
  const idle = process.memoryUsage.rss();
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const found = await bestAssignment(problem);
  const seconds = ((performance.now() - begun) / 1000).toFixed(2);
  const spent = process.cpuUsage(cpu);
  const processor = ((spent.user + spent.system) / 1e6).toFixed(2);
  const greed = greedy(problem);
  const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const { status, placed, total, bound } = found;
  const mebibytes = Math.round((process.resourceUsage().maxRSS * 1024 - idle) / 2 ** 20);
  const gap = found.optimal ? 0 : bound - total;
  const nearness = { greedyPlaced: share(greed.placed, placed), greedyTotal: share(greed.total, total) };
  console.log(JSON.stringify({ seconds, processor, mebibytes, status, placed, total, gap, ...nearness }));
}

/** Each person could go to `of` places of those there are; each place takes one to `most`. */
function sparse({ people, places, of, most }) {
  const next = random(42);
  const ids = (letter, count) => Array.from({ length: count }, (_, n) => `${letter}${n}`);
  const spots = ids('q', places);
  return {
    people: ids('p', people),
    places: spots.map((id) => ({ id, capacity: 1 + next(most) })),
    scores: ids('p', people).flatMap((person) => {
      const chosen = new Set(of >= places ? spots : []);
      while (chosen.size < of) chosen.add(spots[next(places)]);
      return [...chosen].map((place) => ({ person, place, score: next(101) }));
    }),
  };
}

/** A cap for every ten places, and five floors; each person stands in so many of the groups at most. */
function withSides(problem, groupsEach) {
  const next = random(7);
  const names = ['a', 'b', 'c', 'd', 'e'];
  const groups = Object.fromEntries(names.map((each) => [each, []]));
  for (const person of problem.people)
    for (const group of new Set(Array.from({ length: groupsEach }, () => next(7))))
      if (names[group]) groups[names[group]].push(person);
  const ids = problem.places.map(({ id }) => id);
  const caps = Array.from({ length: Math.floor(ids.length / 10) }, (_, n) => ({
    places: ids.slice(10 * n, 10 * n + 10),
    max: problem.places.slice(10 * n, 10 * n + 10).reduce((sum, { capacity }) => sum + capacity, 0) - 8,
  }));
  const room = caps.reduce((sum, { max }) => sum + max, 0);
  const share = Math.min(room, problem.people.length) / 6;
  return { ...problem, groups, caps, floors: names.map((group) => ({ group, min: Math.floor(share) })) };
}

/** The best pair that is still possible, again and again; floors are not looked at. */
function greedy({ places, scores, caps = [] }) {
  const room = new Map(places.map(({ id, capacity }) => [id, capacity]));
  const left = caps.map(({ max }) => max);
  const capsOf = new Map(places.map(({ id }) => [id, []]));
  caps.forEach((cap, n) => cap.places.forEach((id) => capsOf.get(id).push(n)));
  const gone = new Set();
  let total = 0;
  for (const { person, place, score } of [...scores].sort((one, other) => other.score - one.score)) {
    if (gone.has(person) || !room.get(place) || capsOf.get(place).some((n) => !left[n])) continue;
    gone.add(person);
    room.set(place, room.get(place) - 1);
    for (const n of capsOf.get(place)) left[n]--;
    total += score;
  }
  return { placed: gone.size, total };
}

function random(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
