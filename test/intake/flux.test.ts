import sql from 'sql-template-tag';
import { FluxFault } from '../../src/intake/flux/fault.ts';
import { undoFlux } from '../../src/intake/flux/undo.ts';
import { asSuperuser } from '../kit/copy.ts';
import { sweep } from '../kit/doubles.ts';
import { fluxXml, forbidden, readIn, type FileOf, type HouseholdOf } from '../kit/flux.ts';
import { coordinator, followers, registerPerson } from '../kit/people.ts';
import { type Asking, type Partner, World } from '../kit/world.ts';

/** The monthly files of the CAF and the MSA: who has a right to a minimum income, and nothing else of anybody. */

let world: World;
let council: Partner;
let plie: Partner;
let manager: Asking;
let serial = 0;

beforeAll(async () => {
  world = await World.open();
  ({ council, plie } = await followers(world));
  manager = await coordinator(council);
});
afterAll(() => world.close());

/** A fund of its own for each test: another's files are no matter of it. */
const aFund = (): [string, string] => ['CAF', String(100 + ++serial)];
const household = (fund: [string, string], over: HouseholdOf = {}): HouseholdOf => ({
  ...{ fund, matricule: String(7_000_000 + ++serial) },
  adults: [{ name: `GUIVARCH${String.fromCharCode(65 + (serial % 26), 65 + Math.floor(serial / 26))}` }],
  ...over,
});
const reading = (of: FileOf, options = {}) => readIn(world, manager, of, options);

interface Right {
  id: string;
  person: string;
  role: string;
  periods: string[];
}
/** What stands of the rights with a fund: `OPEN 2026-03-01–2026-10-01`. */
const rightsWith = ([kind, number]: [string, string]): Promise<Right[]> =>
  world.rows(sql`select entitlement.id, entitlement.person_id as person, role,
      array(select concat_ws(' ', state, from_day || '–' || coalesce(until_day::text, ''), reason) from entitlement_period
        where entitlement_id = entitlement.id and known_until is null order by from_day) as periods
    from entitlement join person_identity using (person_id) where organism = ${`${kind} ${number}`} order by last_name, first_name`);

describe('each state of a file', () => {
  test.each([
    ['0', ['REQUESTED 2026-03-12–']],
    ['1', ['REFUSED 2026-05-04– NOT_ELIGIBLE']],
    ['2', ['OPEN 2026-03-01–']],
    ['3', ['SUSPENDED 2026-09-01– RESOURCES']],
    ['4', ['SUSPENDED 2026-10-01– DECLARATION_MISSING']],
    ['5', ['CLOSED 2026-10-01– NOTHING_DUE']],
    ['6', ['CLOSED 2026-08-01– COUNCIL_DECISION']],
  ])('ETATDOSRSA %s', async (state, periods) => {
    const fund = aFund();
    await reading({ households: [household(fund, { state })] });
    expect(await rightsWith(fund)).toEqual([expect.objectContaining({ periods })]);
  });

  test('why somebody is in hospital, has no permit or gets the AAH is not kept', async () => {
    const fund = aFund();
    const beside = (code: string) =>
      `<SuspensionDroit><MOTISUSDRORSA>${code}</MOTISUSDRORSA><DDSUSDRORSA>2026-09-01</DDSUSDRORSA></SuspensionDroit>`;
    const households = ['44', '04', '97', '19'].map((code, nth) =>
      household(fund, { state: '3', situation: beside(code), adults: [{ name: `TANGUY${'ABCD'[nth]}` }] }));
    await reading({ households });
    for (const { periods } of await rightsWith(fund)) expect(periods).toEqual(['SUSPENDED 2026-09-01– OTHER']);
  }); // prettier-ignore
});

