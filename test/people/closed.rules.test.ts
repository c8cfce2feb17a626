import { Category } from '../../src/people/access.rules.ts';
import { mayOpen, type Holder } from '../../src/people/closed.rules.ts';

const holder = (kind: string, remit: string | null = null, employs = false): Holder => ({
  kind,
  remit,
  employs,
});
const closed = (to: Holder) => Object.values(Category).filter((category) => !mayOpen(category, to));

/** docs/domain.md §7, organisation by organisation. */
test.each([
  ['the council', holder('COUNCIL'), []],
  ['a PLIE', holder('PLIE'), []],
  ['an association', holder('ASSOCIATION'), []],
  ['a social centre', holder('COMMUNE', 'CCAS'), []],
  ['an association that employs', holder('ASSOCIATION', null, true), ['ENTITLEMENTS', 'HEALTH', 'JUSTICE']],
  ['an insertion enterprise', holder('INSERTION_ENTERPRISE'), ['ENTITLEMENTS', 'HEALTH', 'JUSTICE']],
  ['a company', holder('COMPANY'), ['ENTITLEMENTS', 'HEALTH', 'JUSTICE']],
  ['a town hall', holder('COMMUNE'), ['HEALTH', 'JUSTICE']],
  ['a State service', holder('STATE_SERVICE', 'EMPLOYMENT'), ['HEALTH', 'JUSTICE']],
  ['a benefits fund', holder('BENEFITS_FUND'), Object.values(Category)],
])('the law closes to %s what no grant can open', (_, to, expected) => {
  expect(closed(to)).toEqual(expected);
});
