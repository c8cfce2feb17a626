import type { Logger } from 'pino';
import type { EventFeed } from '../events/feed.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { deliverTo, type Delivering } from './deliver.sweep.ts';
import { endpointsDue, nextDue } from './delivery.store.ts';
import { planDeliveries } from './follow.sweep.ts';

export interface DispatcherOptions extends Delivering {
  feed: EventFeed;
  log: Logger;
}

const hub = hubViewer('webhooks');
/** What is written within so many milliseconds is read at once. */
const gathering = 50;
const lookEvery = 15_000;

/**
 * Keeps endpoints told, beside the moves and never in their way: woken by the live feed, by the time of what is tried
 * again, and every quarter of a minute for what a process that died has left. Endpoints do not wait for each other.
 */
export class Dispatcher {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private heard = true;
  private readonly busy = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly unfollow: () => void;

  constructor(private readonly of: DispatcherOptions) {
    this.unfollow = of.feed.follow(({ subjectType }) => {
      if (this.heard || subjectType === 'WebhookEndpoint') this.wake();
    });
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.unfollow();
    clearTimeout(this.timer);
    await this.running;
    await Promise.all(this.busy.values());
  }

  private wake(): void {
    if (this.running) this.again = true;
    else this.schedule(gathering);
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    if (!this.stopping.signal.aborted) this.timer = setTimeout(() => void (this.running = this.run()), delay);
  }

  private async run(): Promise<void> {
    const { db, log } = this.of;
    this.again = false;
    let pause = lookEvery;
    try {
      this.heard = await planDeliveries(db);
      for (const endpoint of await endpointsDue(db.as(hub))) this.begin(endpoint);
      pause = await this.untilDue();
    } catch (err) {
      log.warn({ err }, 'webhooks wait for the moment');
    }
    this.running = null;
    this.schedule(this.again ? gathering : pause);
  }

  private begin(endpoint: string): void {
    if (this.busy.has(endpoint)) return;
    const work = deliverTo({ ...this.of, stopping: this.stopping.signal }, endpoint)
      .then(() => {})
      .catch((err: unknown) => this.of.log.warn({ err, endpoint }, 'a webhook waits for the moment'))
      .finally(() => {
        this.busy.delete(endpoint);
        this.wake();
      });
    this.busy.set(endpoint, work);
  }

  private async untilDue(): Promise<number> {
    const { db } = this.of;
    const due = await nextDue(db.as(hub), [...this.busy.keys()]);
    if (due === null) return lookEvery;
    return Math.min(lookEvery, Math.max(gathering, Date.parse(due) - Date.parse(db.clock.now())));
  }
}
