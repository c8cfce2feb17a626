import { invalid } from '../kernel/refusal.ts';
import { checkLength } from './organisation.rules.ts';

interface SiteFacts {
  name: string;
  address?: string | null;
  latitude?: number | null;
  longitude?: number | null;
}

/** A site has a name, and a whole point or none. */
export function checkSite({ name, address, latitude, longitude }: SiteFacts): void {
  checkLength('name', name, 2, 200);
  if (address != null) checkLength('address', address, 1, 500);
  if ((latitude == null) !== (longitude == null))
    throw invalid(latitude == null ? 'latitude' : 'longitude', 'REQUIRED');
  checkDegrees('latitude', latitude, 90);
  checkDegrees('longitude', longitude, 180);
}

function checkDegrees(field: string, degrees: number | null | undefined, most: number): void {
  // written so that NaN is refused as well
  if (degrees != null && !(Math.abs(degrees) <= most)) throw invalid(field, 'RANGE', { least: -most, most });
}

interface Placed {
  latitude: number | null;
  longitude: number | null;
  approximate: boolean;
}

/** The point somebody gave; failing that the commune's, which is only about right. */
export function pointOfSite(
  given: { latitude?: number | null; longitude?: number | null },
  commune: { latitude: number | null; longitude: number | null },
): Placed {
  if (given.latitude != null && given.longitude != null)
    return { latitude: given.latitude, longitude: given.longitude, approximate: false };
  return { latitude: commune.latitude, longitude: commune.longitude, approximate: true };
}
