import type { OfferRow } from '../offers/offer.row.ts';
import { exclusiveByDefault, type OfferState } from '../offers/offer.rules.ts';
import type { SiteRow } from '../partners/site.row.ts';
import { fresh, type Ground } from './ground.ts';
import { offerTemplates, type OfferTemplate } from './offers.data.ts';
import type { Partner, Partners } from './organisations.ts';
import { timeToOpen } from './story.data.ts';
import { iso } from './timeline.ts';

export interface DemoOffer {
  row: OfferRow;
  template: OfferTemplate;
  provider: Partner;
  site: SiteRow | undefined;
}

const wanted = 150;

/** A hundred and fifty offers: each template at its organisations, then again at their further sites. */
export function offersOf(ground: Ground, partners: Partners): DemoOffer[] {
  const planned = offerTemplates.flatMap((template) =>
    template.by.map((key) => ({ template, key, site: 0 })),
  );
  const further = [...offerTemplates].reverse().filter(({ siae, takes }) => siae || takes === 'SESSION');
  for (let site = 1; planned.length < wanted; site++)
    for (const template of further)
      for (const key of template.by)
        if (planned.length < wanted && site <= partners.of(key).sites.length)
          planned.push({ template, key, site });
  return planned.map(({ template, key, site }, nth) => {
    const provider = partners.of(key);
    return offerOf(ground, template, provider, provider.sites[site] ?? provider.sites[0], nth);
  });
}

function offerOf(
  ground: Ground,
  template: OfferTemplate,
  provider: Partner,
  site: SiteRow | undefined,
  nth: number,
): DemoOffer {
  const { time, random, territory } = ground;
  const created = time.at(time.workingDay(random.int(timeToOpen + 5, timeToOpen + 40)));
  const confirmed = nth === 0 ? time.at(-4, 9, 12) : time.at(time.workingDay(-random.int(1, 125), -1));
  const commune = territory.communes.find(
    ({ code }) => code === (site?.communeCode ?? provider.communeCode),
  )!;
  const state = stateOf(template, nth);
  const row: OfferRow = {
    id: time.id('Offer', created),
    organisationId: provider.id,
    siteId: site?.id ?? null,
    kind: template.kind,
    siaeKind: template.siae ?? null,
    // a work site goes where its host needs it: its title names no commune
    title: roams(template) ? template.title : `${template.title} – ${commune.name}`,
    description: template.about,
    state,
    domains: template.domains ?? [],
    thematiques: template.thematiques ?? [],
    romeCodes: template.rome ?? [],
    publics: template.publics ?? [],
    exclusive: exclusiveByDefault(template.kind),
    countsAsAction: template.service !== 'information',
    fees: template.service ? 'gratuit' : null,
    feesDetail: null,
    receptionModes: ['en-presentiel'],
    mobilisationModes: ['envoyer-un-courriel', 'telephoner'],
    mobilisableBy: template.service === 'information' ? ['professionnels', 'usagers'] : ['professionnels'],
    mobilisationLink: null,
    accessConditions: template.siae ? 'Éligibilité à l’insertion par l’activité économique.' : null,
    publicsDetail: null,
    eligibilityZone: [],
    openingHours:
      provider.key === closedInAugust ? 'Du lundi au vendredi, 9 h – 17 h ; fermé en août.' : null,
    weeks: template.weeks ?? null,
    weeklyHours: template.hours ?? null,
    contactEmail: `accueil@${provider.key}.example`,
    contactPhone: null,
    serviceType: template.service ?? null,
    communeCode: commune.code,
    address: site?.address ?? null,
    latitude: site?.latitude ?? commune.latitude,
    longitude: site?.longitude ?? commune.longitude,
    approximate: site?.approximate ?? true,
    confirmedAt: state === 'DRAFT' ? null : iso(confirmed),
    publishedAt: state === 'DRAFT' ? null : iso(created),
    suspendedUntil: state === 'SUSPENDED' ? time.day(40) : null,
    externalReference: null,
    source: null,
    sourceId: null,
    importBatchId: null,
    ...fresh(iso(created)),
    updatedAt: iso(state === 'DRAFT' ? created : confirmed),
  };
  return { row, template, provider, site };
}

/** One provider answers nothing in August. */
export const closedInAugust = 'pierre-et-main';

function roams({ kind, by }: OfferTemplate): boolean {
  return kind === 'INSERTION_WORKSITE' || by.length === 1;
}

/** Only services without places rest or are being written: people wait for nothing that is not there. */
function stateOf(template: OfferTemplate, nth: number): OfferState {
  if (template.takes !== 'NO_VACANCY') return 'PUBLISHED';
  if (nth % 13 === 4) return 'SUSPENDED';
  if (nth % 13 === 9) return 'DRAFT';
  return nth % 17 === 11 ? 'ARCHIVED' : 'PUBLISHED';
}