test('two months in a row: what goes on, is suspended, ends, begins; what was believed stays with when it was', async () => {
  const fund = aFund();
  const [stays, suspended, ends, begins] = ['ALLAIN', 'BIHAN', 'COAT', 'DERRIEN'].map((name) => household(fund, { adults: [{ name }] })); // prettier-ignore
  const first = await reading({ on: '2026-09-30', households: [stays!, suspended!, ends!] });
  expect(first.counts).toEqual({ created: 3, changed: 0, unchanged: 0, refused: 0 });
  world.clock.advanceDays(1);
  const next = await reading({
    on: '2026-10-31',
    households: [stays!, { ...suspended!, state: '4' }, { ...ends!, state: '5' }, begins!],
  });
  expect(next.told).toEqual(['UNCHANGED', 'CHANGED', 'CHANGED', 'CREATED']);
  expect((await rightsWith(fund)).map(({ periods }) => periods)).toEqual([
    ['OPEN 2026-03-01–'],
    ['OPEN 2026-03-01–2026-10-01', 'SUSPENDED 2026-10-01– DECLARATION_MISSING'],
    ['OPEN 2026-03-01–2026-10-01', 'CLOSED 2026-10-01– NOTHING_DUE'],
    ['OPEN 2026-03-01–'],
  ]);
  const [, { id }] = (await rightsWith(fund)) as [Right, Right];
  const read = `{ node(id: "${id}") { ... on Entitlement { corrected { state from until knownFrom knownUntil } } } }`;
  const { corrected } = (await manager.get(read)).node;
  expect(corrected).toEqual([expect.objectContaining({ state: 'OPEN', from: '2026-03-01', until: null })]);
  expect(corrected[0].knownFrom < corrected[0].knownUntil).toBe(true);
});

test('the same file twice changes nothing and tells nobody', async () => {
  const file = { households: [household(aFund())] };
  await reading(file);
  const events = () => world.rows(sql`select count(*)::int as n from event`);
  const before = await events();
  const { counts } = await reading(file);
  expect(counts).toEqual({ created: 0, changed: 0, unchanged: 1, refused: 0 });
  expect(await events()).toEqual(before);
});

test('a file of an earlier day is refused whole; with --backfill it says what was so then', async () => {
  const fund = aFund();
  const one = household(fund, { adults: [{ name: 'FLOCH', duties: true }] });
  await reading({ on: '2026-10-31', households: [one] });
  const older = { on: '2026-06-30', households: [{ ...one, state: '4', situation: '<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2026-06-01</DDSUSVERSRSA></SuspensionVersement>' }] }; // prettier-ignore
  await expect(reading(older)).rejects.toMatchObject({ rule: 'OLDER' });
  await reading(older, { backfill: true });
  expect((await rightsWith(fund))[0]!.periods).toEqual([
    'OPEN 2026-03-01–2026-06-01',
    'SUSPENDED 2026-06-01–2026-07-01 DECLARATION_MISSING',
    'OPEN 2026-07-01–',
  ]);
});

test('absence from a file is a line of the report, not a closure', async () => {
  const fund = aFund();
  const [gone, stays] = [household(fund, { adults: [{ name: 'GALL' }] }), household(fund, { adults: [{ name: 'HAMON' }] })]; // prettier-ignore
  await reading({ on: '2026-09-30', households: [gone, stays] });
  const { told, absent } = await reading({ on: '2026-10-31', households: [stays] });
  expect(told).toEqual(['UNCHANGED', 'UNCHANGED ABSENT']);
  expect(absent).toBe(1);
  expect((await rightsWith(fund))[0]!.periods).toEqual(['OPEN 2026-03-01–']);
});

test('of a household two adults are two people, neither of whom leads to the other; of its children nobody', async () => {
  const fund = aFund();
  const adults = [
    { name: 'JEZEQUEL', first: 'MARIE' },
    { name: 'KERVELLA', first: 'YANN', born: '1985-04-05', role: 'CJT' as const },
  ];
  await reading({ households: [household(fund, { adults })] });
  const rights = await rightsWith(fund);
  expect(rights.map(({ role }) => role)).toEqual(['ALLOCATAIRE', 'SPOUSE']);
  const [{ person }, { person: spouse }] = rights as [Right, Right];
  expect(person).not.toBe(spouse);
  await manager.run('assignReferent', 'ReferentAssignment', { person, organisation: plie.id, legalBasis: 'PUBLIC_INTEREST' }, 'person { id }'); // prettier-ignore
  const referent = await coordinator(plie);
  const asked = (id: string) => `{ person(id: "${id}") { entitlements { nodes { role } } } }`;
  expect((await referent.get(asked(person))).person.entitlements.nodes).toEqual([{ role: 'ALLOCATAIRE' }]);
  expect((await referent.get(asked(spouse))).person).toBeNull();
});

