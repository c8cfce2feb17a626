import { createHash } from 'node:crypto';
import { newId } from '../../kernel/ids.ts';
import type { OfferRow } from '../../offers/offer.row.ts';
import type { AccreditationKind } from '../../partners/organisation.rules.ts';
import type { OrganisationRow } from '../../partners/organisation.row.ts';
import type { SiteRow } from '../../partners/site.row.ts';
import { departementOf } from '../../territory/commune.rules.ts';
import type { Decision } from '../verdict.ts';
import type { Known, KnownOrganisation, Origin } from './known.ts';
import { type Place, placeNotes, placeOf } from './place.rules.ts';
import { offerOf, type Service, serviceNotes } from './service.rules.ts';
import {
  accreditationsOf,
  isSensitive,
  kindOf,
  organisationOf,
  type Structure,
  structureNotes,
} from './structure.rules.ts';

export type WithId<R> = Partial<R> & { id: string };

/** All that a chunk of rows will write, gathered so that each table is written in one statement. */
export class Plan {
  readonly newOrganisations: WithId<OrganisationRow>[] = [];
  readonly organisations: WithId<OrganisationRow>[] = [];
  readonly accreditations: { organisationId: string; kind: AccreditationKind; fromDay: string }[] = [];
  readonly newSites: WithId<SiteRow>[] = [];
  readonly sites: WithId<SiteRow>[] = [];
  readonly newOffers: WithId<OfferRow>[] = [];
  readonly offers: WithId<OfferRow>[] = [];
  readonly origins: Origin[] = [];

  constructor(
    readonly known: Known,
    readonly now: string,
  ) {}

  /** A structure becomes an organisation and, where it says its commune, a site. */
  structure(structure: Structure): Decision {
    const origin = this.known.origin('STRUCTURE', structure);
    const place = placeOf(structure, this.known.communes);
    const notes = [...structureNotes(structure), ...placeNotes(structure, place)];
    if (!origin) return this.newStructure(structure, place, notes);
    if (isOlder(structure, origin)) return unchanged('older than what is stored');
    return this.sameStructure(structure, origin, place, notes);
  }

  private newStructure(structure: Structure, place: Place, notes: string[]): Decision {
    const content = organisationOf(structure);
    const owner = content.siret ? this.known.ownerOfSiret.get(content.siret) : undefined;
    if (owner) notes.push('a further site of the organisation with the same SIRET');
    const organisation = owner ?? this.newOrganisation(structure, place);
    const site = this.newSite(structure, organisation.id, place);
    const digest = this.digestOfStructure(structure, organisation, place);
    this.keep({ ...originOf('STRUCTURE', structure), organisation, site, offerId: null, digest });
    return { outcome: 'CREATED', notes };
  }

  private newOrganisation(structure: Structure, place: Place): KnownOrganisation {
    const id = newId('Organisation');
    const { kind, remit } = kindOf(structure);
    const content = organisationOf(structure);
    const [sensitive, { source, id: sourceId }] = [isSensitive(structure), structure];
    const parentId = kind === 'COUNCIL_SERVICE' ? this.councilOf(place) : null;
    const communeCode = place.communeCode;
    this.newOrganisations.push({
      ...content,
      id,
      kind,
      remit,
      parentId,
      communeCode,
      sensitive,
      source,
      sourceId,
    });
    this.accredit(structure, id);
    const organisation = { id, kind, siret: content.siret, sensitive, source, sourceId };
    if (content.siret) this.known.ownerOfSiret.set(content.siret, organisation);
    return organisation;
  }

  private sameStructure(structure: Structure, origin: Origin, place: Place, notes: string[]): Decision {
    const { organisation } = origin;
    const isMain = organisation.source === structure.source && organisation.sourceId === structure.id;
    if (isMain) notes.push(...this.kindNote(structure, organisation));
    const digest = this.digestOfStructure(structure, organisation, place);
    const site = origin.site ?? null;
    this.keep({ ...originOf('STRUCTURE', structure), organisation, site, offerId: null, digest });
    if (digest === origin.digest) return unchanged();
    if (isMain) this.changeOrganisation(structure, organisation, place, notes);
    if (!site) this.origins.at(-1)!.site = this.newSite(structure, organisation.id, place);
    else if (place.communeCode) this.sites.push({ id: site.id, ...siteContent(structure, place) });
    return { outcome: 'CHANGED', notes };
  }

  private changeOrganisation(
    structure: Structure,
    known: KnownOrganisation,
    place: Place,
    notes: string[],
  ): void {
    const content = organisationOf(structure);
    const owner = content.siret ? this.known.ownerOfSiret.get(content.siret) : undefined;
    if (owner && owner.id !== known.id) {
      notes.push('keeps its SIRET: the new one is another organisation’s');
      content.siret = known.siret;
    }
    const sensitive = known.sensitive || isSensitive(structure);
    this.organisations.push({ ...content, id: known.id, communeCode: place.communeCode, sensitive });
    this.accredit(structure, known.id);
  }

