import {
  coerceInputValue,
  getNullableType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  isEnumType,
} from 'graphql';
import { codes } from '../../src/kernel/codes.ts';
import { newId, type Subject } from '../../src/kernel/ids.ts';
import { buildSchema } from '../../src/server/schema.ts';
import type { Answer, Client } from '../kit/client.ts';
import { type Input, type Leaf, leavesOf, objectsOf, withValue } from '../kit/inputs.ts';
import { arrange, Fingerprints, mutationsOf, type Operation, rehearse } from '../kit/mutations.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/**
 * Whatever stands in a field of a mutation, the hub does it or refuses it by a documented code: it never fails, and
 * a refusal wrote nothing. Each attack starts from an input that succeeds, made from the schema, and changes one
 * field of it; what succeeds is played to the end and taken back, so that the next attack finds the same world.
 */
let world: World;
let scene: Scene;
let tables: Fingerprints;
let rehearsal: ReturnType<typeof rehearse>;

const operations = mutationsOf(buildSchema().executable);
const named = operations.map((operation): [string, Operation] => [operation.name, operation]);

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  tables = await Fingerprints.open(world);
});
afterAll(async () => {
  await tables.close();
  await world.close();
});
afterEach(() => rehearsal?.curtain());

interface Attack {
  value: unknown;
  /** It must not pass: refused by one of these codes, or by any if none is named. */
  refused?: readonly string[] | true;
}

const subjects: Record<string, Subject> = {
  run: 'AssignmentRun',
  line: 'AssignmentLine',
  people: 'Person',
  vacancies: 'Vacancy',
  closure: 'Closure',
  organisation: 'Organisation',
  parent: 'Organisation',
  site: 'Site',
  member: 'Member',
  client: 'ApiClient',
  actingMember: 'Member',
  offer: 'Offer',
  vacancy: 'Vacancy',
  series: 'VacancySeries',
  programme: 'Programme',
  agreement: 'Agreement',
  renews: 'Agreement',
  reservation: 'AgreementReservation',
  council: 'Organisation',
  offers: 'Offer',
  host: 'Organisation',
  referent: 'Member',
  replacing: 'Placement',
  keep: 'Referral',
  person: 'Person',
  into: 'Person',
  link: 'PersonLink',
  need: 'Need',
  situation: 'Situation',
  pass: 'IaePass',
  diagnosis: 'IaeDiagnosis',
  pathway: 'Pathway',
  engagement: 'Engagement',
  referral: 'Referral',
  referrals: 'Referral',
  meeting: 'Meeting',
  newMeeting: 'Meeting',
  feed: 'CalendarFeed',
  placement: 'Placement',
  contract: 'Contract',
  episode: 'Episode',
  grant: 'SharingGrant',
  webhookEndpoint: 'WebhookEndpoint',
};
/** Whose refusals are kept: an attempt in vain is traced, or it could be tried without end. */
const traced = ['breakGlass'];
const places = ['commune', 'territory', 'epci'];
const request = ['BAD_USER_INPUT'];
const unreadable = ['INVALID_INPUT', 'NOT_FOUND', 'UNKNOWN_COMMUNE', 'NOT_ALLOWED'];
const unknown = ['NOT_FOUND', 'NOT_ALLOWED', 'UNKNOWN_COMMUNE', 'INVALID_INPUT'];

const noise = (length: number) => {
  let [text, state] = ['', 7];
  while (text.length < length) text += ((state = (state * 48271) % 2147483647) % 36).toString(36);
  return text;
};

const texts: Attack[] = [
  { value: 'a\u0000b', refused: unreadable },
  { value: 'a\ud800b', refused: unreadable },
  { value: 'x'.repeat(100_000), refused: unreadable },
  { value: noise(10_000) },
  { value: '👩🏽‍🌾 Éloïse' },
  { value: '\u202eشغل ‏عمل' },
  { value: '' },
  { value: "'; drop table person; --" },
  { value: 12, refused: request },
  { value: { $ne: null }, refused: request },
];
const numbers: Attack[] = [
  { value: -1, refused: ['INVALID_INPUT', 'STALE'] },
  { value: 0 },
  { value: 2 ** 31 - 1 },
  { value: 2 ** 31 },
  { value: 'NaN', refused: request },
  { value: 'Infinity', refused: request },
  { value: '12', refused: request },
];
const days: Attack[] = [
  { value: '0000-00-00', refused: request },
  { value: '2026-02-30', refused: request },
  { value: '+012026-01-01', refused: request },
  { value: '2026-11-20T08:00:00Z', refused: request },
  { value: 20261120, refused: request },
  { value: '0001-01-01', refused: request },
  { value: '9999-12-31', refused: request },
  { value: '1900-01-01' },
  { value: '2199-12-31' },
];

const instants: Attack[] = [
  { value: '2026-02-30T08:00:00Z', refused: request },
  { value: '2026-11-20', refused: request },
  { value: 20261120, refused: request },
  { value: '0001-01-01T00:00:00Z' },
  { value: '9999-12-31T23:59:59Z' },
];

