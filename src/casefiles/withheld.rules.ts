import type { Viewer } from '../kernel/viewer.ts';
import { ofLinks, type AccessReason } from '../people/access.rules.ts';
import type { Held, HeldRow } from './held.rules.ts';

/** Events that tell of links, or that somebody lost a right a link may have given. */
const ofDoubles = /^person\.(link_|access_)/;

/** The file of one record, as anybody but the council hands it over: nothing in it tells that there may be another. */
export function ofOneRecord(held: Held): Held {
  const { rights, accessLog, events } = held;
  return {
    ...{ ...held, links: [], linkSteps: [] },
    rights: rights.filter(({ reason }) => !isOfLinks(reason)),
    accessLog: accessLog.flatMap(withoutLinks),
    events: events.filter(({ type }) => !ofDoubles.test(String(type))),
  };
}

function withoutLinks(line: HeldRow): HeldRow[] {
  const all = line.reasons as string[];
  const reasons = all.filter((reason) => !isOfLinks(reason));
  return all.length > 0 && reasons.length === 0 ? [] : [{ ...line, reasons }];
}

function isOfLinks(reason: unknown): boolean {
  return ofLinks.includes(reason as AccessReason);
}

/** Where the hub keeps no health data, rows of before are read by nobody. */
export function kept(held: Held, { health }: Viewer): Held {
  return health
    ? held
    : { ...held, situations: held.situations.filter(({ category }) => category !== 'HEALTH') };
}
