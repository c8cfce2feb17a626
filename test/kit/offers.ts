import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import type { OfferKind, OfferState } from '../../src/offers/offer.rules.ts';
import { exclusiveByDefault } from '../../src/offers/offer.rules.ts';
import type { Partner } from './world.ts';

export interface OfferOf {
  kind?: OfferKind;
  title?: string;
  description?: string;
  state?: OfferState;
  commune?: string;
  exclusive?: boolean;
  weeklyHours?: number;
}

/** A published offer of this partner, at its commune's point. What the API checks is not what it is for. */
export async function publishedOffer(partner: Partner, of: OfferOf = {}): Promise<string> {
  const id = newId('Offer');
  const { kind = 'INSERTION_WORKSITE', state = 'PUBLISHED', commune = '44109', weeklyHours = null } = of;
  const { title = `Offer ${partner.world.next()}`, description = 'What one does there.' } = of;
  const exclusive = of.exclusive ?? exclusiveByDefault(kind);
  await partner.world.db.write(hubViewer('test'), (tx) => {
    const published = state === 'DRAFT' ? null : tx.now;
    return tx.change(
      sql`insert into offer (id, organisation_id, kind, title, description, state, exclusive, weekly_hours,
          commune_code, latitude, longitude, approximate, confirmed_at, published_at, created_at, updated_at)
        select ${id}, ${partner.id}, ${kind}, ${title}, ${description}, ${state}, ${exclusive}, ${weeklyHours},
          code, latitude, longitude, true, ${published}, ${published}, ${tx.now}, ${tx.now}
        from commune where code = ${commune}`,
      1,
    );
  });
  return id;
}
