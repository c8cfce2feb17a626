interface Known {
  /** Whether the person was open to the subscriber when it last was told of them. */
  open: boolean;
  /** Subjects told about them; once the end was told, nothing more of these until the person opens again. */
  subjects: Map<string, 'TOLD' | 'ENDED'>;
  /** What may have been told before the subscriber came back was looked up. */
  recalled?: boolean;
}

/** What a right's end takes away from a subscription. */
export interface Ended {
  person: string | null;
  subjects: string[];
}

/**
 * Whom one subscription was told of: the end of a right is then told to it once, and to nobody it was never told
 * about. Bounded: beyond so many subjects the person longest unheard of is forgotten, and ends in silence.
 */
export class Told {
  private readonly people = new Map<string, Known>();
  private held = 0;

  constructor(private readonly bound: number) {}

  /** Notes a step about to be told; false when its end was told already and the person has not opened since. */
  step(person: string, subject: string, open: boolean): boolean {
    const known = this.people.get(person) ?? { open, subjects: new Map() };
    if (!open && known.subjects.get(subject) === 'ENDED') return false;
    known.open ||= open;
    if (!known.subjects.has(subject)) this.held++;
    known.subjects.set(subject, 'TOLD');
    this.people.delete(person); // the last one told of stands last
    this.people.set(person, known);
    this.forgetBeyondBound();
    return true;
  }

  recalls(person: string): boolean {
    return this.people.get(person)?.recalled ?? false;
  }

  /** Somebody who was open, and of whom all this may have been told by another socket. */
  recall(person: string, subjects: readonly string[]): void {
    const known = this.people.get(person) ?? { open: true, subjects: new Map() };
    this.people.set(person, { ...known, open: true, recalled: true });
    for (const subject of subjects)
      if (!known.subjects.has(subject)) {
        known.subjects.set(subject, 'TOLD');
        this.held++;
      }
    this.forgetBeyondBound();
  }

  subjectsOf(person: string | null): string[] {
    return [...(this.people.get(person ?? '')?.subjects.keys() ?? [])];
  }

  /** Notes what is no longer open; null when that takes nothing away from what was told. */
  end(person: string, open: boolean, gone: readonly string[]): Ended | null {
    const known = this.people.get(person);
    if (!known) return null;
    const lost = known.open && !open;
    if (lost) for (const subject of known.subjects.keys()) known.subjects.set(subject, 'ENDED');
    known.open = open && known.open;
    for (const subject of gone) if (known.subjects.delete(subject)) this.held--;
    return lost || gone.length > 0 ? { person: lost ? person : null, subjects: [...gone] } : null;
  }

  private forgetBeyondBound(): void {
    for (const [person, { subjects }] of this.people) {
      if (this.held <= this.bound) return;
      this.people.delete(person);
      this.held -= subjects.size;
    }
  }
}
