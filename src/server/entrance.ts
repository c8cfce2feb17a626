import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Admitted, Login } from '../auth/login.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { addressOf, neighbourhoodOf } from './address.ts';

const mostRemembered = 10_000;

/**
 * The one way in, over HTTP and sockets. Who tries many tokens that are none is slowed by its address before anything
 * is looked up; a token that was good a moment ago is not held up by its neighbours behind the same address.
 */
export class Entrance {
  private readonly failures: RateLimiterMemory;
  /** Digests of tokens accepted lately, the last one last. */
  private readonly good = new Set<string>();

  constructor(
    private readonly login: Login,
    private readonly mostFailures: number,
    private readonly proxies: number,
  ) {
    this.failures = new RateLimiterMemory({ points: mostFailures, duration: 60 });
  }

  addressOf(request: IncomingMessage): string {
    return addressOf(request, this.proxies);
  }

  enter(token: string, request: IncomingMessage): Promise<Admitted | null> {
    return this.through(token, request, () => this.login.admit(token));
  }

  /** Whose calendar this secret opens; guesses are slowed as those of tokens are. */
  calendar(secret: string, request: IncomingMessage): Promise<Viewer | null> {
    return this.through(secret, request, () => this.login.ofCalendar(secret));
  }

  private async through<T>(
    token: string,
    request: IncomingMessage,
    admit: () => Promise<T | null>,
  ): Promise<T | null> {
    const address = neighbourhoodOf(this.addressOf(request));
    const digest = createHash('sha256').update(token).digest('base64');
    const seconds = await this.waits(address);
    if (seconds > 0 && !this.good.has(digest)) throw new Refusal('RATE_LIMITED', { seconds });
    const admitted = await admit();
    this.good.delete(digest);
    if (admitted) this.remember(digest);
    else await this.failures.penalty(address);
    return admitted;
  }

  private async waits(address: string): Promise<number> {
    const counted = await this.failures.get(address);
    return counted && counted.consumedPoints >= this.mostFailures
      ? Math.ceil(counted.msBeforeNext / 1000)
      : 0;
  }

  private remember(digest: string): void {
    this.good.add(digest);
    if (this.good.size > mostRemembered) this.good.delete(this.good.values().next().value!);
  }
}
