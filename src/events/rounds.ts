interface Round {
  /** Does what there is to do, and answers in how many milliseconds at most to look again. */
  round: () => Promise<number>;
  /** What is written within so many milliseconds is read at once. */
  gathering: number;
  onFault: (error: unknown) => void;
}

const lookAgainAfterFault = 15_000;

/** Work beside the moves, one round after the other: as soon as it is woken, and when its own time has come. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private woken = false;
  private stopped = false;

  constructor(private readonly of: Round) {
    this.schedule(0);
  }

  readonly wake = (): void => {
    if (this.running) this.woken = true;
    else this.schedule(this.of.gathering);
  };

  /** Resolves once the round under way has ended; no other begins. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void (this.running = this.run()), delay);
  }

  private async run(): Promise<void> {
    this.woken = false;
    let pause = lookAgainAfterFault;
    try {
      pause = await this.of.round();
    } catch (error) {
      this.of.onFault(error);
    }
    this.running = null;
    this.schedule(this.woken ? this.of.gathering : pause);
  }
}
