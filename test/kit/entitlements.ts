import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import type { World } from './world.ts';

/** From when until when a right stood where; `until` is the first day after. */
export interface PeriodOf {
  state: string;
  from: string;
  until?: string;
  reason?: string;
  /** When the hub learnt it, and learnt otherwise: the world's now, never. */
  knownFrom?: string;
  knownUntil?: string;
}

export interface RightOf {
  person: string;
  role?: string;
  applicationNumber?: string;
  periods?: readonly PeriodOf[];
}

/** A right to the RSA straight in its tables, open since the beginning of the year if nothing else is said. */
export async function entitled(world: World, right: RightOf): Promise<string> {
  const { person, role = 'ALLOCATAIRE', applicationNumber = null } = right;
  const id = newId('Entitlement');
  await world.db.write(hubViewer('test'), async (tx) => {
    await tx.change(sql`insert into entitlement (id, person_id, benefit, role, organism, applied_on, application_number, rights_and_duties, created_at, updated_at)
      values (${id}, ${person}, 'RSA', ${role}, 'CAF 441', '2025-12-11', ${applicationNumber}, true, ${tx.now}, ${tx.now})`);
    for (const each of right.periods ?? [{ state: 'OPEN', from: '2026-01-01' }])
      await tx.change(sql`insert into entitlement_period (id, entitlement_id, person_id, state, from_day, until_day, reason, known_from, known_until)
        values (${newId('EntitlementPeriod')}, ${id}, ${person}, ${each.state}, ${each.from}::date, ${each.until ?? null}::date,
          ${each.reason ?? null}, ${each.knownFrom ?? tx.now}::timestamptz, ${each.knownUntil ?? null}::timestamptz)`);
  });
  return id;
}
