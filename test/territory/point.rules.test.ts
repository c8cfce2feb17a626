import fc from 'fast-check';
import { boxAround, earthRadius, locate, type Point } from '../../src/territory/point.rules.ts';

describe('a commune nobody located', () => {
  const commune = (code: string, epciCode: string | null, population: number) => ({
    code,
    epciCode,
    departementCode: '44',
    population,
  });
  const locateWith = (points: Record<string, Point>, ...communes: ReturnType<typeof commune>[]) =>
    Object.fromEntries(
      locate(communes, ({ code }) => points[code]).map(({ code, latitude, longitude, approximate }) => [
        code,
        [latitude, longitude, approximate],
      ]),
    );

  test('lies where the inhabitants of its EPCI live on average', () => {
    const points = { A: { latitude: 47, longitude: -1 }, B: { latitude: 48, longitude: -2 } };
    const known = [commune('A', 'E', 3000), commune('B', 'E', 1000)];
    expect(locateWith(points, ...known, commune('C', 'E', 50))).toEqual({
      A: [47, -1, false],
      B: [48, -2, false],
      C: [47.25, -1.25, true],
    });
  });

  test('takes the middle of its département when its EPCI has no known commune', () => {
    const points = { A: { latitude: 47, longitude: -1 } };
    expect(
      locateWith(points, commune('A', 'E', 10), commune('B', 'F', 10), commune('C', null, 10)),
    ).toMatchObject({
      B: [47, -1, true],
      C: [47, -1, true],
    });
  });

  test('has no point when nothing near it is known', () => {
    expect(locateWith({}, commune('A', 'E', 10))).toEqual({ A: [null, null, true] });
  });

  test('a neighbour without inhabitants still counts', () => {
    const points = { A: { latitude: 47, longitude: -1 } };
    expect(locateWith(points, commune('A', 'E', 0), commune('B', 'E', 0)).B).toEqual([47, -1, true]);
  });
});

describe('the box around a circle', () => {
  const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const centre = fc.record({ latitude: degrees(-60, 72), longitude: degrees(-176.5, 176.5) });
  const radius = degrees(1, 200);
  const inside = ({ latitude, longitude }: Point, box: ReturnType<typeof boxAround>) =>
    latitude >= box.south && latitude <= box.north && longitude >= box.west && longitude <= box.east;

  test('cuts off no point of the circle', () => {
    fc.assert(
      fc.property(centre, radius, degrees(0, 360), degrees(0, 1), (from, km, bearing, part) => {
        const point = travel(from, km * 1000 * part, bearing);
        return inside(point, boxAround(from, km));
      }),
      { numRuns: 2000 },
    );
  });

  test('holds what app.metres rounds down to its edge', () => {
    fc.assert(
      fc.property(centre, radius, degrees(0, 360), (from, km, bearing) => {
        return inside(travel(from, km * 1000 + 0.49, bearing), boxAround(from, km));
      }),
    );
  });

  test('is no larger than it need be: its middle edges lie on the circle, to two metres', () => {
    fc.assert(
      fc.property(centre, radius, (from, km) => {
        const { south, north } = boxAround(from, km);
        for (const latitude of [south, north])
          expect(Math.abs(metres(from, { ...from, latitude }) - km * 1000)).toBeLessThan(2);
      }),
    );
  });

  test('goes round the Earth at a pole', () => {
    const { west, east } = boxAround({ latitude: 89.9, longitude: 0 }, 50);
    expect(west).toBeLessThanOrEqual(-180);
    expect(east).toBeGreaterThanOrEqual(180);
  });
});

const radians = (angle: number) => (angle * Math.PI) / 180;

/** The haversine of `app.metres`, unrounded. */
function metres(from: Point, to: Point): number {
  const high = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2;
  const wide = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const cosines = Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude));
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(high + cosines * wide)));
}

/** Where one arrives, so far away on a great circle. */
function travel({ latitude, longitude }: Point, distance: number, bearing: number): Point {
  const angle = distance / earthRadius;
  const [phi, theta] = [radians(latitude), radians(bearing)];
  const sine = Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(theta);
  const turn = Math.atan2(
    Math.sin(theta) * Math.sin(angle) * Math.cos(phi),
    Math.cos(angle) - Math.sin(phi) * sine,
  );
  return { latitude: (Math.asin(sine) * 180) / Math.PI, longitude: longitude + (turn * 180) / Math.PI };
}
