/**
 * All that is held of a person, kind by kind: its table, how a row hangs on the person, in which order it is read, and
 * what a person calls it. test/casefiles/complete.test.ts walks the database and holds this list complete.
 */
export interface Kind {
  table: string;
  /** The column that leads to the person: their own id, theirs on the row, or a placement or link of theirs. */
  by: 'id' | 'person_id' | 'placement_id' | 'link_id';
  order: string;
  title: string;
}

const kind = (
  table: string,
  title: string,
  { by = 'person_id', order = 'id' }: Partial<Kind> = {},
): Kind => ({
  ...{ table, title, by, order },
});

export const kinds = {
  record: kind('person', 'Votre dossier', { by: 'id' }),
  identity: kind('person_identity', 'Votre identité', { order: 'person_id' }),
  contact: kind('person_contact', 'Vos coordonnées', { order: 'person_id' }),
  profile: kind('person_profile', 'Votre projet et ce que vous savez faire', { order: 'person_id' }),
  situations: kind('person_situation', 'Les publics dont vous relevez'),
  iaePasses: kind('iae_pass', 'Vos PASS IAE'),
  iaeDiagnoses: kind('iae_diagnosis', 'Vos diagnostics d’éligibilité à l’IAE'),
  iaeCriteria: kind('iae_criterion', 'Les critères retenus par un employeur', {
    order: 'diagnosis_id, criterion',
  }),
  entitlements: kind('entitlement', 'Vos droits au RSA'),
  entitlementPeriods: kind('entitlement_period', 'De quand à quand vous y avez eu droit', {
    order: 'from_day, id',
  }),
  entitlementKeys: kind('entitlement_key', 'Quelle CAF ou MSA vous connaît', {
    order: 'seen_on, key',
  }),
  needs: kind('need', 'Vos besoins'),
  rectifications: kind('rectification', 'Ce qui a été corrigé'),
  referents: kind('referent', 'Qui vous accompagne', { order: 'since, id' }),
  pathways: kind('pathway', 'Votre parcours'),
  pathwaySteps: kind('pathway_step', 'Ce qui a été décidé de votre parcours'),
  engagements: kind('engagement', 'Ce à quoi vous vous êtes engagé·e'),
  engagementReviews: kind('engagement_review', 'Les bilans faits avec vous'),
  handles: kind('person_handle', 'Vos numéros chez les partenaires', { order: 'organisation_id' }),
  numbers: kind('person_number', 'Vos numéros officiels', { order: 'person_id' }),
  links: kind('person_link', 'Vos dossiers réunis, ou qui se ressemblent'),
  linkSteps: kind('person_link_step', 'Ce qui a été décidé de ces dossiers', { by: 'link_id' }),
  plans: kind('assignment_line', 'Les plans où la plateforme vous a cherché une place'),
  referrals: kind('referral', 'Vos orientations'),
  moves: kind('referral_move', 'Ce qui s’est passé dans vos orientations'),
  verdicts: kind('referral_verdict', 'Ce que la plateforme a dit de vous au prestataire', {
    order: 'referral_id',
  }),
  stops: kind('clock_stop', 'Ce qui a suspendu le délai de réponse'),
  informationRequests: kind('information_request', 'Ce que le prestataire a demandé à votre sujet'),
  notes: kind('referral_note', 'Ce qui a été écrit à votre sujet'),
  meetings: kind('meeting_attendance', 'Vos rendez-vous'),
  placements: kind('placement', 'Vos mises en parcours'),
  contracts: kind('contract', 'Vos contrats', { by: 'placement_id', order: 'from_day, id' }),
  contractCorrections: kind('contract_correction', 'Les contrats corrigés', { by: 'placement_id' }),
  episodes: kind('episode', 'Vos absences et interruptions', { by: 'placement_id', order: 'from_day, id' }),
  leaves: kind('episode_leave', 'De quelles absences il s’agissait', {
    by: 'placement_id',
    order: 'episode_id',
  }),
  hours: kind('worked_hours', 'Vos heures', { by: 'placement_id', order: 'month, id' }),
  attended: kind('attendance', 'Vos présences', { by: 'placement_id', order: 'on_day, half' }),
  outcomes: kind('outcome', 'Vos sorties', { by: 'placement_id' }),
  startCorrections: kind('start_correction', 'Les dates de début corrigées', { by: 'placement_id' }),
  followUps: kind('follow_up', 'Les nouvelles prises de vous après', {
    by: 'placement_id',
    order: 'due_on, id',
  }),
  grants: kind('sharing_grant', 'Avec qui vos données sont partagées'),
  emergencies: kind('broken_glass', 'Qui a ouvert votre dossier en urgence'),
  emergencyWords: kind('broken_glass_detail', 'Ce qui a été dit pour l’ouvrir', { order: 'glass_id' }),
  rights: kind('person_access', 'Qui peut voir quoi, pourquoi et jusqu’à quand'),
  accessLog: kind('access_log', 'Qui a regardé votre dossier'),
  events: kind('event', 'Ce que la plateforme a noté'),
  notices: kind('retention_notice', 'Les annonces d’effacement'),
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

/** Tables that hang on a person and are not in the case file, each with its reason. */
export const notHeld: Readonly<Record<string, string>> = {
  entitlement_change: 'which file did what to a right: what it said stands in the periods',
  erasure: 'the tombstone of somebody who is no longer anybody',
  figure_path: 'counted from pathways and placements, which are here; it stays as a figure about nobody',
  figure_presence: 'the same, by month',
  figure_stay: 'the same, placement by placement',
  person_count: 'as which of their records the person is counted: the links say the same',
};

/** Columns no file shows: people who work for partners are not its subject, and some columns only serve the machine. */
export const leftOut: Readonly<Record<string, string>> = {
  member_id: 'a professional',
  referent_member_id: 'a professional',
  sender_member_id: 'a professional',
  granted_by_member: 'a professional',
  accepted_by: 'a professional',
  broken_by: 'a professional',
  acknowledged_by: 'a professional',
  met_by: 'a professional',
  meeting_id: 'the machine’s name of the meeting: when it was stands in the line',
  actor_id: 'a professional, or a tool',
  client_id: 'a tool',
  request_id: 'a trace for the operator',
  person_id: 'the same on each line',
  guarded: 'what is shared, and what for, say the same',
  folded: 'the name once more, without accents, for searching',
  sort_name: 'the name once more, for sorting',
  audience: 'the organisations an event was told to: see who may see what',
  into_id: 'maybe another person’s record: whether it is stands in the link',
  decider_id: 'who is to decide of a link: the steps say who did',
  facts: 'codes and ids of the subject: its own kind has them in full',
  subject_version: 'the machine’s count of changes',
  version: 'the machine’s count of changes',
  key: 'a fingerprint of the name, to find it again',
  run_id: 'the machine’s name of a plan: its place and points stand in the line',
  told: 'which categories the line was made of: the same as what is held of them',
  import_batch_id: 'which file said so: the fund stands in the right',
  ended_by_batch_id: 'which file said otherwise',
  ended_told: 'whether the end of a right was told',
  tx: 'the database’s own number',
  pos: 'the database’s own number',
};

export type HeldRow = Readonly<Record<string, unknown>>;
export type Held = Readonly<Record<KindName, readonly HeldRow[]>>;

/** Names as the interface writes them, and organisations and offers by what people call them. */
export function named(held: Held, names: ReadonlyMap<string, string>): Held {
  const row = (of: HeldRow): HeldRow =>
    Object.fromEntries(Object.entries(of).map(([column, value]) => field(column, value, names)));
  return Object.fromEntries(
    Object.entries(held).map(([each, rows]) => [each, rows.map(row)]),
  ) as unknown as Held;
}

function field(column: string, value: unknown, names: ReadonlyMap<string, string>): [string, unknown] {
  const camel = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (Array.isArray(value))
    return [camel.replace(/Ids$/, 's'), value.map((each: unknown) => names.get(each as string) ?? each)];
  const name = names.get(value as string);
  return name === undefined ? [camel, value] : [camel.replace(/Id$/, ''), name];
}

/** Ids of organisations and offers anywhere in what is held. */
export function idsIn(held: Held): string[] {
  const values = Object.values(held).flatMap((rows) => rows.flatMap((row) => Object.values(row).flat()));
  const ids = values.filter((value): value is string => /^(org|off)_\w{26}$/.test(String(value)));
  return [...new Set(ids)];
}
