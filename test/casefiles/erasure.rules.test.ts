import { isReference } from '../../src/casefiles/erasure.rules.ts';

test('a reference is typed again as it is said on the telephone', () => {
  expect(['P-7K3M2Q', 'p7k3m2q', ' P 7K3 M2Q '].map((typed) => isReference(typed, 'P-7K3M2Q'))).toEqual([
    ...[true, true, true],
  ]);
  expect(['', 'P-', 'P-7K3M2', 'P-7K3M2QQ'].some((typed) => isReference(typed, 'P-7K3M2Q'))).toBe(false);
});
