import type { DemoOffer } from './offers.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import type { Tale } from './tale.ts';
import { metres } from './territory.ts';
import type { DemoVacancy } from './vacancies.ts';

const reachable = 18_000;
const attempts = 60;

/** Who has which tales, so that nobody works in two places, nor is referred twice to one. */
export class Agenda {
  private readonly tales = new Map<DemoPerson, Tale[]>();

  constructor(
    private readonly people: readonly DemoPerson[],
    private readonly random: Random,
  ) {}

  of(person: DemoPerson): readonly Tale[] {
    return this.tales.get(person) ?? [];
  }

  add(tale: Tale): void {
    const known = this.tales.get(tale.person);
    if (known) known.push(tale);
    else this.tales.set(tale.person, [tale]);
  }

  /** Somebody who lives not too far, known since before that instant, whom nothing keeps from this offer. */
  somebody(offer: DemoOffer, vacancy: DemoVacancy | null, created: number): DemoPerson | null {
    const known = this.knownAt(created);
    if (!known) return null;
    const { latitude, longitude } = vacancy?.row ?? offer.row;
    const place = { latitude: latitude!, longitude: longitude! };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const person = this.people[this.random.int(0, known - 1)]!;
      if (person.key || person.referent === offer.provider) continue;
      if (attempt < attempts / 2 && metres(person.point, place) > reachable) continue;
      if (!this.of(person).some((tale) => tale.offer === offer)) return person;
    }
    return null;
  }

  /** Whether the person may hold an exclusive placement within these tales: no other window touches this one. */
  fits(tale: Tale): boolean {
    if (!tale.offer.row.exclusive) return true;
    const [from, to] = windowOf(tale);
    return this.of(tale.person).every((other) => {
      if (!other.offer.row.exclusive || (!other.placement && !tale.placement)) return true;
      if (!other.placement) return other.created < startOf(tale) || to < other.created;
      const [otherFrom, otherTo] = windowOf(other);
      if (tale.placement) return to < otherFrom || otherTo < from;
      return from < startOf(other) || otherTo < from;
    });
  }

  /** How many of the people were known at an instant; they are sorted by it. */
  private knownAt(at: number): number {
    let [low, high] = [0, this.people.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.people[middle]!.created < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function startOf({ steps }: Tale): number {
  return steps.find(({ move }) => move === 'start')?.at ?? Infinity;
}

function windowOf({ created, steps, placement }: Tale): [number, number] {
  return [created, placement?.end === null ? Infinity : steps.at(-1)!.at];
}
