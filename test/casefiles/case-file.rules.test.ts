import { french } from '../../src/casefiles/french.rules.ts';
import { kinds, named, type Held } from '../../src/casefiles/held.rules.ts';
import { pageOf } from '../../src/casefiles/page.rules.ts';
import { sheetsOf } from '../../src/casefiles/sheet.rules.ts';
import { kept } from '../../src/casefiles/withheld.rules.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';

const nothing = Object.fromEntries(Object.keys(kinds).map((name) => [name, []])) as unknown as Held;
const asking = { by: 'PLIE de Nantes', phone: null, requestedOn: '2026-11-20', today: '2026-11-23', cut: [] };

test('a code is told by the French term of its description', () => {
  expect(french('ReferralState', 'DECLINED')).toBe('refusée');
  expect(french('Category', 'CONTACT')).toBe('coordonnées');
  expect(french('AccessReason', 'REFERENT')).toBe('vous accompagne');
  expect(french('NeedTheme', 'no such code')).toBe('no such code');
});

test('columns take the names of the interface, organisations and offers what people call them', () => {
  const id = 'org_01jd0000000000000000000000';
  const rows = named(
    { ...nothing, rights: [{ organisation_id: id, valid_from: 'x', told: [id, 3] }] },
    new Map([[id, 'PLIE']]),
  );
  expect(rows.rights).toEqual([{ organisation: 'PLIE', validFrom: 'x', told: ['PLIE', 3] }]);
});

test('a sheet opens in a spreadsheet and runs nothing', () => {
  const [sheet, ...others] = sheetsOf({
    ...nothing,
    notes: [{ text: '=HYPERLINK("x")', tags: ['a', 'b'], late: false, category: null }],
  });
  expect(others).toEqual([]);
  expect(sheet!.name).toBe('notes.csv');
  expect(sheet!.content).toBe(`\ufefftext;tags;late;category\n"'=HYPERLINK(""x"")";a, b;non;\n`);
});

test('what people typed is text on the page, and an empty file still says what one may ask', () => {
  const page = pageOf(
    { ...nothing, identity: [{ lastName: '# Moi\n- <b>x</b>', firstName: 'Zoé' }] },
    asking,
  );
  expect(page).toContain('- Nom : \\# Moi - \\<b\\>x\\</b\\>');
  expect(page).toContain('faite le 23 novembre 2026 par PLIE de Nantes, à votre demande du 20 novembre 2026');
  expect(page).toContain('## Vos besoins\n\nRien.');
  expect(page).toMatch(/CNIL/);
});

test('the page tells the reference and what is sought, and days as one says them', () => {
  const page = pageOf(
    {
      ...nothing,
      record: [{ reference: 'P-7K3M2Q', soughtKind: 'MOBILITY' }],
      identity: [{ birthDate: '1979-02-01' }],
    },
    asking,
  );
  expect(page).toContain('- Date de naissance : 1er février 1979');
  expect(page).toContain('- Votre référence, à dire au lieu de votre nom : P-7K3M2Q');
  expect(page).toContain('- Ce que vous cherchez : mobilité');
});

test('a page that had to be cut says so', () => {
  expect(pageOf(nothing, { ...asking, cut: ['accessLog'] })).toContain('qui a regardé votre dossier');
});

test('where the hub keeps no health data, rows of before are in no file', () => {
  const situations = [{ category: 'HEALTH' }, { category: 'JUSTICE' }];
  const of = (health: boolean) =>
    kept({ ...nothing, situations }, { ...hubViewer('test'), health }).situations;
  expect([of(false), of(true)]).toEqual([[{ category: 'JUSTICE' }], situations]);
});