  /** What a partner is decides what it may do: an import says it once, and never changes it. */
  private kindNote(structure: Structure, { kind }: KnownOrganisation): string[] {
    const said = kindOf(structure).kind;
    return said === kind ? [] : [`stays ${kind}, though its networks now say ${said}`];
  }

  private accredit(structure: Structure, organisationId: string): void {
    for (const kind of accreditationsOf(structure))
      this.accreditations.push({ organisationId, kind, fromDay: structure.date_maj });
  }

  /** The council whose service it is: the one the hub knows, if it stands in the same département. */
  private councilOf({ communeCode }: Place): string | null {
    const { council } = this.known;
    const same =
      communeCode &&
      council?.communeCode &&
      departementOf(communeCode) === departementOf(council.communeCode);
    return same ? council.id : null;
  }

  private newSite(structure: Structure, organisationId: string, place: Place): Origin['site'] {
    const { communeCode } = place;
    if (!communeCode) return null;
    const id = newId('Site');
    const { source, id: sourceId } = structure;
    this.newSites.push({ id, organisationId, ...siteContent(structure, place), source, sourceId });
    return { ...place, id, communeCode };
  }

  private digestOfStructure(
    structure: Structure,
    { source, sourceId }: KnownOrganisation,
    place: Place,
  ): string {
    const isMain = source === structure.source && sourceId === structure.id;
    return digestOf([
      isMain && organisationOf(structure),
      structure.nom,
      place,
      accreditationsOf(structure),
      isSensitive(structure),
    ]);
  }

  /** A service becomes an offer of its structure's organisation, at the structure's site unless it says elsewhere. */
  service(service: Service): Decision {
    const structure = this.known.structureOf(service);
    if (!structure) return { outcome: 'REFUSED', notes: [`structure ${service.structure_id} is unknown`] };
    const origin = this.known.origin('SERVICE', service);
    if (origin && isOlder(service, origin)) return unchanged('older than what is stored');
    const said = placeOf(service, this.known.communes);
    const content = { ...offerOf(service, this.now), ...this.offerPlace(service, said, structure) };
    const organisationId = structure.organisation.id;
    // not confirmedAt: a date still to come would make it another content each day
    const digest = digestOf([organisationId, { ...content, confirmedAt: service.date_maj }]);
    const offerId = origin?.offerId ?? newId('Offer');
    const { organisation } = structure;
    this.origins.push({ ...originOf('SERVICE', service), organisation, site: null, offerId, digest });
    if (digest === origin?.digest) return unchanged();
    const notes = [...serviceNotes(service), ...placeNotes(service, said)];
    if (origin) this.offers.push({ id: offerId, organisationId, ...content });
    else this.newOffer({ id: offerId, organisationId, ...content }, service);
    return { outcome: origin ? 'CHANGED' : 'CREATED', notes };
  }

  private newOffer(offer: WithId<OfferRow>, { source, id: sourceId }: Service): void {
    this.newOffers.push({
      ...offer,
      state: 'PUBLISHED',
      exclusive: false,
      publishedAt: this.now,
      source,
      sourceId,
    });
  }

  private offerPlace(service: Service, said: Place, { site }: Origin): Place & { siteId: string | null } {
    const saysNothing = !said.communeCode && !said.address && said.approximate;
    if (saysNothing && !service.code_insee && site) return { ...placeOnly(site), siteId: site.id };
    const sameAddress = !said.address || said.address === site?.address;
    const atSite = site !== null && said.communeCode === site.communeCode && sameAddress;
    return { ...said, siteId: atSite ? site.id : null };
  }

  private keep(origin: Origin): void {
    this.origins.push(origin);
    this.known.add(origin);
  }
}

function originOf(noun: Origin['noun'], { source, id, date_maj }: Structure | Service) {
  return { noun, source, sourceId: id, day: date_maj };
}

function isOlder({ date_maj }: { date_maj: string }, { day }: Origin): boolean {
  return day !== null && date_maj < day;
}

function unchanged(...notes: string[]): Decision {
  return { outcome: 'UNCHANGED', notes };
}

function siteContent({ nom }: Structure, { communeCode, ...place }: Place) {
  return { name: nom.trim(), communeCode: communeCode!, ...place };
}

function placeOnly({ communeCode, address, latitude, longitude, approximate }: Place): Place {
  return { communeCode, address, latitude, longitude, approximate };
}

/** What would be written, in a few characters: the same again means that nothing changed at the producer's. */
function digestOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}
