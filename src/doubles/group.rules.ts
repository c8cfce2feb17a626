/** Records that links join into one person, computed from the links alone: nothing is moved, so all can be parted. */

export interface Joint {
  link: string;
  person: string;
  into: string;
  confirmed: boolean;
  /** When it was confirmed, or else proposed. */
  at: string;
}

/** Of one record: the person's, the one it is counted with, and the link by which it ceased to stand for itself. */
export interface Grouped {
  person: string;
  sameAs: string;
  countedAs: string;
  link: string | null;
}

/** Every record stands for itself until a link says otherwise; joined, both stand for what the second stood for. */
class Standing {
  constructor(private readonly first: Map<string, string>) {}

  static of(people: readonly string[]): Standing {
    return new Standing(new Map(people.map((person) => [person, person])));
  }

  for(person: string): string {
    return this.first.get(person) ?? person;
  }

  /** Answers the record that no longer stands for itself; null when both already stood for the same. */
  join(person: string, into: string): string | null {
    const [from, to] = [this.for(person), this.for(into)];
    if (from === to) return null;
    for (const [each, stands] of this.first) if (stands === from) this.first.set(each, to);
    return from;
  }

  copy(): Standing {
    return new Standing(new Map(this.first));
  }
}

/**
 * Confirmed links make one person, in the order in which they were confirmed. Of those that wait, each person follows
 * the first alone: a record that may be one of two people must not make these two one.
 */
export function grouped(people: readonly string[], joints: readonly Joint[]): Grouped[] {
  const inOrder = joints.toSorted((one, other) => order(one, other));
  const same = Standing.of(people);
  const links = new Map<string, string>();
  for (const { person, into, link } of inOrder.filter(({ confirmed }) => confirmed)) {
    const from = same.join(person, into);
    if (from !== null) links.set(from, link);
  }
  const counted = same.copy();
  const waiting = new Set<string>();
  for (const { person, into } of inOrder.filter(({ confirmed }) => !confirmed)) {
    const one = same.for(person);
    if (waiting.has(one) || one === same.for(into)) continue;
    waiting.add(one);
    counted.join(person, into);
  }
  return people.map((person) => ({
    person,
    sameAs: same.for(person),
    countedAs: counted.for(person),
    link: links.get(person) ?? null,
  }));
}

function order(one: Joint, other: Joint): number {
  const [a, b] = [one.at + one.link, other.at + other.link];
  return a < b ? -1 : Number(a > b);
}
