/** The two indicators worked out by hand from a list of facts, in days counted from one: nothing of the hub's own code. */
export interface Facts {
  /** As whom each record is counted. */
  countedAs: number[];
  stays: { person: number; from: number; to: number | null; success: boolean; outcomeOn: number }[];
  rights: { person: number; from: number; until: number | null }[];
  pathways: { person: number; from: number; to: number | null }[];
}

const forever = 1e9;
const end = ({ to }: { to: number | null }) => to ?? forever;
const overlap = (one: { from: number; to: number | null }, other: { from: number; to: number | null }) =>
  one.from <= end(other) && other.from <= end(one);

/** Of one person, under all their records. */
function of({ countedAs, stays, rights, pathways }: Facts, root: number) {
  const own = <T extends { person: number }>(facts: T[]) =>
    facts.filter(({ person }) => countedAs[person] === root);
  const hadRight = (day: number) =>
    own(rights).some(({ from, until }) => from <= day && day < (until ?? forever));
  const ways = own(pathways);
  const entitled = (stay: { from: number }) =>
    hadRight(stay.from) ||
    ways.some((way) => way.from <= stay.from && stay.from <= end(way) && hadRight(way.from));
  return { ways, stays: own(stays), entitled, hadRight };
}

const roots = (facts: Facts) => [...new Set(facts.countedAs)];

export function taking(facts: Facts, first: number, last: number): number {
  return roots(facts).filter((root) => {
    const { stays, entitled } = of(facts, root);
    return stays.some((stay) => overlap(stay, { from: first, to: last }) && entitled(stay));
  }).length;
}

/** Of whom the path ended, and of them who reached what the programme wants. */
export function lasting(facts: Facts, first: number, last: number): [number, number] {
  const ended = roots(facts).map((root) => pathsOf(facts, root).filter((path) => path.entitled && path.to >= first && path.to <= last));
  return [ended.filter((paths) => paths.some(({ success }) => success)).length, ended.filter((paths) => paths.length).length];
} // prettier-ignore

function pathsOf(facts: Facts, root: number) {
  const { ways, stays, entitled, hadRight } = of(facts, root);
  const spans = [
    ...ways.map((way) => ({ from: way.from, to: end(way), entitled: hadRight(way.from) })),
    ...stays.filter((stay) => !ways.some((way) => overlap(way, stay))).map((stay) => ({ from: stay.from, to: end(stay), entitled: entitled(stay) })),
  ].sort((one, other) => one.from - other.from || one.to - other.to);
  const paths: { from: number; to: number; entitled: boolean }[] = [];
  for (const span of spans) {
    const path = paths.at(-1);
    if (!path || span.from > path.to + 45) paths.push({ ...span });
    else Object.assign(path, { to: Math.max(path.to, span.to), entitled: path.entitled || span.entitled });
  }
  return paths.filter(({ to }) => to < forever).map((path) => {
    const within = stays.filter((stay) => pathOf(paths, stay) === path);
    const last = within.filter((stay) => stay.to !== null && !within.some((later) => later.from > stay.to!));
    return {
      ...path,
      entitled: path.entitled || within.some(entitled),
      success: last.some((stay) => stay.success && stay.outcomeOn <= path.to + 90),
    };
  });
} // prettier-ignore

/** Of those it overlaps, the last one that had begun; else the first. */
function pathOf<P extends { from: number; to: number }>(paths: P[], stay: { from: number; to: number | null }): P | undefined {
  const met = paths.filter((path) => overlap(path, stay));
  const begun = met.filter((path) => path.from <= stay.from);
  return (begun.length ? begun : met).sort((one, other) => other.from - one.from)[0];
} // prettier-ignore
