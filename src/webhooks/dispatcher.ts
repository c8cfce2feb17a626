import type { Logger } from 'pino';
import type { EventFeed } from '../events/feed.ts';
import { Rounds } from '../events/rounds.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { deliverTo, type Delivering } from './deliver.sweep.ts';
import { endpointsDue, nextDue } from './delivery.store.ts';
import { planDeliveries } from './follow.sweep.ts';

export interface DispatcherOptions extends Delivering {
  feed: EventFeed;
  log: Logger;
}

const hub = hubViewer('webhooks');
const gathering = 50;
const lookEvery = 15_000;

/**
 * Keeps endpoints told, beside the moves and never in their way: woken by the live feed, by the time of what is tried
 * again, and every quarter of a minute for what a process that died has left. Endpoints do not wait for each other.
 */
export class Dispatcher {
  private heard = true;
  private readonly busy = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly rounds: Rounds;
  private readonly unfollow: () => void;

  constructor(private readonly of: DispatcherOptions) {
    const onFault = (err: unknown) => of.log.warn({ err }, 'webhooks wait for the moment');
    this.rounds = new Rounds({ round: () => this.round(), gathering, onFault });
    this.unfollow = of.feed.follow(({ subjectType }) => {
      if (this.heard || subjectType === 'WebhookEndpoint') this.rounds.wake();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.unfollow();
    await this.rounds.stop();
    await Promise.all(this.busy.values());
  }

  private async round(): Promise<number> {
    const { db } = this.of;
    this.heard = await planDeliveries(db);
    for (const endpoint of await endpointsDue(db.as(hub))) this.begin(endpoint);
    return this.untilDue();
  }

  private begin(endpoint: string): void {
    if (this.busy.has(endpoint)) return;
    const work = deliverTo({ ...this.of, stopping: this.stopping.signal }, endpoint)
      .then(() => {})
      .catch((err: unknown) => this.of.log.warn({ err, endpoint }, 'a webhook waits for the moment'))
      .finally(() => {
        this.busy.delete(endpoint);
        this.rounds.wake();
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
