import 'reflect-metadata';
import { officialDepartements, officialTerritory, type Territory } from '../../src/territory/official.ts';
import { wholeDepartements } from '../../src/territory/territory.load.ts';

let france: Territory;
beforeAll(async () => {
  france = await officialTerritory();
});
const named = (code: string) => france.communes.find((commune) => commune.code === code)!;

test('all of France is there, by code, and every département with a commune at least', async () => {
  expect(france.communes).toHaveLength(34_969);
  expect(france.epcis).toHaveLength(1_255);
  const codes = france.communes.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  const departements = new Set(france.communes.map(({ departementCode }) => departementCode));
  expect([...departements].sort()).toEqual((await officialDepartements()).sort());
});

test('a commune names an EPCI of the list, or none', () => {
  const known = new Set(france.epcis.map(({ code }) => code));
  const strangers = france.communes.filter(({ epciCode }) => epciCode !== null && !known.has(epciCode));
  expect(strangers).toEqual([]);
  expect(named('44109')).toMatchObject({ name: 'Nantes', departementCode: '44', epciCode: '244400404' });
});

test.each([
  ['75056', 48.9, 2.3],
  ['69123', 45.7, 4.8],
  ['13055', 43.3, 5.4],
  ['2A004', 41.9, 8.7],
  ['97411', -20.9, 55.5],
  ['97611', -12.8, 45.2],
  ['98818', -22.3, 166.4],
  ['97701', 17.9, -62.8],
  ['97801', 18.1, -63.1],
])('%s has a point of its own', (code, latitude, longitude) => {
  const commune = named(code);
  expect(commune.approximate).toBe(false);
  expect(commune.latitude).toBeCloseTo(latitude, 0);
  expect(commune.longitude).toBeCloseTo(longitude, 0);
});

test('nine inhabitants in ten live in a commune with a point of its own; metropolitan France has no gap', () => {
  const inhabitants = (communes: Territory['communes']) =>
    communes.reduce((sum, { population }) => sum + population, 0);
  const own = france.communes.filter(({ approximate }) => !approximate);
  expect(inhabitants(own) / inhabitants(france.communes)).toBeGreaterThan(0.9);
  const lost = france.communes.filter(({ latitude }) => latitude === null);
  expect([...new Set(lost.map(({ departementCode }) => departementCode))].sort()).toEqual([
    '984',
    '987',
    '989',
  ]);
});

test('a chunk cuts no département in two and holds at most 5,000 communes', () => {
  const chunks = wholeDepartements(france.communes);
  expect(chunks.flat()).toEqual(france.communes);
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(5_000);
  const departements = chunks.flatMap((chunk) => [
    ...new Set(chunk.map((commune) => commune.departementCode)),
  ]);
  expect(new Set(departements).size).toBe(departements.length);
});
