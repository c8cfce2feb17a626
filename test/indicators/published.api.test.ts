import loadHighs from 'highs';
import sql from 'sql-template-tag';
import { recountAll } from '../../src/indicators/figure.sweep.ts';
import { publishClosed } from '../../src/indicators/published.sweep.ts';
import { Past } from '../kit/figures.ts';
import { councilOf, World, type Asking } from '../kit/world.ts';

/** Two years of a département, in sets: people in EPCIs of very different sizes, half of them entitled. */
let world: World;
let past: Past;
let commune: Asking;
let state: Asking;
let council: Asking;

beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  past = await Past.open(world);
  commune = await (await world.organisation({ kind: 'COMMUNE' })).member();
  state = await (await world.organisation({ kind: 'STATE' })).member();
  await programme(past);
  await recountAll(world.db);
  expect(
    await publishClosed(world.db, (fault) => {
      throw fault;
    }),
  ).toMatchObject({ failed: 0 });
}, 60_000);
afterAll(() => world.close());

async function programme({ offer, sender, receiver }: Past) {
  const die = (salt: number, sides: number) => sql`((hashint8extended(n, ${salt}) & 9223372036854775807) % ${sides}::integer)::integer`;
  const id = (prefix: string) => sql`${prefix} || lpad(n::text, 24, '0')`;
  await world.db.write(world.hub, async (tx) => {
    await tx.change(sql`insert into person (id, reference, registered_by, epci_code, commune_code, created_at, updated_at)
      select ${id('per_01')}, 'P-F' || n, ${sender.id}, place.epci_code, case when place.population > 5000 then place.code end, '2024-06-01', '2024-06-01'
      from generate_series(1, 600) n join (select *, row_number() over (order by population desc) - 1 as at from commune where departement_code = '44') place
        on place.at = floor(40 * power(${die(1, 1000)} / 1000.0, 2))`);
    await tx.change(sql`insert into entitlement (id, person_id, benefit, role, organism, created_at, updated_at)
      select ${id('ent_01')}, ${id('per_01')}, 'RSA', 'ALLOCATAIRE', 'CAF', '2024-06-01', '2024-06-01' from generate_series(1, 600) n where n % 5 > 0`);
    await tx.change(sql`insert into entitlement_period (id, entitlement_id, person_id, state, from_day, known_from)
      select ${id('epd_01')}, ${id('ent_01')}, ${id('per_01')}, 'OPEN', '2020-01-01', '2024-06-01' from generate_series(1, 600) n where n % 5 > 0`);
    await tx.change(sql`insert into referral (id, person_id, offer_id, sender_id, receiver_id, state, origin, disclose, agreement_on, created_at, updated_at)
      select ${id('ref_01')}, ${id('per_01')}, ${offer}, ${sender.id}, ${receiver.id}, 'CLOSED', 'REFERRAL', 'AT_ACKNOWLEDGEMENT', '2024-06-01', '2024-06-01', '2024-06-01'
      from generate_series(1, 600) n`);
    await tx.change(sql`insert into placement (id, referral_id, person_id, offer_id, sender_id, receiver_id, state, origin, exclusive, takes_place, started_on, ended_on, end_reason, created_at, updated_at)
      select ${id('pla_01')}, ${id('ref_01')}, ${id('per_01')}, ${offer}, ${sender.id}, ${receiver.id}, 'ENDED', 'REFERRAL', false, false, day, least(day + 60 + ${die(3, 600)}, '2026-11-20'), 'COMPLETED', day, day
      from generate_series(1, 600) n, lateral (select date '2024-06-01' + ${die(2, 850)} as day) started`);
    await tx.change(sql`insert into outcome (placement_id, kind, contract_kind, from_day, ended_on, end_reason, known_from)
      select id, case when hashtext(id) % 3 = 0 then 'JOB' else 'UNEMPLOYED' end, case when hashtext(id) % 3 = 0 then 'PERMANENT' end, ended_on, ended_on, 'COMPLETED', ended_on from placement`);
    await tx.change(sql`insert into need (id, person_id, theme, opened_on, recorded_by, created_at, updated_at)
      select ${id('nee_01')}, ${id('per_01')}, case when n % 3 = 0 then 'SANTE' else 'LOGEMENT' end, '2026-09-20', ${sender.id}, '2026-09-20', '2026-09-20' from generate_series(1, 600) n where n % 4 > 0`);
  });
} // prettier-ignore

interface Cell {
  code: string;
  level: string;
  parent: string | null;
  value: number | null;
  suppressed: boolean;
  answeredBy: string | null;
}
const table = async (as: Asking, name: string, month: string, selection = '') =>
  (await as.get(`{ publishedTable(name: ${name}, month: "${month}") { edition asOf audience threshold unit additive definition ${selection} cells { level code label parent value of suppressed answeredBy } } }`)).publishedTable as
    { edition: number; threshold: number; cells: Cell[]; [other: string]: unknown }; // prettier-ignore
