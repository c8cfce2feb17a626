import sql from 'sql-template-tag';
import { actors } from '../../src/demo/actors.ts';
import { openDoor, type Door } from '../../src/server/http.ts';
import { buildSchema } from '../../src/server/schema.ts';
import { testKeys } from '../kit/hub.ts';
import { dice, operation, type Ground } from '../kit/operations.ts';
import { World } from '../kit/world.ts';

/** Whatever is asked, compiled plans answer what GraphQL's own executor answers, errors and access log included (ADR 40). */
const rounds = Number(process.env.OPERATIONS ?? 160);
const seed = Number(process.env.SEED ?? 40);

let world: World;
/** The same hub by its two ways. */
let doors: Record<'fast' | 'plain', Door>;
let ground: Ground;
let tokens: string[];

beforeAll(async () => {
  world = await World.openDemo();
  const { hub } = world.server;
  doors = {
    fast: await openDoor({ ...hub, fastPath: true }),
    plain: await openDoor({ ...hub, fastPath: false }),
  };
  tokens = await Promise.all(
    actors.map(({ name, kind, email }) =>
      kind === 'TOOL' ? testKeys.toolKey(name) : testKeys.memberToken(email),
    ),
  );
  const tables = [
    'person',
    'referral',
    'offer',
    'vacancy',
    'organisation',
    'placement',
    'meeting',
    'pathway',
    'site',
    'need',
  ];
  const ids = await Promise.all(
    tables.map((table) => world.rows<{ id: string }>(sql([`select id from ${table} order by id limit 12`]))),
  );
  ground = {
    schema: buildSchema().executable,
    ids: [...ids.flat().map(({ id }) => id), '44109', '244400404'],
  };
}, 120_000);
afterAll(async () => {
  for (const door of Object.values(doors)) await door.close();
  await world.close();
});

async function ask(door: 'fast' | 'plain', token: string, id: string, payload: object) {
  const { statusCode, body } = await doors[door].app.inject({
    ...{ method: 'POST', url: '/graphql', payload },
    headers: { authorization: `Bearer ${token}`, 'x-request-id': id, 'x-purpose': 'FOLLOW_UP' },
  });
  const { errors = [], ...answer } = JSON.parse(body.replaceAll(id, 'id'));
  const told = errors.map((error: Told) => placed(answer.data, error)).sort();
  return { statusCode, text: JSON.stringify({ ...answer, told: [...new Set(told)] }) };
}

interface Told {
  path?: (string | number)[];
}

/**
 * Statements answered at once come in any order, and so do errors; of several that null one place whichever comes first may be
 * told alone. So an error that nulls what stands above it counts by that place.
 */
function placed(data: any, error: Told): string {
  const path = error.path ?? [];
  let found = data;
  let depth = 0;
  while (depth < path.length && found !== null && found !== undefined) found = found[path[depth++]!];
  return JSON.stringify(depth < path.length ? { nulled: path.slice(0, depth) } : error);
}

/** What the access log holds of the requests of one way. */
function lines(way: string) {
  return world.rows(sql`select replace(request_id, ${`${way}-`}, '') as round, person_id, organisation_id, member_id, client_id,
      categories, reasons, outside, operation, purpose
    from access_log where request_id like ${`${way}-%`} order by 1, 2`);
}

function differing(round: number, asked: object, fast: string, plain: string): string {
  const at = [...fast].findIndex((sign, index) => sign !== plain[index]);
  const shown = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  return `round ${round} of seed ${seed}: ${JSON.stringify(asked)}\ncompiled: …${shown(fast)}\nplain:    …${shown(plain)}`;
}

test('at random, both ways answer the same', async () => {
  const roll = dice(seed);
  let answered = 0;
  for (let round = 0; round < rounds; round++) {
    const asked = operation(ground, roll);
    const [first, token] = [tokens[roll(tokens.length)]!, tokens[roll(tokens.length)]!];
    await ask('fast', first, `first-${round}`, asked); // from now on it is known what is looked at; by somebody else’s rows
    const [fast, plain] = [
      await ask('fast', token, `fast-${round}`, asked),
      await ask('plain', token, `plain-${round}`, asked),
    ];
    if (fast.text !== plain.text) throw new Error(differing(round, asked, fast.text, plain.text));
    if (fast.statusCode === 200) answered++;
  }
  const [fast, plain] = [await lines('fast'), await lines('plain')];
  expect(fast).toEqual(plain);
  expect(plain.length).toBeGreaterThan(rounds / 20);
  // questions that are refused whole would prove little
  expect(answered / rounds).toBeGreaterThan(0.7);
}, 600_000);