describe('who they are', () => {
  const identity = { lastName: 'Le Goff', birthName: 'Morvan', firstName: 'Anaïs', birthDate: '1990-05-17' };
  const adult = { name: 'LE GOFF', birthName: 'MORVAN', first: 'ANAÏS', born: '1990-05-17' };
  const ofFile = async (over: object) => {
    const fund = aFund();
    const { told } = await reading({ households: [household(fund, { adults: [{ ...adult, ...over }] })] });
    return { told, person: (await rightsWith(fund))[0]!.person };
  };

  test('somebody a partner follows is known by names and birth date: no second record, and the referent reads the right', async () => {
    const referent = await coordinator(plie);
    const { id } = await registerPerson(referent, { identity, referent: {} });
    const { told, person } = await ofFile({});
    expect(told).toEqual(['CREATED MATCHED']);
    expect(person).toBe(id);
    const read = `{ person(id: "${id}") { entitlements { nodes { organism } } } }`;
    expect((await referent.get(read)).person.entitlements.nodes).toHaveLength(1);
  });

  test('by the France Travail number, though the name is another now', async () => {
    const numbers = { franceTravail: '4411122A' };
    const { id } = await registerPerson(manager, { identity: { ...identity, lastName: 'Salou', birthName: null, birthDate: '1971-01-01' }, numbers }); // prettier-ignore
    const same = { name: 'TREGUER', birthName: 'TREGUER', born: '1971-01-01', number: '4411122A' };
    expect(await ofFile(same)).toEqual({ told: ['CREATED MATCHED'], person: id });
  });

  test('nobody known: registered with the council, in nobody’s portfolio, under the names and commune of the file', async () => {
    const { told, person } = await ofFile({ name: 'OLLIVIER', birthName: 'OLLIVIER', number: '4411199Z' });
    expect(told).toEqual(['CREATED']);
    const read = `{ person(id: "${person}") { reference identity { lastName firstName birthName birthDate } numbers { franceTravail }
      contact { commune { code } address } referent { since } } }`;
    expect((await manager.get(read)).person).toEqual({
      reference: expect.stringMatching(/^P-/),
      identity: { lastName: 'OLLIVIER', firstName: 'ANAÏS', birthName: null, birthDate: '1990-05-17' },
      numbers: { franceTravail: '4411199Z' },
      contact: { commune: { code: '44109' }, address: null },
      referent: null,
    });
  });

  test('homonyms go to the report and are not merged: a human is asked', async () => {
    const twice = { lastName: 'Quere', firstName: 'Marc', birthDate: '1980-03-04' };
    const one = await registerPerson(await coordinator(plie), { identity: twice, numbers: { franceTravail: '4400001A' } }); // prettier-ignore
    const { told, person } = await ofFile({ name: 'QUERE', birthName: 'QUERE', first: 'MARC', born: '1980-03-04', number: '4400002B' }); // prettier-ignore
    expect(told).toEqual(['CREATED HOMONYM']);
    expect(person).not.toBe(one.id);
    const again = await ofFile({ name: 'QUERE', birthName: 'QUERE', first: 'MARC', born: '1980-03-04' });
    expect(again.told).toEqual(['CREATED HOMONYM']);
    await sweep(world);
    const links = await world.rows(sql`select state from person_link where person_id = ${again.person}`);
    expect(links).toEqual([{ state: 'PROPOSED' }]);
  });

  test('one adult in two households of one file is one person', async () => {
    const fund = aFund();
    const adults = [{ name: 'RIOU', first: 'LENA' }];
    const { told } = await reading({ households: [household(fund, { adults, state: '5' }), household(fund, { adults })] }); // prettier-ignore
    expect(told).toEqual(['CREATED', 'CREATED MATCHED']);
    expect(new Set((await rightsWith(fund)).map(({ person }) => person)).size).toBe(1);
  });

  test('one adult in two households, once with one first name more, or under another name with the same number, is one person', async () => {
    const fund = aFund();
    const of = (...adults: NonNullable<HouseholdOf['adults']>) => adults.map((each) => household(fund, { adults: [each] })); // prettier-ignore
    const longer = of({ name: 'SALAUN', first: 'MARIE' }, { name: 'SALAUN', first: 'MARIE ANNE' });
    const renamed = of({ name: 'TOULLEC', born: '1979-02-03', number: '4477001A' }, { name: 'UGUEN', born: '1979-02-03', number: '4477001A' }); // prettier-ignore
    const { told } = await reading({ households: [...longer, ...renamed] });
    expect(told).toEqual(['CREATED', 'CREATED MATCHED', 'CREATED', 'CREATED MATCHED']);
    expect(new Set((await rightsWith(fund)).map(({ person }) => person)).size).toBe(2);
  });

  test('the MSA has files of its own', async () => {
    const fund: [string, string] = ['MSA', '448'];
    await reading({ households: [household(fund, { adults: [{ name: 'SEVELLEC' }] })] });
    expect(await rightsWith(fund)).toHaveLength(1);
  });
});

