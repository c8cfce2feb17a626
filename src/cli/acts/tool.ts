import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from './screen.ts';

interface Running {
  script: string;
  url: string;
  token: string;
}

interface Held {
  id: string;
  state: string;
  version: number;
}

/** A third party's software beside the players: `npm run example:tool`, a process of its own that may be killed. */
export class Tool {
  /** The ids of the events it has printed, since it was last started. */
  printed: string[] = [];
  private child: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'passerelle-mirror-'));
  private readonly file = join(this.folder, 'referrals.json');
  private said = '';

  constructor(private readonly of: Running) {}

  /** Runs until it holds a copy. */
  async start(): Promise<boolean> {
    await this.kill();
    this.printed = [];
    this.said = '';
    const { script, url, token } = this.of;
    this.child = spawn(process.execPath, [script, this.file], {
      env: { ...process.env, PASSERELLE_URL: url, PASSERELLE_TOKEN: token },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout!.on('data', (chunk) => this.hear(String(chunk)));
    return this.until(() => this.held !== null);
  }

  private hear(chunk: string): void {
    const lines = (this.said + chunk).split('\n');
    this.said = lines.pop()!;
    this.printed.push(...lines.flatMap((line) => /^(evt_\w+) /.exec(line)?.[1] ?? []));
  }

  /** As a power cut does it: nothing is said to it before. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async until(holds: () => boolean, within = 15_000): Promise<boolean> {
    for (const end = Date.now() + within; Date.now() < end; await pause(50)) if (holds()) return true;
    return holds();
  }

  /** The referrals in its file, by their ids; null before the first copy. */
  get held(): Map<string, Held> | null {
    try {
      const { referrals } = JSON.parse(readFileSync(this.file, 'utf8')) as {
        referrals: Record<string, Held>;
      };
      return new Map(Object.entries(referrals));
    } catch {
      return null;
    }
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