function attacksOn({ path, type, list, required }: Leaf): Attack[] {
  const name = path.at(-1)!;
  const onEarth = ['latitude', 'longitude'].includes(name);
  const attacks = ofType(type, name).filter(({ value }) => !(onEarth && value === -1));
  const none: Attack = { value: null, ...(required && { refused: request }) };
  if (!list) return [...attacks, none];
  const inList = attacks.map(({ value, refused }) => ({ value: [value], ...(refused && { refused }) }));
  return [...inList, none, { value: [] }, { value: Array<unknown>(5000).fill(sampleOf(type)) }];
}

function ofType(type: Leaf['type'], name: string): Attack[] {
  if (isEnumType(type)) return foreign(type);
  switch (type.name) {
    case 'Date':
      return days;
    case 'DateTime':
      return instants;
    case 'Int':
      return [...numbers, { value: 1.5, refused: request }];
    case 'Float':
      return [...numbers, { value: 1e308 }, { value: 1e-300 }];
    case 'Boolean':
      return [{ value: 'true', refused: request }];
    case 'ID':
      return ids(name);
    case 'String':
      return texts;
    default:
      throw new Error(`no attack is known on a ${type.name}`);
  }
}

function foreign(type: GraphQLEnumType): Attack[] {
  const first = type.getValues()[0]!.name;
  const others = ['PLACED_', 'COUNCIL', first.toLowerCase(), `${first}X`, '', 7];
  return others
    .filter((value) => !type.getValue(String(value)))
    .map((value) => ({ value, refused: request }));
}

function ids(name: string): Attack[] {
  const subject = subjects[name];
  if (!subject && !places.includes(name)) throw new Error(`whose id is ${name}? Say in this test`);
  const other = subject === 'Offer' ? 'Person' : 'Offer';
  const values = [
    subject ? newId(subject) : '99999',
    newId(other),
    'x',
    '',
    'é'.repeat(5000),
    'per_\u0000',
    '\udc00',
  ];
  return values.map((value) => ({ value, refused: unknown }));
}

function sampleOf(type: Leaf['type']): unknown {
  return isEnumType(type) ? type.getValues()[0]!.name : 'A1101';
}

/** Pairs of fields of one input object that must not be reversed. */
const pairs: [string, string][] = [
  ['from', 'to'],
  ['startsOn', 'endsOn'],
  ['weeklyHoursLeast', 'weeklyHoursMost'],
];

function reversed(type: GraphQLInputObjectType, input: Input): Input[] {
  return objectsOf(type).flatMap(({ path, type: inner }) =>
    pairs
      .filter(([first, second]) => inner.getFields()[first] && inner.getFields()[second])
      .map(([first, second]) => {
        const isDay = String(getNullableType(inner.getFields()[first]!.type)) === 'Date';
        const [late, early] = isDay ? ['2026-12-31', '2026-12-01'] : [30, 10];
        const once = withValue(type, input, [...path, first], late);
        return withValue(type, once, [...path, second], early);
      }),
  );
}

/** Several inputs in one document, each played after the one before: what every one of them was answered. */
async function ask(client: Client, { name, inputType, noun }: Operation, inputs: Input[]): Promise<Verdict[]> {
  const asked = inputs.map((_, at) => [`$v${at}: ${inputType.name}!`, `a${at}: ${name}(input: $v${at}) { ${noun} { id } userErrors { code message field } }`]);
  const document = `mutation (${asked.map(([variable]) => variable).join(', ')}) { ${asked.map(([, field]) => field).join(' ')} }`;
  const answer = await client.ask(document, Object.fromEntries(inputs.map((input, at) => [`v${at}`, input])));
  if (inputs.length === 1 || !answer.errors) return inputs.map((_, at) => verdictOf(answer, `a${at}`));
  const alone: Verdict[] = []; // one stopped them all
  for (const input of inputs) alone.push(...(await ask(client, { name, inputType, noun } as Operation, [input])));
  return alone;
} // prettier-ignore

interface Verdict {
  code: string | null;
  message: string;
  field: string[] | null;
  text: string;
}

function verdictOf({ data, errors }: Answer<any>, alias: string): Verdict {
  const error = errors?.[0];
  const text = JSON.stringify(error ? errors : data[alias]);
  if (error) return { code: error.extensions.code, message: error.message, field: null, text };
  const [refusal] = data[alias].userErrors;
  return refusal ? { ...refusal, text } : { code: null, message: '', field: null, text };
}

