import { getNullableType, isEnumType, type GraphQLEnumType, type GraphQLInputType } from 'graphql';
import { eventTypes, type EventType } from '../../src/events/event-types.ts';
import { buildSchema } from '../../src/server/schema.ts';
import type { Scope } from '../../src/kernel/viewer.ts';
import type { Client } from '../kit/client.ts';
import { byTheHub, examplesIn, expectShown, live, ofRuns, writeIfAsked } from '../kit/examples.ts';
import { arrange, arrangements, Fingerprints, mutationsOf, type Operation } from '../kit/mutations.ts';
import { Scene } from '../kit/referrals.ts';
import { type Partner, World } from '../kit/world.ts';

/** What holds of every mutation, asked of the schema itself: nobody acts without the right, and no one acts twice. */
let world: World;
let scene: Scene;
let tables: Fingerprints;
let readers: Client[];
let stranger: Client;
let tools: Client[];

const operations = mutationsOf(buildSchema().executable);
const named = operations.map((operation): [string, Operation] => [operation.name, operation]);
const reads: Scope[] = [
  'offers:read',
  'people:read',
  'referrals:read',
  'agreements:read',
  'events:read',
  'indicators:read',
];

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  tables = await Fingerprints.open(world);
  const reader = (partner: Partner) => partner.member({ roles: ['READER'] });
  readers = [await reader(scene.sender), await reader(scene.receiver)];
  stranger = await (await world.organisation({ kind: 'STATE' })).member();
  const [sender, receiver] = [scene.sender, scene.receiver];
  const { memberId } = await sender.member();
  tools = [await sender.tool([]), await sender.tool(reads, memberId), await receiver.tool(reads)];
});
afterAll(async () => {
  await tables.close();
  await world.close();
});

const run = (client: Client, { name, inputType, noun }: Operation, input: object) =>
  client.ask(
    `mutation ($input: ${inputType.name}!) { answer: ${name}(input: $input) { ${noun} { id } userErrors { code message field } } }`,
    { input },
  );

test('every mutation has its arrangement', () => {
  expect(Object.keys(arrangements).sort()).toEqual(operations.map(({ name }) => name).sort());
});

describe.each(named)('%s', (_, operation) => {
  const namesSubject = (input: object) => /"[a-z]+_[0-9a-z]{26}"/.test(JSON.stringify(input));

  test('nobody without the right, and nobody twice', async () => {
    const { client: partner, input } = await arrange(scene, operation);
    const before = await tables.take();

    const refused = [];
    for (const client of [...readers, ...(namesSubject(input) ? [stranger] : [])]) {
      const { data, errors } = await run(client, operation, input);
      refused.push(errors?.[0]?.extensions.code ?? data.answer.userErrors[0]?.code);
    }
    expect(refused.filter((code) => !['NOT_ALLOWED', 'NOT_FOUND'].includes(code))).toEqual([]);
    for (const tool of tools) {
      const { data, errors } = await run(tool, operation, input);
      expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'INSUFFICIENT_SCOPE']);
    }
    expect(await tables.take()).toEqual(before);

    const keyed = { ...input, idempotencyKey: `once-${operation.name}` };
    const once = await run(partner, operation, keyed);
    expect(once).toMatchObject({ data: { answer: { userErrors: [] } } });
    const after = await tables.take();
    expect(after).not.toEqual(before);
    const twice = await run(partner, operation, keyed);
    expect(twice.data).toEqual(once.data);
    const other = operations.find(({ inputType, name }) => name !== operation.name && inputType === operation.inputType);
    const changed = other ?? operation;
    const mismatch = await run(partner, changed, other ? keyed : { ...keyed, ...anotherOf(operation, input) });
    expect(mismatch.data.answer.userErrors[0].code).toBe('IDEMPOTENCY_MISMATCH');
    expect(await tables.take()).toEqual(after);
  }); // prettier-ignore
});

test('what each event says is what docs/events.md shows of it, and each type is met by a mutation or by what the hub does', async () => {
  const byMutations = (Object.keys(eventTypes) as EventType[]).filter((type) => ![...byTheHub, ...live, ...ofRuns].includes(type));
  const told = await examplesIn(world, byMutations);
  writeIfAsked(told);
  expectShown(told);
  expect(told.map(({ type }) => type).sort()).toEqual(byMutations.sort());
}); // prettier-ignore

/** The same input but for its version, or else for one of its texts, codes, days or ids. */
function anotherOf({ inputType }: Operation, input: any): object {
  const fields = inputType.getFields();
  if (input.lines) return { lines: [...input.lines, ...input.lines] };
  if (fields.version) return { version: 99 };
  const of = (type: string) => (name: string) =>
    name !== 'idempotencyKey' && String(getNullableType(fields[name]!.type)) === type;
  const text = Object.keys(input).find(of('String')) ?? Object.keys(fields).find(of('String'));
  const code = Object.keys(input).find((name) => isEnumType(getNullableType(fields[name]!.type)));
  if (!text && code) return { [code]: anotherCode(fields[code]!.type, input[code]) };
  const day = Object.keys(fields).find(of('Date'));
  if (!text && day) return { [day]: '2031-01-31' };
  const other = text ?? Object.keys(input).find(of('ID'));
  const list = Object.keys(input).find((name) => Array.isArray(input[name]))!;
  if (other === undefined) return { [list]: [...input[list], ...input[list]] };
  return { [other]: `${input[other]}x` };
}

function anotherCode(type: GraphQLInputType, code: string): string {
  return (getNullableType(type) as GraphQLEnumType).getValues().find(({ name }) => name !== code)!.name;
}
