import { hashKey, prefixOf } from '../auth/tokens.ts';
import type { DemoKeys } from '../auth/demo-keys.ts';
import { scopes, type PeopleScope, type Role } from '../kernel/viewer.ts';
import type { OrganisationRow } from '../partners/organisation.row.ts';
import type { SiteRow } from '../partners/site.row.ts';
import { actors, type Actor } from './actors.ts';
import { fresh, type Ground, type Rows } from './ground.ts';
import { mailNameOf, nameOf, type Name } from './names.ts';
import { demoOrganisations, type DemoOrganisation } from './organisations.data.ts';
import { nthSiret } from './siret.ts';
import { timeToOpen } from './story.data.ts';
import { iso } from './timeline.ts';

export interface DemoMember {
  id: string;
  email: string;
  roles: Role[];
  people: PeopleScope;
  territory: string[];
}

/** A partner as the other generators use it. */
export interface Partner extends Pick<DemoOrganisation, 'key' | 'kind'> {
  id: string;
  name: string;
  communeCode: string;
  epciCode: string;
  sites: SiteRow[];
  members: DemoMember[];
}

export interface Partners {
  rows: Rows;
  all: Partner[];
  of(key: string): Partner;
}

/** The council's coordinators work in units of a few EPCI, here by their main towns. */
const units = [
  ['Nantes'],
  ['Saint-Nazaire', 'Guérande'],
  ['Châteaubriant', 'Nozay', 'Blain', 'Plessé'],
  ['Ancenis-Saint-Géréon'],
  ['Vallet', 'Clisson'],
  ['Pornic', 'Machecoul-Saint-Même', 'Saint-Philbert-de-Grand-Lieu', 'Saint-Brevin-les-Pins'],
  ['Nort-sur-Erdre', 'Savenay', 'Pontchâteau'],
];

/** The partners, their sites, their members and the keys of their tools. */
export function partnersOf(ground: Ground, keys: DemoKeys): Partners {
  const all = demoOrganisations.map((template, at) => partnerOf(ground, template, at));
  const byKey = new Map(all.map(({ partner }) => [partner.key, partner]));
  const of = (key: string) => byKey.get(key)!;
  for (const { row, template } of all) row.parentId = template.parent ? of(template.parent).id : null;
  return {
    all: all.map(({ partner }) => partner),
    of,
    rows: {
      organisation: all.map(({ row }) => row),
      accreditation: all.flatMap(({ row, template }) => accreditationsOf(ground, row.id, template)),
      site: all.flatMap(({ partner }) => partner.sites),
      member: all.flatMap(({ members }) => members),
      api_client: actors.filter(({ kind }) => kind === 'TOOL').map((actor) => toolOf(ground, of(actor.organisation), actor, keys)),
    },
  }; // prettier-ignore
}

function partnerOf(ground: Ground, template: DemoOrganisation, at: number) {
  const { time, territory } = ground;
  const created = time.at(timeToOpen, 9, at % 60);
  const commune = territory.named(template.commune);
  const id = time.id('Organisation', created);
  const { key, kind, name } = template;
  const row: OrganisationRow = {
    id,
    kind,
    remit: template.remit ?? null,
    name,
    shortName: template.shortName ?? null,
    siret: nthSiret(at),
    parentId: null,
    communeCode: commune.code,
    description: template.about ?? null,
    email: `contact@${key}.example`,
    phone: `02 61 91 ${String(10 + Math.floor(at / 10))} ${String(10 + (at % 10))}`,
    website: `https://${key}.example`,
    authorisedPrescriber: template.prescriber ?? null,
    authorisedPrescriberSince: template.prescriber ? '2021-01-01' : null,
    sensitive: false,
    answersByMail: template.key === 'berges-vives',
    source: null,
    sourceId: null,
    importBatchId: null,
    ...fresh(iso(created)),
  };
  const sites = (template.sites ?? []).map((town, nth) => siteOf(ground, row, town, nth));
  const members = membersOf(ground, row, template);
  const partner: Partner = {
    key,
    kind,
    id,
    name,
    communeCode: commune.code,
    epciCode: commune.epciCode!,
    sites,
    members,
  };
  return { row, template, partner, members }; // prettier-ignore
}

