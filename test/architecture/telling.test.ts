import '../../src/server/schema.ts';
import '../../src/server/resolvers.ts';
import { declared } from '../../src/db/table.ts';
import { tellingTypes } from '../../src/server/telling.ts';

/** Tables whose rows leave a line in the access log, and the types that show them: a new one says here what it is shown as. */
const shownAs: Record<string, string[]> = {
  person_identity: ['Identity'],
  person_contact: ['Contact'],
  person_number: ['PersonNumbers'],
  person_profile: ['Profile'],
  person_situation: ['Situation'],
  need: ['Need'],
  referent: ['Referent'],
  rectification: ['Rectification'],
  iae_pass: ['IaePass', 'IaeEligibility'],
  iae_diagnosis: ['IaeDiagnosis', 'IaeEligibility'],
  iae_criterion: ['IaeDiagnosis'],
};

test('a mutation that would show what the log notes is asked for its purpose first, whatever table it comes from', () => {
  const telling = [...declared.values()].filter(({ columns }) => / as "\$/.test(columns.text));
  expect(telling.map(({ name }) => name).sort()).toEqual(Object.keys(shownAs).sort());
  const types = Object.values(shownAs).flat();
  expect([...tellingTypes].sort()).toEqual([...new Set(types)].sort());
});
