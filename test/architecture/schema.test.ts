import {
  type GraphQLArgument,
  type GraphQLField,
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { buildSchema } from '../../src/server/schema.ts';

/** The interface's conventions, held over the whole schema: a new field keeps them or this fails. */
let schema: GraphQLSchema;
const federation = /^(_Any|_Entity|_Service|federation__|link__)/;

beforeAll(() => {
  schema = buildSchema().executable;
});

function ours() {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !federation.test(type.name),
  );
}

function fieldsOf(type: ReturnType<typeof ours>[number]): [string, GraphQLField<unknown, unknown>][] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.entries(type.getFields()).filter(([name]) => !name.startsWith('_'));
}

test('every type, field, argument, input and enum value says what it is', () => {
  const mute: string[] = [];
  const heard = (where: string, what: { description?: string | null }) =>
    what.description?.trim() || mute.push(where);
  const args = (where: string, list: readonly GraphQLArgument[]) =>
    list.forEach((arg) => heard(`${where}(${arg.name})`, arg));
  for (const type of ours()) {
    if (
      type !== schema.getQueryType() &&
      type !== schema.getMutationType() &&
      type !== schema.getSubscriptionType()
    )
      heard(type.name, type);
    for (const [name, field] of fieldsOf(type)) {
      heard(`${type.name}.${name}`, field);
      args(`${type.name}.${name}`, field.args);
    }
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) heard(`${type.name}.${field.name}`, field);
    if (isEnumType(type)) for (const value of type.getValues()) heard(`${type.name}.${value.name}`, value);
  }
  expect(mute).toEqual([]);
});

test('an edge to a person, a referral or a placement may always be null: what one may not see does not exist', () => {
  const behindRights = new Set(['Person', 'Referral', 'Placement']);
  const exempt = /(Connection|Edge)$/; // a list holds only what the viewer sees
  const forced = ours()
    .filter((type) => !exempt.test(type.name) && !/(Message)$/.test(type.name))
    .flatMap((type) =>
      fieldsOf(type)
        .filter(([, field]) => behindRights.has(getNamedType(field.type).name) && isNonNullType(field.type))
        .map(([name]) => `${type.name}.${name}`),
    );
  expect(forced).toEqual([]);
});

test('a mutation takes one input, which may carry an idempotency key, and answers refusals as data', () => {
  const odd = Object.values(schema.getMutationType()!.getFields()).filter((mutation) => {
    const [input, ...more] = mutation.args;
    const inputType = input && getNamedType(input.type);
    const payload = getNamedType(mutation.type);
    const keyed = isInputObjectType(inputType) && 'idempotencyKey' in inputType.getFields();
    const refuses = isObjectType(payload) && 'userErrors' in payload.getFields();
    return more.length > 0 || input?.name !== 'input' || !keyed || !refuses;
  });
  expect(odd.map((mutation) => mutation.name)).toEqual([]);
});

test('a list is a Relay connection: edges, nodes, pageInfo, totalCount, and pages in both directions', () => {
  const odd: string[] = [];
  for (const type of ours())
    for (const [name, field] of fieldsOf(type)) {
      const target = getNamedType(field.type);
      if (!target.name.endsWith('Connection') || !isObjectType(target)) continue;
      const args = field.args.map((arg) => arg.name);
      const pages = ['first', 'after', 'last', 'before'].every((arg) => args.includes(arg));
      const whole = ['edges', 'nodes', 'pageInfo', 'totalCount'].every((each) => each in target.getFields());
      if (!pages || !whole) odd.push(`${type.name}.${name}`);
    }
  expect(odd).toEqual([]);
});

test('no field anywhere is named after the national identification number', () => {
  const named = ours().flatMap((type) => fieldsOf(type).map(([name]) => `${type.name}.${name}`));
  expect(named.filter((name) => /\b(nir|nss|socialSecurity)/i.test(name.split('.')[1]!))).toEqual([]);
});
