import { readFileSync } from 'node:fs';
import { codes } from '../../src/kernel/codes.ts';
import { AccessReason } from '../../src/people/access.rules.ts';
import { ReferralReason } from '../../src/referrals/reason.rules.ts';

const page = readFileSync('docs/privacy.md', 'utf8');
const schema = readFileSync('schema/schema.graphql', 'utf8');

const exceptions = page
  .split('## Declared exceptions')[1]!
  .split('\n## ')[0]!
  .split('\n')
  .filter((line) => /^\| (`|[a-z]).* \|$/.test(line) && !/^\| what \|/.test(line));
const named = exceptions.flatMap((line) =>
  [...line.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
);

test('what docs/privacy.md declares as exceptions exists: codes, reasons and fields', () => {
  expect(named).toEqual([
    'ALREADY_REFERRED',
    'OVERLAPPING_PLACEMENT',
    'NO_PLACE_LEFT',
    'PLACES_IN_USE',
    'STARTED_ELSEWHERE',
    'waitingRank',
    'senderContact',
    'verdicts',
    'workConstraints',
    'REFUSED_RECENTLY',
    'iaeEligibility',
    'warnings',
    'ALREADY_EXISTS',
    'breakGlass',
    'glassBroken',
  ]);
  for (const name of named)
    expect([name, name in codes || name in ReferralReason || schema.includes(`  ${name}`)]).toEqual([
      name,
      true,
    ]);
});

test('the table of stages names every reason for which something opens', () => {
  expect(Object.keys(AccessReason).filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
});