const months = Array.from({ length: 24 }, (_, at) =>
  new Date(Date.UTC(2024, 10 + at, 1)).toISOString().slice(0, 10),
);

test('a month is published once it has closed, on the 10th of the next', async () => {
  expect((await table(commune, 'BENEFICIARIES_BY_TERRITORY', '2026-10-17'))).toMatchObject({ edition: 1, audience: 'EVERYBODY', threshold: 11, unit: 'PERSON', additive: true });
  await expect(table(commune, 'BENEFICIARIES_BY_TERRITORY', '2026-11-01')).rejects.toThrow('NOT_PUBLISHED');
  await expect(table(commune, 'BENEFICIARIES_BY_TERRITORY', '2024-10-01')).rejects.toThrow('NOT_PUBLISHED');
}); // prettier-ignore

test('what is shown is what the council counts, and a commune kept back names the EPCI that answers for it', async () => {
  const { cells } = await table(commune, 'BENEFICIARIES_BY_TERRITORY', '2026-09-01');
  const { indicator } = await council.get(`{ indicator(name: BENEFICIARIES_IN_ACTION, period: { month: "2026-09-01" }, groupBy: [HOME_EPCI]) { value groups { keys { code } value } } }`);
  expect(cells[0]).toMatchObject({ level: 'WHOLE', value: indicator.value });
  const counted = new Map(indicator.groups.map(({ keys, value }: { keys: { code: string }[]; value: number }) => [keys[0]!.code, value]));
  const shown = cells.filter(({ level, value }) => level === 'EPCI' && value !== null);
  expect(shown.length).toBeGreaterThan(1);
  for (const { code, value } of shown) expect([code, value]).toEqual([code, counted.get(code)]);
  const back = cells.find(({ level, suppressed, parent }) => level === 'COMMUNE' && suppressed && shown.some(({ code }) => code === parent))!;
  expect(back).toMatchObject({ value: null, answeredBy: back.parent });
}); // prettier-ignore

test.each(['commune', 'state'])('the %s, with all tables of 24 months and linear programming, works out no cell kept back', async (who) => {
  const solver = await (loadHighs as unknown as typeof loadHighs.default)();
  let attacked = 0;
  for (const name of ['BENEFICIARIES_BY_TERRITORY', 'BENEFICIARIES_BY_KIND', 'PATHS_ENDED_BY_TERRITORY', 'UNMET_NEEDS'])
    for (const [at, month] of months.entries()) {
      if (name === 'UNMET_NEEDS' && month < '2026-10') continue;
      const among = name === 'UNMET_NEEDS' ? 150 : 20;
      const { cells, threshold } = await table(who === 'state' ? state : commune, name, month);
      const x = (code: string | null) => `x${cells.findIndex((cell) => cell.code === code)}`;
      const parents = [...new Set(cells.map(({ parent }) => parent).filter((parent) => parent !== null))];
      const rules = parents.flatMap((parent) => {
        const parts = cells.filter((cell) => cell.parent === parent).map(({ code }) => x(code));
        if (name !== 'BENEFICIARIES_BY_KIND') return [`${parts.join(' + ')} - ${x(parent)} = 0`];
        return [`${parts.join(' + ')} - ${x(parent)} >= 0`, ...parts.map((part) => `${part} - ${x(parent)} <= 0`)];
      });
      const shown = cells.filter(({ value }) => value !== null).map(({ code, value }) => `${x(code)} = ${value}`);
      // one cell in twenty, others each month: all of them over the two years
      for (const { code } of cells.filter(({ suppressed }) => suppressed).filter((_, nth) => (nth + at) % among === 0)) {
        const solve = (goal: string) => solver.solve(`${goal}\n obj: ${x(code)}\nSubject To\n ${[...rules, ...shown, `${x(code)} <= 10000`].join('\n ')}\nEnd`).ObjectiveValue;
        expect([month, code, solve('Minimize'), solve('Maximize') >= 2 * threshold]).toEqual([month, code, 0, true]);
        attacked++;
      }
    }
  expect(attacked).toBeGreaterThan(50);
}, 60_000); // prettier-ignore

test('a funder is told of smaller groups than others, under a threshold of its own', async () => {
  const month = '2026-09-01';
  const [told, all] = [await table(state, 'BENEFICIARIES_BY_TERRITORY', month), await table(commune, 'BENEFICIARIES_BY_TERRITORY', month)];
  expect(told).toMatchObject({ audience: 'FUNDER', threshold: 5 });
  const shown = ({ cells }: typeof told) => cells.filter(({ value }) => value !== null).map(({ code }) => code);
  expect(shown(told)).toEqual(expect.arrayContaining(shown(all)));
  expect(shown(told).length).toBeGreaterThan(shown(all).length);
}); // prettier-ignore

