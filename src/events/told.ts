import { isAfter, type Position } from './place.ts';

interface Known {
  /** When they were last told of while open; null once they closed. */
  openAt: Position | null;
  subjects: Map<string, Telling>;
  /** What may have been told before a subscriber came back was looked up. */
  recalled?: boolean;
}

interface Telling {
  at: Position;
  /** Who was told of it before this heard its end: nothing more of it until the person opens again. */
  endedFor: Position | null;
}

/** What a right's end takes away from a subscription. */
export interface Ended {
  person: string | null;
  subjects: string[];
}

/** From where a subscriber listens: what was told later was told to it too. Who came back has heard from the beginning. */
export type Since = Position;
export const always: Since = { tx: -1n, pos: 0n };

/** To whom of those who listen together a message goes. */
export type To = (since: Since) => boolean;
const everybody: To = () => true;

/** An end as it is for those who joined before these positions, the earliest first: each lost what it had been told of. */
export interface EndFor {
  ended: Ended;
  to: To;
}

/**
 * Whom subscribers that listen together were told of: the end of a right is then told to each once, and to nobody who was
 * never told. One memory serves them all: what each was told hangs only on when it joined. Bounded: beyond so many
 * subjects the person longest unheard of is forgotten, and ends in silence.
 */
export class Told {
  private readonly people = new Map<string, Known>();
  private held = 0;

  constructor(private readonly bound: number) {}

  /** Notes a step about to be told, and to whom; nobody is null: its end was told already and the person has not opened since. */
  step(person: string, subject: string, open: boolean, at: Position): To {
    const known = this.people.get(person) ?? { openAt: null, subjects: new Map<string, Telling>() };
    const before = known.subjects.get(subject);
    const endedFor = open ? null : (before?.endedFor ?? null);
    if (open) known.openAt = at;
    if (!before) this.held++;
    known.subjects.set(subject, { at, endedFor });
    this.people.delete(person); // the last one told of stands last
    this.people.set(person, known);
    this.forgetBeyondBound();
    return endedFor === null ? everybody : (since) => !isAfter(endedFor, since);
  }

  recalls(person: string): boolean {
    return this.people.get(person)?.recalled ?? false;
  }

  /** Somebody who was open, and of whom all this may have been told to those who came back, before they did. */
  recall(person: string, subjects: readonly string[]): void {
    const known = this.people.get(person) ?? { openAt: null, subjects: new Map<string, Telling>() };
    const openAt = known.openAt ?? earliest;
    this.people.set(person, { ...known, openAt, recalled: true });
    for (const subject of subjects)
      if (!known.subjects.has(subject)) {
        known.subjects.set(subject, { at: earliest, endedFor: null });
        this.held++;
      }
    this.forgetBeyondBound();
  }

  subjectsOf(person: string | null): string[] {
    return [...(this.people.get(person ?? '')?.subjects.keys() ?? [])];
  }

  /** Notes what is no longer open, and says what that takes away from whom; nothing, where it was told of to nobody. */
  end(person: string, open: boolean, gone: readonly string[]): EndFor[] {
    const known = this.people.get(person);
    if (!known) return [];
    const lostAt = open ? null : known.openAt;
    const lost = gone.flatMap((subject) => {
      const telling = known.subjects.get(subject);
      return telling ? [{ subject, at: telling.at }] : [];
    });
    if (lostAt !== null)
      // who heard of it, and of the person while open
      for (const [subject, { at }] of known.subjects)
        known.subjects.set(subject, { at, endedFor: isAfter(at, lostAt) ? lostAt : at });
    if (!open) known.openAt = null;
    for (const { subject } of lost) if (known.subjects.delete(subject)) this.held--;
    return endsFor({ person, lostAt, lost });
  }

  private forgetBeyondBound(): void {
    for (const [person, { subjects }] of this.people) {
      if (this.held <= this.bound) return;
      this.people.delete(person);
      this.held -= subjects.size;
    }
  }
}

const earliest: Position = { tx: 0n, pos: 0n };

interface Lost {
  person: string;
  lostAt: Position | null;
  lost: { subject: string; at: Position }[];
}

/** One end for all who joined between the same two tellings: between them nothing differs. */
function endsFor({ person, lostAt, lost }: Lost): EndFor[] {
  const tellings = [...lost.map(({ at }) => at), ...(lostAt ? [lostAt] : [])];
  const bounds = tellings
    .sort((one, other) => (isAfter(one, other) ? 1 : -1))
    .filter((at, nth, all) => nth === 0 || isAfter(at, all[nth - 1]!));
  return bounds.map((bound, nth) => ({
    ended: {
      person: lostAt && !isAfter(bound, lostAt) ? person : null,
      subjects: lost.filter(({ at }) => !isAfter(bound, at)).map(({ subject }) => subject),
    },
    // heard this telling, but not the one before: those who heard that one have a larger end of their own
    to: (since) => isAfter(bound, since) && (nth === 0 || !isAfter(bounds[nth - 1]!, since)),
  }));
}
