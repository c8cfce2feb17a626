const heartbeat = 3_600_000;
const late = 600_000;

/** An hour without a segment is sealed as an empty one, so that silence and a cut tail do not look the same. */
export function isQuiet(from: string, to: string): boolean {
  return Date.parse(to) - Date.parse(from) >= heartbeat;
}

/** Longer than the sweeps of a hub at work can leave between two segments. */
export function stoodStill(from: string, to: string): boolean {
  return Date.parse(to) - Date.parse(from) >= heartbeat + late;
}

/** Sealed each minute: a line older than this should be. */
export function isLate(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) >= late;
}
