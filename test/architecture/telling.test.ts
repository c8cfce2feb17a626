import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { buildSchema } from '../../src/server/schema.ts';
import '../../src/server/resolvers.ts';
import { declared } from '../../src/db/table.ts';
import { tellingTypes } from '../../src/server/telling.ts';
import { tells, wrappers, type Knowledge } from '../privacy/knowledge.ts';

/** Tables whose rows leave a line in the access log, and what test/privacy/knowledge.ts calls what their columns tell. */
const toldBy: Record<string, Knowledge> = {
  person_identity: 'identity',
  person_contact: 'contact',
  person_number: 'numbers',
  person_profile: 'profile',
  person_situation: 'entitlements',
  need: 'needs',
  assignment_line: 'profile',
  referent: 'pathway',
  rectification: 'history',
  entitlement: 'entitlements',
  entitlement_period: 'entitlements',
  iae_pass: 'pass',
  iae_diagnosis: 'pathway',
  iae_criterion: 'entitlements',
  pathway: 'pathway',
  pathway_step: 'pathway',
  engagement: 'pathway',
  engagement_review: 'pathway',
};

/** What says such a thing in other words than its knowledge there, and what says it of nobody's row. */
const also = [
  'IaeEligibility',
  'TimelineEntry',
  'Match',
  'MatchChange',
  'MatchReason',
  'MatchStanding',
  'MatchedRule',
];
const not: Record<string, string> = {
  Placement: 'warns that no pass is known to run, which no row says',
};

test('each table the log notes is known by what it tells', () => {
  const noted = [...declared.values()].filter(({ columns }) => / as "\$/.test(columns.text));
  expect(noted.map(({ name }) => name).sort()).toEqual(Object.keys(toldBy).sort());
});

/** Every type of the schema that holds a value of these: a new one is found by its fields, whose knowledge each must be said. */
test('a mutation that would show what the log notes is asked for its purpose first, by whatever type it is shown', () => {
  const types = Object.values(buildSchema().executable.getTypeMap()).filter(isObjectType);
  const logged = new Set<string | null>(Object.values(toldBy));
  const showing = types.filter((type) =>
    Object.values(type.getFields()).some(
      (field) => isLeafType(getNamedType(field.type)) && logged.has(tells(type.name, field.name)),
    ),
  );
  const names = showing.map(({ name }) => name).filter((name) => !wrappers.test(name) && !not[name]);
  expect([...tellingTypes].sort()).toEqual([...names, ...also].sort());
});
