import type { OfferKind } from '../../offers/offer.rules.ts';
import { linkNotes, linkOf, type SaidPlace } from './place.rules.ts';

/** A service of data·inclusion v1, as far as the hub reads it (schema/service.json). */
export interface Service extends SaidPlace {
  source: string;
  id: string;
  structure_id: string;
  nom: string;
  description: string;
  date_maj: string;
  type?: string | null;
  thematiques?: string[] | null;
  publics?: string[] | null;
  publics_precisions?: string | null;
  conditions_acces?: string | null;
  frais?: string | null;
  frais_precisions?: string | null;
  modes_accueil?: string[] | null;
  modes_mobilisation?: string[] | null;
  mobilisable_par?: string[] | null;
  mobilisation_precisions?: string | null;
  lien_mobilisation?: string | null;
  zone_eligibilite?: string[] | null;
  horaires_accueil?: string | null;
  nombre_semaines?: number | null;
  volume_horaire_hebdomadaire?: number | null;
  courriel?: string | null;
  telephone?: string | null;
}

/** What a thématique says of the action: its own line if it has one, else its category's. Absent: nothing definite. */
const kindByThematique: Readonly<Record<string, OfferKind>> = {
  'difficultes-administratives-ou-juridiques': 'RIGHTS_AND_LEGAL',
  'difficultes-financieres': 'BUDGET',
  'famille--garde-denfants': 'CHILDCARE',
  'famille--soutien-a-la-parentalite-et-a-leducation': 'CHILDREN_EDUCATION',
  'famille--surmonter-conflits-separation-violence': 'RIGHTS_AND_LEGAL',
  'lecture-ecriture-calcul': 'LITERACY',
  'logement-hebergement': 'HOUSING',
  mobilite: 'MOBILITY',
  numerique: 'DIGITAL',
  remobilisation: 'REMOBILISATION',
  sante: 'HEALTH',
  'sante--constituer-un-dossier-mdph-invalidite': 'RIGHTS_AND_LEGAL',
};

/**
 * The kind most of its thématiques speak for, the first named when as many speak for another; training by its type
 * when none does. A service never becomes a work offer: those are exclusive, and no row of data·inclusion says so.
 */
export function kindOf({ thematiques, type }: Pick<Service, 'thematiques' | 'type'>): OfferKind {
  const votes = new Map<OfferKind, number>();
  for (const thematique of thematiques ?? []) {
    const kind = kindByThematique[thematique] ?? kindByThematique[thematique.split('--')[0]!];
    if (kind) votes.set(kind, (votes.get(kind) ?? 0) + 1);
  }
  const most = Math.max(...votes.values());
  const [chosen] = [...votes].find(([, count]) => count === most) ?? [];
  return chosen ?? (type === 'formation' ? 'QUALIFYING_TRAINING' : 'OTHER');
}

const mostHours = 168;
const mostWeeks = 520;

/** What the service says of its offer, in the catalogue's words; codes verbatim. Its contact's name stays out. */
export function offerOf(service: Service, now: string) {
  const updated = `${service.date_maj}T00:00:00.000Z`;
  return {
    kind: kindOf(service),
    title: service.nom.trim(),
    description: service.description,
    thematiques: service.thematiques ?? [],
    publics: service.publics ?? [],
    publicsDetail: service.publics_precisions ?? null,
    // an information session is no action of the programme (docs/domain.md §12)
    countsAsAction: service.type !== 'information',
    serviceType: service.type ?? null,
    fees: service.frais ?? null,
    feesDetail: service.frais_precisions ?? null,
    receptionModes: service.modes_accueil ?? [],
    mobilisationModes: service.modes_mobilisation ?? [],
    mobilisableBy: service.mobilisable_par ?? [],
    mobilisationLink: linkOf(service.lien_mobilisation),
    accessConditions: service.conditions_acces ?? null,
    eligibilityZone: service.zone_eligibilite ?? [],
    openingHours: service.horaires_accueil ?? null,
    weeks: within(service.nombre_semaines, mostWeeks),
    weeklyHours: within(service.volume_horaire_hebdomadaire, mostHours),
    contactEmail: service.courriel ?? null,
    contactPhone: service.telephone ?? null,
    // a date to come confirms nothing yet
    confirmedAt: updated < now ? updated : now,
  };
}

export function serviceNotes(service: Service): string[] {
  const { nombre_semaines, volume_horaire_hebdomadaire, lien_mobilisation } = service;
  const notes = linkNotes('lien_mobilisation', lien_mobilisation);
  if ((nombre_semaines ?? 0) > mostWeeks) notes.push(`without nombre_semaines: more than ${mostWeeks}`);
  if ((volume_horaire_hebdomadaire ?? 0) > mostHours)
    notes.push(`without volume_horaire_hebdomadaire: more than ${mostHours}`);
  return notes;
}

function within(value: number | null | undefined, most: number): number | null {
  return value == null || value > most ? null : value;
}
