import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { everyPartner, record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { closureChanged } from './closure.facts.ts';
import type { ClosureCancelling, NewClosure } from './closure.inputs.ts';
import { cancelled, checkClosure } from './closure.rules.ts';
import { closuresOfPlace, lockClosure, saveClosure, saveNewClosure } from './closure.store.ts';
import { lockOrganisation } from './organisation.store.ts';
import { knownSite } from './site.store.ts';

/** Says beforehand when nobody answers: those days are no business days to whoever awaits an answer. */
export async function declareClosure(tx: Transaction, input: NewClosure) {
  const asked = input.organisation ?? tx.viewer.organisation;
  const { id: organisation, version } = await lockOrganisation(tx, asked, 'organisation');
  allow(tx.viewer, 'publish', organisation);
  const { from, to, reason, site = null } = input;
  if (site !== null) {
    const { organisationId } = await knownSite(tx, site, 'site');
    found(organisationId === organisation ? site : null, 'site');
  }
  const others = await closuresOfPlace(tx, organisation, site);
  checkClosure({ from, to }, others.map(days), parisDay(tx.now));
  const id = newId('Closure');
  const place = { organisationId: organisation, siteId: site };
  await saveNewClosure(tx, { id, ...place, fromDay: from, toDay: to, reason, declaredAt: tx.now });
  await tell(tx, 'organisation.closure_declared', {
    organisation,
    version,
    facts: { closure: id, from, to },
  });
  return { id };
}

/** Takes back what is still to come of a closure. */
export async function cancelClosure(tx: Transaction, input: ClosureCancelling) {
  const closure = await lockClosure(tx, input.closure, 'closure');
  const { organisationId: organisation } = closure;
  allow(tx.viewer, 'publish', organisation);
  const { version } = await lockOrganisation(tx, organisation, 'closure');
  const change = cancelled(days(closure), parisDay(tx.now), tx.now);
  await saveClosure(tx, closure.id, change);
  await tell(tx, 'organisation.closure_cancelled', { organisation, version, facts: { closure: closure.id } });
  return { id: closure.id };
}

const days = ({ fromDay, toDay }: { fromDay: string; toDay: string }) => ({ from: fromDay, to: toDay });

interface Told {
  organisation: string;
  version: number;
  facts: Readonly<Record<string, string>>;
}

async function tell(tx: Transaction, type: EventType, { organisation: id, version, facts }: Told) {
  await record(tx, {
    type,
    subject: { type: 'Organisation', id, version },
    audience: [everyPartner],
    facts,
  });
  await tx.say(closureChanged, { organisation: id });
}
