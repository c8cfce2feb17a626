import type { FastifyInstance } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../kernel/refusal.ts';
import { calendarText } from '../meetings/calendar.rules.ts';
import { entriesOf, languageOf } from '../meetings/calendar.store.ts';
import type { Hub } from './hub.ts';

const address = /^([\w-]{43})\.ics$/;
/** Calendar programs ask a few times an hour. */
const perMinute = 20;

/**
 * A member's meetings for their own calendar program, which has no token: whoever holds the address reads it, so no
 * person is named in it. With the rights the member has at that moment; a suspended one's calendar does not exist.
 */
export function openCalendar(app: FastifyInstance, hub: Hub): void {
  const purses = new RateLimiterMemory({ points: perMinute, duration: 60 });

  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    const secret = address.exec(request.params.file)?.[1];
    if (secret === undefined) return reply.callNotFound();
    const viewer = await hub.entrance.calendar(secret, request.raw);
    if (!viewer) return reply.callNotFound();
    await spend(purses, viewer.member!);
    const reader = hub.db.as(viewer);
    const [entries, language] = [await entriesOf(reader), await languageOf(reader)];
    return reply.type('text/calendar; charset=utf-8').send(calendarText(entries, language));
  });
}

async function spend(purses: RateLimiterMemory, of: string): Promise<void> {
  try {
    await purses.consume(of);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new Refusal('RATE_LIMITED', { seconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
  }
}
