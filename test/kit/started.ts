import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** What a process of its own runs: the hub's code as this run of the tests found it, `src/main.js` and the like. */
export const compiled = (file: string) => join(process.env.TESTED_HUB!, file);

/** A hub as an operator starts it: a process of its own, told what to do by its environment and by signals. */
export class StartedHub {
  private static readonly started: StartedHub[] = [];
  readonly exited: Promise<number | string>;
  stdout = '';
  stderr = '';

  private constructor(readonly child: ChildProcess) {
    StartedHub.started.push(this);
    child.stdout!.on('data', (chunk) => (this.stdout += String(chunk)));
    child.stderr!.on('data', (chunk) => (this.stderr += String(chunk)));
    this.exited = new Promise((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone')),
    );
  }

  /** Runs it without waiting for anything. */
  static run(settings: Record<string, string>): StartedHub {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', ...settings };
    return new StartedHub(
      spawn(process.execPath, [compiled('src/main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  /** Runs it and waits until it is ready. */
  static async ready(settings: Record<string, string>): Promise<StartedHub> {
    const hub = StartedHub.run(settings);
    const end = Date.now() + 60_000;
    while (!hub.stdout.includes('/readyz')) {
      if (hub.child.exitCode !== null || Date.now() > end)
        throw new Error(`the hub did not start: ${hub.stdout}${hub.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return hub;
  }

  /** After a failed test: none is left behind. */
  static async endAll(): Promise<void> {
    for (const hub of StartedHub.started) if (hub.child.exitCode === null) await hub.stop();
  }

  get url(): string {
    return /(http:\S+)\/graphql/.exec(this.stdout)![1]!;
  }

  /** Sends the signal and answers how it ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.child.kill(signal);
    return this.exited;
  }
}
