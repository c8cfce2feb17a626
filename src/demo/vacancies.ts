import type { SiteRow } from '../partners/site.row.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import type { VacancyCloseReason } from '../vacancies/vacancy.rules.ts';
import { fresh, type Ground } from './ground.ts';
import type { DemoOffer } from './offers.ts';
import type { Partners } from './organisations.ts';
import { cycleOf } from './cycles.ts';
import { nadiasCommune, storySites, timeToOpen } from './story.data.ts';
import { towards } from './territory.ts';
import { iso } from './timeline.ts';

/** A vacancy whose count and state are settled once its referrals are told. */
export interface DemoVacancy {
  row: VacancyRow;
  offer: DemoOffer;
  /** Days from the day of loading. */
  created: number;
  start: number;
  /** The instant at which it closed; absent: it has not. */
  closed: number | null;
}

const wanted = 400;

export interface Vacancies {
  all: DemoVacancy[];
  /** V and W of the story. */
  v: DemoVacancy;
  w: DemoVacancy;
  sites: SiteRow[];
}

/** Four hundred recruitments and sessions, one after the other at each offer; the last ones are of these weeks. */
export function vacanciesOf(ground: Ground, offers: readonly DemoOffer[], partners: Partners): Vacancies {
  const sites = sitesOfStory(ground, partners);
  const [v, w] = sites.map((site, at) => storyVacancy(ground, offers[at]!, site)) as [DemoVacancy, DemoVacancy];
  const all = [v, w];
  const open = offers.filter(({ row, template }) => row.state === 'PUBLISHED' && template.takes !== 'NO_VACANCY');
  const next = new Map(open.map((offer) => [offer, ground.random.int(-25, 68)]));
  while (all.length < wanted)
    for (const offer of open) {
      const start = next.get(offer)!;
      const soon = start > 20 && ground.random.chance(0.3);
      next.set(offer, start - (soon ? ground.random.int(20, 60) : ground.random.int(100, 240)));
      // the story's own offers keep V and W as their only current recruitment
      if (start < timeToOpen + 130 || all.length === wanted || (start > -26 && offers.indexOf(offer) < 2)) continue;
      all.push(vacancyOf(ground, offer, hostOf(ground, offer, partners) ?? offer.site, ground.time.workingDay(start)));
    }
  return { all, v, w, sites };
} // prettier-ignore

function storyVacancy(ground: Ground, offer: DemoOffer, site: SiteRow): DemoVacancy {
  const isV = site.name === storySites[0].name;
  const vacancy = vacancyOf(ground, offer, site, ground.time.workingDay(isV ? 0 : 7));
  Object.assign(vacancy.row, { title: isV ? 'Entretien des berges' : null, places: isV ? 6 : 4 });
  return vacancy;
}

function sitesOfStory({ time, territory }: Ground, partners: Partners): SiteRow[] {
  const home = territory.named(nadiasCommune);
  return storySites.map(({ organisation, name, commune, metres }) => ({
    id: time.id('Site', time.at(timeToOpen, 14, 0)),
    organisationId: partners.of(organisation).id,
    name,
    communeCode: territory.named(commune).code,
    address: null,
    ...towards(home, territory.named(commune), metres),
    approximate: false,
    source: null,
    sourceId: null,
    importBatchId: null,
    ...fresh(time.day(timeToOpen) + 'T13:00:00.000Z'),
  }));
}

const hosts = ['service-water', 'service-buildings', 'commune-reze', 'commune-nantes', 'commune-saint-nazaire', 'commune-blain', 'ddtm']; // prettier-ignore

/** Host is not employer: a work site is often on the ground of a commune, of the council or of the State. */
function hostOf({ random }: Ground, { template }: DemoOffer, partners: Partners): SiteRow | undefined {
  if (template.kind !== 'INSERTION_WORKSITE' || random.chance(0.6)) return undefined;
  return partners.of(random.pick(hosts)).sites[0];
}

function vacancyOf(ground: Ground, offer: DemoOffer, site: SiteRow | undefined, start: number): DemoVacancy {
  const { time, random } = ground;
  const { row: of, template } = offer;
  const created = Math.min(start - 85, -random.int(12, 20));
  const closed = start < -25 ? time.at(Math.min(start + random.int(12, 40), -1)) : null;
  const at = time.at(created);
  const [least, most] = template.places ?? [1, 3];
  const row: VacancyRow = {
    id: time.id('Vacancy', at),
    offerId: of.id,
    organisationId: of.organisationId,
    siteId: site?.id ?? null,
    hostId: site && site.organisationId !== of.organisationId ? site.organisationId : null,
    seriesId: null,
    sessions: cycleOf(time, template, start),
    title: null,
    state: closed ? 'CLOSED' : 'OPEN',
    places: template.takes === 'UNCOUNTED' ? null : random.int(least, most),
    held: 0,
    taken: 0,
    free: null,
    startsOn: time.day(start),
    endsOn: template.takes === 'SESSION' ? time.day(start + 7 * (template.weeks ?? 8)) : null,
    refillUntil: time.day(start + 30),
    weeklyHours: template.hours ?? null,
    contractKind: template.contract ?? null,
    romeCode: template.rome?.[0] ?? null,
    communeCode: site?.communeCode ?? of.communeCode,
    latitude: site?.latitude ?? of.latitude,
    longitude: site?.longitude ?? of.longitude,
    approximate: site?.approximate ?? true,
    openedAt: iso(at),
    closeReason: closed ? closeReason(ground, offer) : null,
    closedAt: closed ? iso(closed) : null,
    externalReference: null,
    ...fresh(iso(at)),
  };
  return { row, offer, created, start, closed };
}

function closeReason({ random }: Ground, { template }: DemoOffer): VacancyCloseReason {
  if (template.takes === 'SESSION') return 'SESSION_OVER';
  return random.weighted({ RECRUITED: 9, FUNDING_ENDED: 1, OTHER: 1 });
}
