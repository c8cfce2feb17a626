import type { RequirementRow } from '../matching/requirement.row.ts';
import type { Said } from '../matching/requirement.rules.ts';
import type { DemoOffer } from './offers.ts';

const nothing: Said = { licences: null, frenchLevel: null, timeBands: null };

/** By the title of the offer: the van of the banks is driven, the rivers begin in the morning, a training is followed in French. */
const asked: Readonly<Record<string, Said>> = {
  'Entretien des berges': { ...nothing, licences: ['B'] },
  'Restauration des rivières': { ...nothing, timeBands: ['MORNING'] },
};

export function requirementOf({ row }: DemoOffer): Said {
  if (asked[row.title]) return asked[row.title]!;
  return row.kind === 'QUALIFYING_TRAINING' ? { ...nothing, frenchLevel: 'A2' } : nothing;
}

export function requirementsOf(offers: readonly DemoOffer[]): RequirementRow[] {
  return offers
    .map((offer) => ({ offer: offer.row, said: requirementOf(offer) }))
    .filter(({ said }) => Object.values(said).some(Boolean))
    .map(({ offer, said }) => ({
      ...{ subjectId: offer.id, offerId: offer.id, number: 1, setAt: offer.createdAt, replacedAt: null },
      ...(said as Pick<RequirementRow, 'licences' | 'frenchLevel' | 'timeBands'>),
    }));
} // prettier-ignore