/** What is wrong with an answer, or null. */
function fault(verdict: Verdict, { refused }: Attack, type: GraphQLInputObjectType): string | null {
  const { code, message, field, text } = verdict;
  if (code === null) return refused ? 'passed' : null;
  if (!(code in codes) || code === 'INTERNAL' || code === 'UNAVAILABLE') return `answered ${code}`;
  if (Array.isArray(refused) && !refused.includes(code))
    return `refused ${code}, not ${refused.join(' or ')}`;
  if (/Did you mean|select |insert |\(file:|\.ts:\d+|violates|constraint/.test(text))
    return `tells too much: ${text}`;
  if (!message || message.includes('{')) return `says nothing: ${text}`;
  if (code === 'INVALID_INPUT' && !(field && exists(type, field))) return `names no field: ${text}`;
  return null;
}

function exists(type: GraphQLInputObjectType, [name, ...rest]: string[]): boolean {
  const field = type.getFields()[name!];
  if (!field) return false;
  const below = rest.filter((part) => !/^\d+$/.test(part));
  const inner = objectsOf(type).find(({ path }) => path.join() === name)?.type;
  return below.length === 0 || (inner !== undefined && exists(inner, below));
}

interface Played {
  attack: Attack;
  leaf: Leaf | null;
  input: Input;
}

/** What GraphQL refuses by its types, before anything is played. The words depend on type and value alone: asked once. */
const heard = new Set<string>();

async function stopped(client: Client, operation: Operation, attacks: Played[]): Promise<string[]> {
  const { inputType } = operation;
  const faults: string[] = [];
  for (const { attack, leaf, input } of attacks) {
    const wrong: unknown[] = [];
    coerceInputValue(input, inputType, (path) => wrong.push(path));
    if (wrong.length !== 1) faults.push(`${shown(leaf, attack)} is let in`);
    const kind = `${leaf!.type.name} ${leaf!.list} ${JSON.stringify(attack.value)}`;
    if (heard.has(kind)) continue;
    heard.add(kind);
    faults.push(...(await faultsOf(client, operation, [{ attack, leaf, input }])).faults);
  }
  return faults;
}

/** Plays the attacks together and says which were answered badly, and how many passed. */
async function faultsOf(client: Client, operation: Operation, attacks: Played[], language?: Client) {
  const inputs = attacks.map(({ input }) => input);
  const verdicts = await ask(client, operation, inputs);
  const french = language ? await ask(language, operation, inputs) : [];
  const faults = attacks.flatMap(({ attack, leaf }, at) => {
    const wrong = fault(verdicts[at]!, attack, operation.inputType) ?? (language && untranslated(verdicts[at]!, french[at]!));
    return wrong ? [`${shown(leaf, attack)} ${wrong}`] : [];
  });
  return { faults, passed: [...verdicts, ...french].filter(({ code }) => code === null).length };
} // prettier-ignore

const together = 12;
const largest = 100_000;

/** In documents neither long nor large. */
function documentsOf(attacks: Played[]): Played[][] {
  const documents: Played[][] = [];
  let size = Infinity;
  for (const each of attacks) {
    const own = JSON.stringify(each.input).length;
    if (size + own > largest || documents.at(-1)!.length === together) [size] = [documents.push([]) * 0];
    documents.at(-1)!.push(each);
    size += own;
  }
  return documents;
}

describe.each(named)('%s', (_, operation) => {
  test('does or refuses, whatever a field holds', async () => {
    const { client, input } = await arrange(scene, operation);
    const before = await tables.take();
    rehearsal = rehearse(world);
    expect((await ask(client, operation, [input]))[0]!.code).toBeNull();

    const { inputType } = operation;
    const attacks = leavesOf(inputType).flatMap((leaf) =>
      attacksOn(leaf).map((attack): Played => ({ attack, leaf, input: withValue(inputType, input, leaf.path, attack.value) })),
    );
    const turned = reversed(inputType, input).map((each): Played => ({ attack: { value: each, refused: true }, leaf: null, input: each }));
    const [shapeless, shaped] = [[], [...turned]] as [Played[], Played[]];
    for (const each of attacks) (each.attack.refused === request ? shapeless : shaped).push(each);

    const faults = await stopped(client, operation, shapeless);
    let passed = 1;
    const french = world.client(client.token, 'fr');
    await eachOf(documentsOf(shaped), async (document, at) => {
      const played = await faultsOf(client, operation, document, at ? undefined : french);
      faults.push(...played.faults);
      passed += played.passed;
    });
    expect(faults).toEqual([]);
    // what was refused was not first done
    if (!traced.includes(operation.name)) expect(rehearsal.played()).toBe(passed);
    expect(await tables.take()).toEqual(before);
  }); // prettier-ignore
});

/** In French the same code and field, in other words. */
function untranslated(english: Verdict, french: Verdict): string | null {
  if (english.code === null && french.code === null) return null;
  const same = english.code === french.code && String(english.field) === String(french.field);
  return same && english.message !== french.message ? null : `in French: ${french.text}`;
}

/** A few at a time: the hub must bear it anyway, and the test is quicker. */
async function eachOf<T>(all: T[], work: (each: T, at: number) => Promise<void>): Promise<void> {
  const left = [...all.entries()];
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

function shown(leaf: Leaf | null, { value }: Attack): string {
  return `${leaf?.path.join('.') ?? 'reversed'} = ${JSON.stringify(value).slice(0, 60)}`;
}
