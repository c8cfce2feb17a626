import sql, { type Sql } from 'sql-template-tag';
import { boxAround, type Point } from './point.rules.ts';

interface Columns {
  latitude: Sql;
  longitude: Sql;
}

interface Nearby {
  /** Holds for rows within the circle; a row without a point is in none. */
  where: Sql;
  /** Straight line in metres, an integer. */
  metres: Sql;
}

/**
 * What "within so many kilometres of a point" is in SQL, for any table with a latitude and a longitude: a box an
 * ordinary index can serve, then the distance itself.
 */
export function nearby(point: Point, km: number, { latitude, longitude }: Columns): Nearby {
  const { south, north, west, east } = boxAround(point, km);
  const metres = sql`app.metres(${point.latitude}, ${point.longitude}, ${latitude}, ${longitude})`;
  // the cast keeps PostgreSQL from reading a bound of 1,500.5 m as an integer
  const where = sql`(${latitude} between ${south} and ${north} and ${longitude} between ${west} and ${east}
    and ${metres} <= ${km * 1000}::double precision)`;
  return { where, metres };
}
