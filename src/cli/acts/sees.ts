/** What somebody in front of the screens can say they saw, in plain words. */
export class Sees {
  readonly lines: { mark: 'SEEN' | 'MISSED' | 'NOT_LOOKED_AT' | 'NOT_BUILT'; words: string }[] = [];

  that(holds: boolean, words: string): void {
    this.lines.push({ mark: holds ? 'SEEN' : 'MISSED', words });
  }

  /** Belongs to the act, and no hub does it yet: never counted as seen. */
  notBuilt(words: string): void {
    this.lines.push({ mark: 'NOT_BUILT', words });
  }

  /** Cannot be looked at from where the script runs. */
  notLookedAt(words: string): void {
    this.lines.push({ mark: 'NOT_LOOKED_AT', words });
  }

  /** What the act cannot go on without. */
  needs<T>(value: T | null | undefined, words: string): T {
    if (value === null || value === undefined) throw new Error(words);
    return value;
  }
}
