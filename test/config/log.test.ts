import { serializers } from '../../src/config/log.ts';

test('a row that PostgreSQL refused is not in the log, what it refused and why is', () => {
  const refused = Object.assign(new Error('violates check constraint "person_identity_name"'), {
    ...{ code: '23514', detail: 'Failing row contains (per_1, Quemeneur).', where: 'lastName = Quemeneur' },
  });
  const told = JSON.stringify(serializers.err(refused));
  expect(told).not.toContain('Quemeneur');
  expect(told).toContain('23514');
  expect(told).toContain('person_identity_name');
});