describe('who moves to another département', () => {
  const leaving = { fund: 'CAF', number: '351', on: '2026-10-10' };

  test('the right closes, who follows is told, the council’s access ends a month later, and comes back with the person', async () => {
    const fund = aFund();
    const one = household(fund, { adults: [{ name: 'TALLEC' }] });
    await reading({ on: '2026-09-30', households: [one] });
    const { told } = await reading({ on: '2026-10-31', households: [{ ...one, leaving }] });
    expect(told).toEqual(['CHANGED LEFT_TERRITORY']);
    const [{ id, person, periods }] = (await rightsWith(fund)) as [Right];
    expect(periods).toEqual(['OPEN 2026-03-01–2026-10-10', 'CLOSED 2026-10-10– LEFT_TERRITORY']);
    expect(await world.rows(sql`select audience from event where subject_id = ${id} and type = 'entitlement.transferred'`)).toEqual([{ audience: [council.id] }]); // prettier-ignore
    const seen = async () => (await manager.get(`{ person(id: "${person}") { id } }`)).person;
    expect(await seen()).toEqual({ id: person });
    const today = world.clock.now();
    world.clock.advanceDays(32);
    expect(await seen()).toBeNull();
    await reading({
      on: '2026-11-30',
      households: [{ ...one, arriving: '2026-11-20', applied: '2026-11-21' }],
    });
    expect(await seen()).toEqual({ id: person });
    world.clock.set(today);
  });

  test('one household moves away, and one of them has a right in another that stays: the council goes on following', async () => {
    const fund = aFund();
    const adults = [{ name: 'VIGOUROUX' }];
    const [moves, stays] = [household(fund, { adults }), household(fund, { adults })];
    await reading({ on: '2026-09-30', households: [moves, stays] });
    const ending = async () => {
      const [{ person }] = (await rightsWith(fund)) as [Right];
      return (await world.rows(sql`select 1 from person_access where person_id = ${person} and valid_until is not null`)).length; // prettier-ignore
    };
    await reading({ on: '2026-10-31', households: [{ ...moves, leaving }, stays] });
    expect(await ending()).toBe(0);
    await reading({
      on: '2026-11-30',
      households: [{ ...stays, leaving: { ...leaving, on: '2026-11-10' } }],
    });
    expect(await ending()).toBeGreaterThan(0);
  });

  test('to another fund of the same département: nobody loses sight of anybody', async () => {
    const fund = aFund();
    const one = household(fund, { adults: [{ name: 'URIEN' }] });
    await reading({ on: '2026-10-31', households: [{ ...one, leaving: { ...leaving, fund: 'MSA', number: `${fund[1].slice(0, 2)}0` } }] });
    const [{ person, periods }] = (await rightsWith(fund)) as [Right];
    expect(periods).toEqual(['CLOSED 2026-10-10– FUND_CHANGED']);
    const ending = sql`select 1 from person_access where person_id = ${person} and valid_until is not null`;
    expect(await world.rows(ending)).toEqual([]);
  }); // prettier-ignore
});

