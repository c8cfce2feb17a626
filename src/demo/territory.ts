import type { CommuneRow } from '../territory/commune.row.ts';
import { earthRadius, type Point } from '../territory/point.rules.ts';
import type { Random } from './random.ts';

type Located = CommuneRow & Point;

/** The real communes of the demo's département, by name or as often as people live there. */
export class Territory {
  private readonly byName: Map<string, Located>;
  private readonly cumulated: number[] = [];

  constructor(readonly communes: readonly Located[]) {
    this.byName = new Map(communes.map((commune) => [commune.name, commune]));
    let sum = 0;
    for (const { population } of communes) this.cumulated.push((sum += population));
  }

  named(name: string): Located {
    const commune = this.byName.get(name);
    if (!commune) throw new Error(`No commune called ${name} in the demo's département.`);
    return commune;
  }

  whereSomebodyLives(random: Random): Located {
    const at = random.next() * this.cumulated.at(-1)!;
    return this.communes[this.cumulated.findIndex((sum) => at < sum)]!;
  }
}

/** Metres on the same sphere as `app.metres`. */
export function metres(from: Point, to: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2;
  const east = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const chord = north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east;
  return Math.round(2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord))));
}

/** The point so far from another, in the direction of a third. */
export function towards(from: Point, to: Point, distance: number): Point {
  const part = distance / metres(from, to);
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return {
    latitude: round(from.latitude + part * (to.latitude - from.latitude)),
    longitude: round(from.longitude + part * (to.longitude - from.longitude)),
  };
}
