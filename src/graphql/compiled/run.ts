/** What cannot be answered in a straight line: a refusal, a fault, a null where none may be. GraphQL's own executor answers then. */
export class OffTheLine extends Error {}

export type Answer = Record<string, unknown>;

/**
 * One operation under way. Values that come later are put into the answer where their field left room for them; when none is
 * awaited any more, the answer is whole, or there is none.
 */
export class Run {
  private awaited = 0;
  private off = false;
  private whole: (() => void) | undefined;
  /** What a field is asked with is the same for each of its rows: worked out once. */
  readonly asked: unknown[] = [];

  constructor(
    readonly context: unknown,
    readonly variables: Record<string, unknown>,
  ) {}

  later<V>(value: PromiseLike<V>, then: (value: V) => void): void {
    this.awaited++;
    value.then(
      (came) => {
        if (!this.off) this.attempt(() => then(came));
        this.oneLess();
      },
      () => {
        this.off = true;
        this.oneLess();
      },
    );
  }

  /** Answers what the work made of it, once nothing is awaited; null where it left the line. */
  async answered(work: () => Answer): Promise<Answer | null> {
    let answer: Answer | null = null;
    this.attempt(() => (answer = work()));
    if (this.awaited) await new Promise<void>((resolve) => (this.whole = resolve));
    return this.off ? null : answer;
  }

  private attempt(step: () => void): void {
    try {
      step();
    } catch {
      this.off = true; // whatever it was, it is told by whoever asks again
    }
  }

  private oneLess(): void {
    if (--this.awaited === 0) this.whole?.();
  }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
