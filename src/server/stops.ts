import type { Logger } from 'pino';

/** What was started, stopped in the reverse order; one that fails to stop does not keep the others up. */
export class Stops {
  private readonly steps: { name: string; stop: () => Promise<unknown> }[] = [];

  constructor(private readonly log: Logger) {}

  add(name: string, stop: () => Promise<unknown>): void {
    this.steps.push({ name, stop });
  }

  async run(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step.stop();
        this.log.info({ stopped: step.name }, 'stopped');
      } catch (err) {
        this.log.error({ err, stopping: step.name }, 'this did not stop as it should');
      }
    }
  }
}