function siteOf(
  { time, territory, random }: Ground,
  of: OrganisationRow,
  town: string,
  nth: number,
): SiteRow {
  const commune = territory.named(town);
  const created = time.at(timeToOpen, 10, nth);
  const street = random.pick(['rue de la Gare', 'rue du Port', 'place de l’Église', 'rue Jean-Moulin', 'avenue de la Paix', 'quai de la Loire', 'rue des Artisans']); // prettier-ignore
  return {
    id: time.id('Site', created),
    organisationId: of.id,
    name: `${of.shortName ?? of.name} – ${town}`,
    communeCode: commune.code,
    address: `${random.int(1, 90)} ${street}`,
    latitude: commune.latitude,
    longitude: commune.longitude,
    approximate: true,
    source: null,
    sourceId: null,
    importBatchId: null,
    ...fresh(iso(created)),
  };
}

function membersOf(ground: Ground, of: OrganisationRow, template: DemoOrganisation) {
  const people = actors.filter((actor) => actor.kind === 'MEMBER' && actor.organisation === template.key);
  const staff = new Map<string, Name>();
  while (staff.size < (template.staff ?? 0)) {
    const name = nameOf(ground.random);
    staff.set(mailNameOf(name), name); // two of the same name would share a mailbox
  }
  return [
    ...people.map((actor) => ({ email: actor.email, displayName: actor.about.split(',')[0]!.split(' who ')[0]!, ...rightsOf(ground, of, template, actor) })),
    ...[...staff].map(([mailName, name], nth) => ({ email: `${mailName}@${template.key}.example`, displayName: `${name.firstName} ${name.lastName}`, ...rightsOf(ground, of, template, nth) })),
  ].map((member, nth) => {
    const created = ground.time.at(timeToOpen, 11, nth);
    return { id: ground.time.id('Member', created), organisationId: of.id, ...member, phone: of.phone, state: 'ACTIVE', ...fresh(iso(created)) };
  }); // prettier-ignore
}

const withoutPeople = ['STATE', 'IAE_COUNCIL', 'CITY_CONTRACT', 'BENEFITS_FUND'];

/** Actors lead their organisation; of the rest, the first also answers for it and the others follow people. */
function rightsOf(
  { territory }: Ground,
  { kind, remit }: OrganisationRow,
  { key }: DemoOrganisation,
  who: Actor | number,
): Pick<DemoMember, 'roles' | 'people' | 'territory'> {
  const epcis = (towns: string[]) => towns.map((town) => territory.named(town).epciCode!);
  const reads = withoutPeople.includes(kind) || (kind === 'STATE_SERVICE' && remit !== 'HEALTH_AND_SOCIAL');
  const people: PeopleScope = reads ? 'NONE' : 'ALL';
  if (typeof who === 'object') {
    if (who.name === 'council-reader') return { roles: ['READER'], people: 'ALL', territory: [] };
    if (who.name === 'council') return { roles: ['COORDINATOR', 'MANAGER'], people: 'TERRITORY', territory: epcis(units[0]!) };
    return { roles: ['COORDINATOR', 'PROVIDER', 'MANAGER'], people, territory: [] };
  } // prettier-ignore
  if (key === 'council')
    return { roles: ['COORDINATOR'], people: 'TERRITORY', territory: epcis(units[who % units.length]!) };
  if (who === 0) return { roles: ['MANAGER'], people, territory: [] };
  return {
    roles: ['COORDINATOR', 'PROVIDER'],
    people: people === 'ALL' ? 'PORTFOLIO' : people,
    territory: [],
  };
}

function accreditationsOf(
  { time }: Ground,
  organisationId: string,
  { accreditations = [] }: DemoOrganisation,
) {
  return accreditations.map((kind, nth) => ({
    organisationId,
    kind,
    number: `${kind}04424${String(nth + 1).padStart(4, '0')}`,
    fromDay: time.day(timeToOpen - 365),
    toDay: null,
  }));
}

function toolOf({ time }: Ground, of: Partner, actor: Actor, keys: DemoKeys) {
  const key = keys.toolKey(actor.name);
  const created = time.at(timeToOpen, 12, 0);
  return {
    id: time.id('ApiClient', created),
    organisationId: of.id,
    actingMemberId: of.members.find(({ email }) => email === actor.email)!.id,
    name: actor.about.split(',')[0]!,
    keyPrefix: prefixOf(key),
    keyHash: hashKey(key),
    scopes: scopes.filter((scope) => scope !== 'indicators:read'),
    ...fresh(iso(created)),
  };
}