test('needs without an answer are told to a commune that reads no need, under one threshold for all', async () => {
  const [told, states] = [await table(commune, 'UNMET_NEEDS', '2026-10-01'), await table(state, 'UNMET_NEEDS', '2026-10-01')];
  expect([told, states]).toMatchObject([{ unit: 'NEED', threshold: 11, additive: true }, { threshold: 11 }]);
  expect(states.cells).toEqual(told.cells);
  const of = (code: string) => told.cells.find((cell) => cell.code === code)!;
  // the other themes are empty: what is missing hides behind the next smallest
  expect(['ALL', 'LOGEMENT', 'SANTE'].map((code) => of(code).value)).toEqual([450, 300, null]);
  expect(of('LOGEMENT 244400404')).toMatchObject({ level: 'EPCI', parent: 'LOGEMENT', label: 'Nantes Métropole' });
  expect(of('LOGEMENT 44109')).toMatchObject({ level: 'COMMUNE', parent: 'LOGEMENT 244400404', label: 'Nantes' });
  expect(told.cells.filter(({ code, value }) => code.startsWith('MOBILITE') && value !== null)).toEqual([]);
  await expect(table(commune, 'UNMET_NEEDS', '2026-08-01')).rejects.toThrow('NOT_PUBLISHED');
}); // prettier-ignore

test('what counts nobody is kept back from nobody', async () => {
  const places = await table(commune, 'PLACES_BY_KIND', '2026-09-01');
  expect(places).toMatchObject({ threshold: null, unit: 'PLACE' });
  expect(places.cells.some(({ suppressed }) => suppressed)).toBe(false);
});

test('a correction makes another edition when the next month closes; the old one stays, and keeps back no less', async () => {
  const [before, month] = [await table(commune, 'BENEFICIARIES_BY_TERRITORY', '2026-09-01'), '2026-09-01'];
  expect(await publishClosed(world.db)).toMatchObject({ published: 0, unchanged: 0 });
  const hidden = before.cells.find(({ level, suppressed }) => level === 'COMMUNE' && suppressed)!;
  world.clock.set('2026-11-25T08:00:00.000Z');
  for (let n = 0; n < 12; n++) {
    const person = await past.person(hidden.parent!);
    await past.write(sql`update person set commune_code = ${hidden.code} where id = ${person}`);
    await past.right(person, '2025-01-01');
    await past.stay(person, { from: '2026-09-05' });
  }
  world.clock.set('2026-12-10T08:00:00.000Z');
  expect((await publishClosed(world.db)).published).toBeGreaterThan(3);
  const after = await table(commune, 'BENEFICIARIES_BY_TERRITORY', month);
  expect([after.edition, after.cells[0]!.value]).toEqual([2, before.cells[0]!.value! + 12]);
  expect(after.cells.find(({ code }) => code === hidden.code)).toMatchObject({ value: null });
  const old = (await commune.get(`{ publishedTable(name: BENEFICIARIES_BY_TERRITORY, month: "${month}", edition: 1) { cells { value } } }`)).publishedTable;
  expect(old.cells[0].value).toBe(before.cells[0]!.value);
}, 60_000); // prettier-ignore

test('what is kept back is stored nowhere, and the cells for funders are for funders', async () => {
  const hub = (as: Asking, query: ReturnType<typeof sql>) => world.viewerOf(as).then((viewer) => world.db.as(viewer).rows(query));
  expect(await hub(commune, sql`select 1 from published_cell where audience = 'FUNDER' limit 1`)).toEqual([]);
  expect(await hub(state, sql`select 1 from published_cell where audience = 'FUNDER' limit 1`)).toHaveLength(1);
}); // prettier-ignore

test('a table goes out as CSV, JSON, XLSX and a chart, with what it means', async () => {
  const told = await table(commune, 'BENEFICIARIES_BY_TERRITORY', '2026-10-01', 'csv json xlsx chart');
  expect(told.csv).toMatch(/^\ufeffBENEFICIARIES_BY_TERRITORY 2026-10\ndefinition;"?Distinct people[\s\S]+\nlevel;code;label;value;of\nWHOLE;ALL;;\d+;/);
  expect(told.csv).toContain(';…;');
  const { rows, definition } = JSON.parse(told.json as string);
  expect(definition).toBe(told.definition);
  expect(rows).toHaveLength(told.cells.length);
  expect(Buffer.from(told.xlsx as string, 'base64').subarray(0, 2).toString()).toBe('PK');
  expect(told.chart).toMatch(/^<svg [\s\S]+<desc id="d">WHOLE, ALL, : \d+;/);
}); // prettier-ignore