describe('a file that is not what the schema says is refused whole, by line and rule', () => {
  const good = () => fluxXml({ households: [{ matricule: '99', adults: [{ name: 'NOBODY' }] }] });
  const refused: [string, string, number, (xml: string) => string][] = [
    ['an element out of its place', 'ELEMENT', 8, (xml) => xml.replace('<QUAL>MME</QUAL>', '').replace('</DemandeRSA>', '</DemandeRSA><AUTRE/>')],
    ['an element out of its order', 'ORDER', 9, (xml) => xml.replace('<SEXE>2</SEXE>', '<QUAL>MME</QUAL><SEXE>2</SEXE>')],
    ['an element that is missing', 'TIMES', 9, (xml) => xml.replace('<SEXE>2</SEXE>', '')],
    ['an element once too often', 'TIMES', 9, (xml) => xml.replace('<SEXE>2</SEXE>', '<SEXE>2</SEXE><SEXE>2</SEXE>')],
    ['one benefit of two', 'TIMES', 13, (xml) => xml.replace(/ {3}<Prestations><NATPREST>PFA.*\n/, '\n')],
    ['a year that is none', 'DATE', 8, (xml) => xml.replace('<DTDEMRSA>2026', '<DTDEMRSA>0000')],
    ['no XML within a NIR', 'XML', 9, (xml) => xml.replace('<NIR>', '<NIR>&nbsp;')],
    ['a text without end', 'LENGTH', 9, (xml) => xml.replace('<NIR>', `<NIR>${'NOBODY '.repeat(400_000)}`)],
    ['no day', 'DATE', 9, (xml) => xml.replace('1988-01-02', '1988-02-30')],
    ['a code of no list', 'CODE', 32, (xml) => xml.replace('<ETATDOSRSA>2', '<ETATDOSRSA>9')],
    ['a fund of another kind', 'CODE', 6, (xml) => xml.replace('<FONORG>CAF', '<FONORG>CPA')],
    ['a number that is none', 'NUMBER', 6, (xml) => xml.replace('<MATRICULE>99', '<MATRICULE>9 9')],
    ['neither yes nor no', 'BOOLEAN', 17, (xml) => xml.replace(/<Grossesse>/, '<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>oui</TOPPERSDRODEVORSA></MontantCalculDroitRSAPersonne><Grossesse>')],
    ['a name too long', 'LENGTH', 9, (xml) => xml.replace('NOBODY', 'N'.repeat(29))],
    ['other households than it says', 'TOTAL', 38, (xml) => xml.replace('>00000001<', '>00000002<')],
    ['cut short', 'TRUNCATED', 17, (xml) => xml.slice(0, xml.indexOf('<Grossesse>'))],
    ['no XML', 'XML', 7, (xml) => xml.replace('</TYPEPARTE>', '</TYPE>')],
    ['entities of its own', 'DOCTYPE', 2, (xml) => xml.replace('<Racine', '<!DOCTYPE a [<!ENTITY b "c">]><Racine')],
    ['UTF-8 by its word, windows-1252 by its bytes', 'ENCODING', 1, (xml) => xml.replace('windows-1252', 'UTF-8').replace('NOBODY', 'NOBODÉ')],
    ['windows-1252 by its word, UTF-8 by its bytes', 'ENCODING', 9, (xml) => xml.replace('NOBODY', 'NOBODÃ‰'.replace('‰', '\u0089'))],
    ['an encoding nobody reads', 'ENCODING', 1, (xml) => xml.replace('windows-1252', 'ebcdic-fr')],
  ]; // prettier-ignore

  test.each(refused)('%s: %s', async (_, rule, line, spoil) => {
    const count = () => world.rows(sql`select (select count(*)::int from entitlement) as rights, (select count(*)::int from person) as people`); // prettier-ignore
    const before = await count();
    const fault = await readIn(world, manager, spoil(good())).catch((error: FluxFault) => error);
    expect(fault).toBeInstanceOf(FluxFault);
    expect([rule, (fault as FluxFault).rule, (fault as FluxFault).line]).toEqual([rule, rule, line]);
    expect((fault as Error).message).not.toMatch(/NOBOD|1988|99\b/);
    expect(await count()).toEqual(before);
  });

  test('households of two funds in one file', async () => {
    const file = { households: [household(aFund()), household(aFund())] };
    await expect(reading(file)).rejects.toMatchObject({ rule: 'ORGANISM' });
  });
});

