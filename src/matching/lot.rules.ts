/** How many lots there are. */
export const lots = 2 ** 16;

/**
 * The lot of a person for a place, from 0 to 65,535: drawn from the two ids (FNV-1a, then mixed), so that it is the same
 * whenever it is drawn, and nobody’s for their name.
 */
export const lotOf = (person: string, place: string): number => lotsOf(person)(place);

/** The lots of a person, by place. */
export function lotsOf(person: string): (place: string) => number {
  const begun = drawnOn(0x811c9dc5, `${person}\0`);
  return (place) => {
    let hash = drawnOn(begun, place);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) & (lots - 1);
  };
}

function drawnOn(hash: number, text: string): number {
  let drawn = hash;
  for (let at = 0; at < text.length; at++) drawn = Math.imul(drawn ^ text.charCodeAt(at), 0x01000193);
  return drawn;
}
