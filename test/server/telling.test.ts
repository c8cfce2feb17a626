import { getOperationAST, parse, validate } from 'graphql';
import { buildSchema } from '../../src/server/schema.ts';
import { toldBy } from '../../src/server/telling.ts';

/** Of whom an answer may tell, by what is selected alone. */
const schema = buildSchema().executable;

test.each([
  ['NOBODY', 'person { reference ageBand version }'],
  ['NOBODY', 'userErrors { code }'],
  ['SUBJECT', 'person { identity { lastName } }'],
  ['SUBJECT', 'person { needs { nodes { theme } } }'],
  ['SUBJECT', '... on PersonPayload { person { ...named } }'],
  ['NOBODY', 'person { referrals { nodes { state } } }'],
  [
    'OTHERS',
    'person { referrals { nodes { vacancy { referrals { nodes { person { contact { phone } } } } } } } }',
  ],
  ['OTHERS', 'person { ...named referrals { nodes { person { ...named } } } }'],
])('%s: %s', (told, selection) => {
  const document = parse(`mutation ($input: PersonUpdate!) { updatePerson(input: $input) { ${selection} } }
    ${selection.includes('...named') ? 'fragment named on Person { identity { lastName } }' : ''}`);
  expect(validate(schema, document)).toEqual([]);
  expect(toldBy(schema, { document, operation: getOperationAST(document)! })).toBe(told);
});
