import type { AccreditationKind, OrganisationKind, Remit } from '../../partners/organisation.rules.ts';
import { isSiret } from '../../partners/siret.rules.ts';
import { linkNotes, linkOf, type SaidPlace } from './place.rules.ts';

/** A structure of data·inclusion v1, as far as the hub reads it (schema/structure.json). */
export interface Structure extends SaidPlace {
  source: string;
  id: string;
  nom: string;
  date_maj: string;
  siret?: string | null;
  description?: string | null;
  courriel?: string | null;
  telephone?: string | null;
  site_web?: string | null;
  reseaux_porteurs?: string[] | null;
}

export interface KindOfPartner {
  kind: OrganisationKind;
  remit: Remit | null;
}

/**
 * The network that carries a structure tells what kind of partner it is; the first line that fits counts. A CCAS
 * may carry a work site and stays a CCAS. A département's houses are services: the one council is never imported.
 */
const kindByNetwork: readonly (readonly [network: string, kind: OrganisationKind, remit?: Remit])[] = [
  ['ccas-cias', 'COMMUNE', 'CCAS'],
  ['communes', 'COMMUNE'],
  ['plie', 'PLIE'],
  ['caf', 'BENEFITS_FUND'],
  ['mutualite-sociale-agricole', 'BENEFITS_FUND'],
  ['france-travail', 'EMPLOYMENT_SERVICE'],
  ['mission-locale', 'EMPLOYMENT_SERVICE'],
  ['cap-emploi-reseau-cheops', 'EMPLOYMENT_SERVICE'],
  ['departements', 'COUNCIL_SERVICE'],
  ['maisons-des-solidarites', 'COUNCIL_SERVICE'],
  ['aci', 'INSERTION_ENTERPRISE'],
  ['ei', 'INSERTION_ENTERPRISE'],
  ['ai', 'INSERTION_ENTERPRISE'],
  ['etti', 'INSERTION_ENTERPRISE'],
  ['eiti', 'INSERTION_ENTERPRISE'],
  ['geiq', 'COMPANY'],
  ['ea', 'COMPANY'],
  ['eatt', 'COMPANY'],
];

const accreditationByNetwork: Readonly<Record<string, AccreditationKind>> = {
  aci: 'ACI', ei: 'EI', ai: 'AI', etti: 'ETTI', eiti: 'EITI', geiq: 'GEIQ', ea: 'EA',
}; // prettier-ignore

/** Networks whose mere name says something of the people they follow (docs/domain.md §1): shown as "a social partner". */
const sensitiveNetworks = new Set([
  'ase',
  'pjj',
  'spip',
  'cidff',
  'csapa',
  'caarud',
  'cada',
  'cph',
  'huda',
  'cmp',
]);

export function kindOf({ reseaux_porteurs }: Pick<Structure, 'reseaux_porteurs'>): KindOfPartner {
  const line = kindByNetwork.find(([network]) => reseaux_porteurs?.includes(network));
  return { kind: line?.[1] ?? 'ASSOCIATION', remit: line?.[2] ?? null };
}

export function accreditationsOf({
  reseaux_porteurs,
}: Pick<Structure, 'reseaux_porteurs'>): AccreditationKind[] {
  const kinds = (reseaux_porteurs ?? []).flatMap((network) => accreditationByNetwork[network] ?? []);
  return [...new Set(kinds)];
}

export function isSensitive({ reseaux_porteurs }: Pick<Structure, 'reseaux_porteurs'>): boolean {
  return (reseaux_porteurs ?? []).some((network) => sensitiveNetworks.has(network));
}

/** What the structure says of its organisation, in the catalogue's words; a SIRET only if its check sum holds. */
export function organisationOf(structure: Structure) {
  return {
    name: structure.nom.trim(),
    siret: structure.siret && isSiret(structure.siret) ? structure.siret : null,
    description: structure.description ?? null,
    email: structure.courriel ?? null,
    phone: structure.telephone ?? null,
    website: linkOf(structure.site_web),
  };
}

export function structureNotes(structure: Structure): string[] {
  const wrong = structure.siret && !isSiret(structure.siret);
  const notes = linkNotes('site_web', structure.site_web);
  return wrong ? [`without its SIRET: the check sum of ${structure.siret} is wrong`, ...notes] : notes;
}
