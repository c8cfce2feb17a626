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