test('rows no record can be made of are refused alone, each by its rule', async () => {
  const fund = aFund();
  const twice = household(fund, { adults: [{ name: 'VOURCH' }] });
  const { told } = await reading({
    households: [
      household(fund, { adults: [{ name: '-' }] }),
      household(fund, { adults: [{ name: 'WEBER', born: '2090-01-01' }] }),
      household(fund, { adults: [{ name: `1840744109123` }] }),
      household(fund, { adults: [] }),
      ...[twice, twice],
    ],
  });
  expect(told.filter((each) => each.startsWith('REFUSED'))).toEqual(
    ['NAME', 'BIRTH_DATE', 'NIR', 'NO_ADULT', 'TWICE'].map((rule) => `REFUSED ${rule}`),
  );
  expect(told).toContain('CREATED');
});

test('what a file holds beside the allow-list stands nowhere after: no NIR, no amount, no child, no street', async () => {
  const fund = aFund();
  // at the MSA the number of the household is the NIR of who applied
  const matricule = forbidden.nir;
  const file = {
    households: [
      household(fund, { matricule, adults: [{ name: 'YHUEL', duties: true, number: '4455566X' }] }),
    ],
  };
  const { verdicts } = await reading(file);
  await reading({ ...file, on: '2026-11-30', households: [{ ...file.households[0]!, state: '3' }] });
  const secret = [forbidden.nir, forbidden.nir.slice(0, 13), ...forbidden.amounts, ...forbidden.words];
  const read = await asSuperuser(world.server.database, async (client) => {
    const tables = await client.query<{
      name: string;
    }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('commune', 'epci')`);
    const naming: string[] = [];
    for (const { name } of tables.rows) {
      const text = JSON.stringify((await client.query(`select * from ${name}`)).rows);
      if (text.includes('YHUEL')) naming.push(name);
      expect({ name, holds: secret.filter((each) => text.includes(each)) }).toEqual({ name, holds: [] });
    }
    return naming;
  });
  expect(read).toEqual(['public.person_identity']); // the dump does see what was written
  expect(secret.filter((each) => JSON.stringify(verdicts).includes(each))).toEqual([]);
  expect(JSON.stringify(verdicts)).not.toContain('YHUEL');
});

test('a dry run says what would happen and writes nothing', async () => {
  const fund = aFund();
  const { told, batch } = await reading({ households: [household(fund)] }, { dryRun: true });
  expect({ told, batch }).toEqual({ told: ['CREATED'], batch: null });
  expect(await rightsWith(fund)).toEqual([]);
});

test('a dry run of the next month misses only those who stand in no row of it', async () => {
  const fund = aFund();
  const [gone, stays] = ['ISAAC', 'JAFFRES'].map((name) => household(fund, { adults: [{ name }] })) as [HouseholdOf, HouseholdOf]; // prettier-ignore
  await reading({ on: '2026-09-30', households: [gone, stays] });
  const { told, absent } = await reading({ on: '2026-10-31', households: [stays] }, { dryRun: true });
  expect({ told, absent }).toEqual({ told: ['UNCHANGED', 'UNCHANGED ABSENT'], absent: 1 });
});

test('two runs of one file at once make each person and right once', async () => {
  const fund = aFund();
  const households = ['AMIL', 'BOUCHER', 'CREACH'].map((name) => household(fund, { adults: [{ name }] }));
  const runs = await Promise.all([reading({ households }), reading({ households })]);
  expect(runs.map(({ counts }) => counts.created).reduce((a, b) => a + b)).toBe(3);
  expect(await rightsWith(fund)).toHaveLength(3);
});

test('a run cut off leaves nothing half-done: the same command goes on with the rest', async () => {
  const fund = aFund();
  const households = ['DENIEL', 'EVEN'].map((name) => household(fund, { adults: [{ name }] }));
  const stop = new AbortController();
  const cut = await reading({ households }, { signal: stop.signal, onVerdicts: () => undefined, onProgress: () => stop.abort() }); // prettier-ignore
  expect(cut.stopped).toBe(true);
  const rest = await reading({ households });
  expect(rest.counts.created).toBe(2);
  const files = await world.rows(
    sql`select state, created from entitlement_import where organism = ${fund.join(' ')}`,
  );
  expect(files).toEqual([{ state: 'DONE', created: 2 }]);
});

describe('undone', () => {
  test('whom it registered is anonymous again, what it closed is open again, and the file can be read in anew', async () => {
    const fund = aFund();
    const [stays, comes] = [household(fund, { adults: [{ name: 'FAGON' }] }), household(fund, { adults: [{ name: 'GOURMELEN' }] })]; // prettier-ignore
    await reading({ on: '2026-09-30', households: [stays] });
    const second: FileOf = { on: '2026-10-31', households: [{ ...stays, state: '5' }, comes] };
    const { batch } = await reading(second);
    expect(await undoFlux(world.db, batch!)).toEqual({ removed: 1, restored: 1, kept: [] });
    expect((await rightsWith(fund)).map(({ periods }) => periods)).toEqual([['OPEN 2026-03-01–']]);
    expect((await reading(second)).told).toEqual(['CHANGED', 'CREATED']);
    expect((await rightsWith(fund)).map(({ periods }) => periods)).toEqual([
      ['OPEN 2026-03-01–2026-10-01', 'CLOSED 2026-10-01– NOTHING_DUE'],
      ['OPEN 2026-03-01–'],
    ]);
  });

  test('whom it registered with two rights is anonymous again', async () => {
    const fund = aFund();
    const adults = [{ name: 'INIZAN' }];
    const { batch } = await reading({ households: [household(fund, { adults, state: '5' }), household(fund, { adults })] }); // prettier-ignore
    expect(await undoFlux(world.db, batch!)).toEqual({ removed: 1, restored: 1, kept: [] });
    expect(await rightsWith(fund)).toEqual([]);
  });

  test('a file of a wrong day does not make those that follow ones of an earlier day', async () => {
    const fund = aFund();
    const one = household(fund, { adults: [{ name: 'KERDRAON' }] });
    await reading({ on: '2026-09-30', households: [one] });
    const { batch } = await reading({ on: '2062-10-31', households: [one] });
    await undoFlux(world.db, batch!);
    await reading({ on: '2026-10-31', households: [{ ...one, state: '4' }] });
    expect((await rightsWith(fund))[0]!.periods).toEqual([
      'OPEN 2026-03-01–2026-10-01',
      'SUSPENDED 2026-10-01– DECLARATION_MISSING',
    ]);
  });

  test('of what a later file told more the first is not undone', async () => {
    const fund = aFund();
    const one = household(fund, { adults: [{ name: 'HELIAS' }] });
    const { batch } = await reading({ on: '2026-09-30', households: [one] });
    await reading({ on: '2026-10-31', households: [{ ...one, state: '4' }] });
    const { kept } = await undoFlux(world.db, batch!);
    expect(kept).toHaveLength(1);
    expect((await rightsWith(fund))[0]!.periods).toHaveLength(2);
  });
});

test('a fund reads the reports of its own files and nothing else', async () => {
  const caf = await world.organisation({ kind: 'BENEFITS_FUND' });
  const msa = await (await world.organisation({ kind: 'BENEFITS_FUND' })).member();
  const fund = aFund();
  await reading({ households: [household(fund), household(fund, { adults: [] })] }, { fund: caf.id });
  await expect(reading({ households: [household(fund)], total: 5 })).rejects.toBeInstanceOf(FluxFault);
  const asked = '{ entitlementImports { nodes { organism referenceOn state created refused refusals { rule count } faultRule faultLine sha256 fileDeletedAt } } }'; // prettier-ignore
  const member = await caf.member();
  const { nodes } = (await member.get(asked)).entitlementImports;
  expect(nodes).toEqual([
    expect.objectContaining({ state: 'REFUSED', faultRule: 'TOTAL', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    expect.objectContaining({ organism: fund.join(' '), state: 'DONE', created: 1, refused: 1, refusals: [{ rule: 'NO_ADULT', count: 1 }] }),
  ]); // prettier-ignore
  expect((await msa.get(asked)).entitlementImports.nodes).toEqual([]);
  expect((await member.get('{ people { totalCount } }')).people.totalCount).toBe(0);
});

test('nobody but the council reads a flux in', async () => {
  const other = await coordinator(plie);
  await expect(readIn(world, other, { households: [household(aFund())] })).rejects.toThrow(/council/);
});
