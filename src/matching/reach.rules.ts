import type { Travel, TravelMode } from '../people/profile.rules.ts';

/** Kilometres an hour, as `TravelMode` says of itself: estimates over a straight line. */
export const speed: Readonly<Record<TravelMode, number>> = {
  FOOT: 4,
  BICYCLE: 15,
  MOPED: 30,
  BUS: 20,
  CAR: 60,
};

/** How far the person goes, in metres; null while neither minutes nor kilometres are known. */
export function reachOf(travel: Travel | null): number | null {
  if (travel?.maxKm != null) return travel.maxKm * 1000;
  return travel?.maxMinutes == null ? null : Math.round((travel.maxMinutes / 60) * speed[travel.mode] * 1000);
}
