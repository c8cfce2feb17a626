/** Rung when there is something to read; hushed before it is looked for, so that no ring is missed. */
export class Bell {
  closed = false;
  private rang = false;
  private awaken: () => void = () => {};

  ring(): void {
    this.rang = true;
    this.awaken();
  }

  hush(): void {
    this.rang = false;
  }

  close(): void {
    this.closed = true;
    this.awaken();
  }

  /** Resolves when it has rung, is closed, or so many milliseconds are over. */
  async rung(within: number | null): Promise<void> {
    if (this.rang || this.closed) return;
    await new Promise<void>((resolve) => {
      const timer = within === null ? undefined : setTimeout(resolve, Math.max(0, within)).unref();
      this.awaken = () => (clearTimeout(timer), resolve());
    });
  }
}
