/** Where a commune lies, and where it lies about when nobody measured it. */
export interface Point {
  latitude: number;
  longitude: number;
}

interface Settled {
  population: number;
  epciCode: string | null;
  departementCode: string;
}

/** A commune's point, or that of its neighbours: `approximate` tells which, null that nothing near is known. */
export interface Located {
  latitude: number | null;
  longitude: number | null;
  approximate: boolean;
}

/**
 * Gives each commune its own point; failing that the middle of its EPCI's inhabitants, failing that of its
 * département's, as far as their communes are known.
 */
export function locate<C extends Settled>(
  communes: readonly C[],
  pointOf: (commune: C) => Point | undefined,
): (C & Located)[] {
  const known = communes.map((commune) => ({ commune, point: pointOf(commune) }));
  const ofEpci = centres(known, (commune) => commune.epciCode);
  const ofDepartement = centres(known, (commune) => commune.departementCode);
  return known.map(({ commune, point }) => {
    const centre = ofEpci.get(commune.epciCode) ?? ofDepartement.get(commune.departementCode);
    const { latitude, longitude } = point ?? centre ?? { latitude: null, longitude: null };
    return { ...commune, latitude, longitude, approximate: point === undefined };
  });
}

function centres<C extends Settled>(
  known: readonly { commune: C; point: Point | undefined }[],
  groupOf: (commune: C) => string | null,
): Map<string | null, Point> {
  const sums = new Map<string, { weight: number; latitude: number; longitude: number }>();
  for (const { commune, point } of known) {
    const group = groupOf(commune);
    if (group === null || !point) continue;
    const weight = Math.max(1, commune.population);
    const sum = sums.get(group) ?? { weight: 0, latitude: 0, longitude: 0 };
    sum.weight += weight;
    sum.latitude += weight * point.latitude;
    sum.longitude += weight * point.longitude;
    sums.set(group, sum);
  }
  return new Map([...sums].map(([group, sum]) => [group, middle(sum)]));
}

/** To five decimals, about a metre: more digits would claim a precision an average does not have. */
function middle(sum: { weight: number; latitude: number; longitude: number }): Point {
  const round = (value: number) => Math.round((value / sum.weight) * 1e5) / 1e5;
  return { latitude: round(sum.latitude), longitude: round(sum.longitude) };
}

/** Degrees a circle cannot leave, on plain latitude and longitude columns. */
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

/** Mean radius of the Earth in metres; `app.metres` measures with the same. */
export const earthRadius = 6_371_008.8;

/**
 * The smallest box around a circle, a metre wider for `app.metres` rounds. It does not go round the antimeridian,
 * which no circle the hub draws around a French commune reaches.
 */
export function boxAround({ latitude, longitude }: Point, km: number): Box {
  const angle = (km * 1000 + 1) / earthRadius;
  const high = degrees(angle);
  const ratio = Math.sin(angle) / Math.cos(radians(latitude));
  // beyond the pole every meridian is within reach
  const wide = ratio < 1 ? degrees(Math.asin(ratio)) : 360;
  return { south: latitude - high, north: latitude + high, west: longitude - wide, east: longitude + wide };
}

const degrees = (angle: number) => (angle * 180) / Math.PI;
const radians = (angle: number) => (angle * Math.PI) / 180;

/** Along a great circle, as `app.metres` measures. */
export function metresBetween(one: Point, other: Point): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const share =
    half(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) *
      Math.cos(radians(other.latitude)) *
      half(one.longitude, other.longitude);
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(share)));
}
