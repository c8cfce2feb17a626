import type { FastifyInstance } from 'fastify';
import { addDays, type Clock } from '../kernel/clock.ts';

const daysValid = 180;

/** Whom to tell of a weakness, where people who look for one expect it (RFC 9116). */
export function openSecurityContact(app: FastifyInstance, contact: string, clock: Clock): void {
  app.get('/.well-known/security.txt', (_, reply) => reply.type('text/plain; charset=utf-8').send(told()));

  function told(): string {
    const expires = `${addDays(clock.now(), daysValid).slice(0, 10)}T00:00:00Z`;
    return `Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: fr, en\n`;
  }
}
