import pg from 'pg';
import { mayOpen } from '../../src/people/closed.rules.ts';
import { TargetPublic } from '../../src/programme/public.rules.ts';
import { categoriesOf, checkSituation } from '../../src/people/situation.rules.ts';
import { templateDatabase, urlsOf } from '../kit/cluster.ts';

const publics = Object.keys(TargetPublic) as TargetPublic[];

/** docs/domain.md §7, public by public: whom the law closes it to, and what must be open to the others. */
test.each([
  ['RSA', ['ENTITLEMENTS']],
  ['ASS', ['ENTITLEMENTS']],
  ['DETLD', ['ENTITLEMENTS']],
  ['DELD', ['ENTITLEMENTS']],
  ['AAH', ['HEALTH']],
  ['TH', ['HEALTH']],
  ['DETENTION_MJ', ['JUSTICE']],
  ['ASE', ['JUSTICE']],
  ['REF_DA', ['IDENTITY', 'JUSTICE']],
  ['PSH_PR', ['CONTACT', 'JUSTICE']],
  ['QPV', ['CONTACT']],
  ['ZRR', ['CONTACT']],
  ['CAP_BEP', ['PROFILE']],
  ['FLE', ['PROFILE']],
  ['PI', ['NEEDS']],
  ['PM', ['NEEDS']],
] as [TargetPublic, string[]][])('%s is read where %j are open', (code, categories) => {
  expect(categoriesOf(code)).toEqual(categories);
});

test('to an employer, a State service and a town hall the law closes every criterion it protects', () => {
  const closed = [{ kind: 'COMPANY' }, { kind: 'STATE_SERVICE' }, { kind: 'COMMUNE' }].map((holder) =>
    publics.filter((code) =>
      categoriesOf(code).some((each) => !mayOpen(each, { remit: null, employs: false, ...holder })),
    ),
  );
  const protectedOnes = ['AAH', 'ASE', 'TH', 'PSH_PR', 'REF_DA', 'DETENTION_MJ'];
  expect(closed[1]).toEqual(protectedOnes);
  expect(closed[2]).toEqual(protectedOnes);
  expect(closed[0]).toEqual(expect.arrayContaining([...protectedOnes, 'RSA', 'DELD']));
});

test('PostgreSQL derives the same categories from the code, and none from an unknown one', async () => {
  const owner = new pg.Client({ connectionString: urlsOf(templateDatabase).owner });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ name: string; expression: string }>(
      `select attname as name, pg_get_expr(adbin, adrelid) as expression from pg_attrdef
         join pg_attribute on attrelid = adrelid and attnum = adnum
       where adrelid = 'person_situation'::regclass and attgenerated = 's' order by 1`,
    );
    const [category, sensitive] = rows.map(({ expression }) => expression);
    const derived = await owner.query<{ public: string; category: string | null; sensitive: boolean }>(
      `select public, ${category} as category, ${sensitive} as sensitive
       from unnest($1::text[]) public`,
      [[...publics, 'SENIOR']],
    );
    expect(derived.rows).toEqual([
      ...publics.map((code) => {
        const [first, also] = categoriesOf(code);
        return { public: code, category: first, sensitive: also === 'JUSTICE' };
      }),
      { public: 'SENIOR', category: null, sensitive: false },
    ]);
  } finally {
    await owner.end();
  }
});

test('what is stated is true from a day that has come, until a day not before it', () => {
  const refused = (days: Parameters<typeof checkSituation>[0]) => () => checkSituation(days, '2026-11-23');
  checkSituation({ statedOn: '2026-11-23', until: '2027-05-01' }, '2026-11-23');
  expect(refused({ statedOn: '2026-11-24' })).toThrow(expect.objectContaining({ field: 'statedOn' }));
  expect(refused({ statedOn: '2026-11-23', until: '2026-11-22' })).toThrow(
    expect.objectContaining({ field: 'until' }),
  );
});
