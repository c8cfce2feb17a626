import { isObjectType, type GraphQLObjectType } from 'graphql';
import { buildSchema } from '../../src/server/schema.ts';
import { knowledge, tells, wrappers } from '../privacy/knowledge.ts';

/** Nobody adds a field without saying what it tells; who may learn that is then held by test/privacy. */
const schema = buildSchema().executable;
const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType =>
    isObjectType(type) &&
    !type.name.startsWith('__') &&
    type.name !== 'Mutation' &&
    !wrappers.test(type.name),
);
const fields = types.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

test('every field of the schema says there what it tells', () => {
  const untold = fields.filter((each) => tells(...(each.split('.') as [string, string])) === null);
  expect(untold).toEqual([]); // test/privacy/knowledge.ts: what does the field tell, and to whom (who-sees-what.ts)?
});

test('and nothing is named there that the schema does not have', () => {
  const named = Object.entries(knowledge).flatMap(([type, of]) =>
    Object.values(of).flatMap((names) => names.split(' ').map((name) => `${type}.${name}`)),
  );
  expect(named.filter((each) => !fields.includes(each))).toEqual([]);
});
