import { french } from './french.rules.ts';
import { kinds, type Held, type HeldRow, type KindName } from './held.rules.ts';

export interface Asking {
  /** The organisation that hands the page over, and its telephone if it has one. */
  by: string;
  phone: string | null;
  /** The day the person asked. */
  requestedOn: string;
  today: string;
  /** Kinds of which only the newest lines are shown. */
  cut: readonly KindName[];
}

/** One page in plain French, for the person: what is held, who may see it and who looked, until when, what to do. */
export function pageOf(held: Held, asking: Asking): string {
  const parts: [string, string[]][] = [
    ['Qui vous êtes', [...lines(held.identity, who), ...lines(held.record, known)]],
    ['Comment vous joindre', lines(held.contact, where)],
    [kinds.profile.title, lines(held.profile, project)],
    [kinds.situations.title, held.situations.map(situation)],
    [kinds.entitlements.title, held.entitlements.map((row) => entitlement(row, held.entitlementPeriods))],
    [kinds.needs.title, held.needs.map(need)],
    [kinds.referents.title, held.referents.map(referent)],
    [kinds.pathways.title, [...held.pathways.map(pathway), ...held.engagements.map(engagement)]],
    [kinds.referrals.title, held.referrals.map((row) => referral(row, held.notes))],
    [kinds.meetings.title, held.meetings.map(meeting)],
    [kinds.placements.title, held.placements.map((row) => placement(row, held))],
    [kinds.rectifications.title, held.rectifications.map(rectified)],
    [kinds.grants.title, held.grants.map(grant)],
    [kinds.emergencies.title, held.emergencies.map(emergency(held))],
    [kinds.rights.title, rights(held.rights)],
    [kinds.accessLog.title, held.accessLog.map(looked)],
  ];
  const sections = parts.map(([title, told]) => section(title, told));
  return [heading(asking), ...sections, ...remainder(asking)].join('\n');
}

function heading({ by, requestedOn, today }: Asking): string {
  return `# Ce que nous savons de vous

Page faite le ${day(today)} par ${text(by)}, à votre demande du ${day(requestedOn)}. Elle vous est remise à vous seul·e.

Passerelle est la plateforme par laquelle les partenaires de l’insertion du département travaillent ensemble. Elle ne garde
jamais votre numéro de sécurité sociale.
`;
}

function section(title: string, told: readonly string[]): string {
  const list = told.length ? told.map((line) => `- ${line}`).join('\n') : 'Rien.';
  return `## ${title}\n\n${list}\n`;
}

function remainder({ by, phone, cut }: Asking): string[] {
  const short = cut.map((name) => kinds[name].title.toLowerCase()).join(' ; ');
  return [
    ...(short
      ? [`Trop long pour cette page, seules les lignes les plus récentes sont données pour : ${short}.\n`]
      : []),
    `## Combien de temps

Deux ans après le dernier échange avec un professionnel, si rien n’est en cours, votre dossier est effacé de lui-même ; ceux qui
vous accompagnent sont prévenus un mois avant. Restent des chiffres, où plus rien ne dit qui vous êtes.

## Vos droits

- **Corriger** : dites à ${text(by)}${phone ? ` (${text(phone)})` : ''} ce qui est faux ou manque. C’est gratuit, et ceux qui l’ont reçu sont prévenus.
- **Effacer** : demandez-le au département ; chaque organisme qui a reçu vos données en est prévenu.
- **Dire non** : vous pouvez refuser une orientation à tout moment, sans que cela ait de conséquence automatique.
- **Emporter** : les mêmes données vous sont remises en fichiers (JSON, CSV), pour vous ou pour qui vous voulez.
- **Vous plaindre** : auprès de la CNIL, www.cnil.fr, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
`,
  ];
}

const lines = (rows: readonly HeldRow[], tell: (row: HeldRow) => [string, unknown][]): string[] =>
  rows.flatMap(tell).filter(([, value]) => !empty(value)).map(([label, value]) => `${label} : ${text(value)}`); // prettier-ignore

const who = (row: HeldRow): [string, unknown][] => [
  ['Nom', row.lastName],
  ['Prénom', row.firstName],
  ['Nom de naissance', row.birthName],
  ['Date de naissance', row.birthDate && day(row.birthDate)],
];

const known = (row: HeldRow): [string, unknown][] => [
  ['Votre référence, à dire au lieu de votre nom', row.reference],
  ['Ce que vous cherchez', row.soughtKind && french('OfferKind', row.soughtKind)],
];

const where = (row: HeldRow): [string, unknown][] => [
  ['Téléphone', row.phone],
  ['Courriel', row.email],
  ['Adresse', row.address],
  ['Commune (code INSEE)', row.communeCode],
];

const project = (row: HeldRow): [string, unknown][] => [
  ['Métiers souhaités (codes ROME)', row.wishedRome],
  ['Métiers refusés (codes ROME)', row.refusedRome],
  ['Ce que vous savez faire', row.skills],
  ['Permis', (row.licences as unknown[] | null)?.map((code) => french('Licence', code))],
  ['Niveau de français', row.frenchLevel && french('FrenchLevel', row.frenchLevel)],
  ['Heures par semaine', [row.weeklyHoursLeast, row.weeklyHoursMost].filter((hours) => hours != null)],
  ['Disponible à partir du', row.availableFrom && day(row.availableFrom)],
  ['Le travail doit être', (row.workConstraints as unknown[])?.map((code) => french('WorkConstraint', code))],
];

const situation = (row: HeldRow) =>
  `${french('TargetPublic', row.public)} : noté le ${day(row.statedOn)} par ${text(row.statedBy)}${row.until ? `, jusqu’au ${day(row.until)}` : ''}`;

function entitlement(row: HeldRow, periods: readonly HeldRow[]): string {
  const standing = periods.filter(
    ({ entitlementId, knownUntil }) => entitlementId === row.id && knownUntil === null,
  );
  const told = standing.map(
    (each) =>
      `\n  - à partir du ${day(each.fromDay)}${each.untilDay ? `, jusqu’au ${day(each.untilDay)} exclu` : ''} : ${french('EntitlementState', each.state)}${each.reason ? ` (${french('EntitlementReason', each.reason)})` : ''}`,
  );
  return `${text(row.benefit)}, ${text(row.organism)}, à titre de : ${french('EntitlementRole', row.role)}${told.join('')}`;
}

const need = (row: HeldRow) =>
  `${french('NeedTheme', row.theme)}${row.detail ? ` : « ${text(row.detail)} »` : ''}, noté le ${day(row.openedOn)} par ${text(row.recordedBy)}${row.closedOn ? `, clos le ${day(row.closedOn)} (${french('NeedCloseReason', row.closeReason)})` : ''}`;

const referent = (row: HeldRow) =>
  `${text(row.organisation)}, depuis le ${day(row.since)}${row.until ? ` jusqu’au ${day(row.until)}` : ''} ; à ce titre : ${french('LegalBasis', row.legalBasis)}`;

const engagement = (row: HeldRow) => {
  const goals = (row.goals as string[]).map((goal) => french('NeedTheme', goal)).join(', ');
  const by = [row.personSignedOn && `par vous le ${day(row.personSignedOn)}`, row.referentSignedOn && `par l’organisme référent le ${day(row.referentSignedOn)}`].filter(Boolean).join(', ');
  const signed = by ? `signé ${by}` : 'en préparation';
  const over = row.endedOn ? `, terminé le ${day(row.endedOn)} (${french('EngagementEndReason', row.endReason)})` : '';
  return `${french('EngagementKind', row.kind)} ${signed}${over}${goals && ` ; objectifs : ${goals}`}`;
}; // prettier-ignore

const pathway = (row: HeldRow) =>
  `Parcours ${french('Orientation', row.orientation)} avec ${text(row.referentOrganisation)}, décidé par ${text(row.decidedBy)}, depuis le ${day(row.beganOn)}${row.endedOn ? ` jusqu’au ${day(row.endedOn)} (${french('PathwayEndReason', row.endReason)})` : ''}`;

function referral(row: HeldRow, notes: readonly HeldRow[]): string {
  const written = notes
    .filter(({ referralId }) => referralId === row.id)
    .map((note) => `\n  - « ${text(note.text)} » (${text(note.organisation)}, le ${day(note.createdAt)})`);
  const reason = row.reason ? ` (${french('ReferralReason', row.reason)})` : '';
  const when = row.sentAt ? ` le ${day(row.sentAt)}` : '';
  return `${text(row.offer)}, chez ${text(row.receiver)}, par ${text(row.sender)}${when} : ${french('ReferralState', row.state)}${reason}${written.join('')}`;
}

const meeting = (row: HeldRow) =>
  `le ${day(row.at)}, chez ${text(row.receiver)} : ${french('AttendanceState', row.state)}`;

function placement(row: HeldRow, { contracts, outcomes, followUps }: Held): string {
  const mine = (rows: readonly HeldRow[]) => rows.filter(({ placementId }) => placementId === row.id);
  const end = row.endedOn ? ` au ${day(row.endedOn)} (${french('EndReason', row.endReason)})` : '';
  return [
    `${text(row.offer)}, chez ${text(row.receiver)}, du ${day(row.startedOn)}${end} : ${french('PlacementState', row.state)}`,
    ...mine(contracts).map((each) => `\n  - ${french('ContractKind', each.kind)} du ${day(each.fromDay)}${each.toDay ? ` au ${day(each.toDay)}` : ''}`),
    ...mine(outcomes).filter(({ knownUntil }) => knownUntil === null).map((each) => `\n  - ensuite : ${french('OutcomeKind', each.kind)}`),
    ...mine(followUps).filter(({ situation: told }) => told !== null).map((each) => `\n  - ${text(each.months)} mois après : ${french('FollowUpSituation', each.situation)}`),
  ].join('');
} // prettier-ignore

function rectified(row: HeldRow): string {
  const former = Object.values(row.former as object).filter((value) => !empty(value));
  const why = row.because ? ` (${french('RectificationReason', row.because)})` : '';
  return `${french('Category', row.category)}, le ${day(row.at)}${why} ; avant : ${former.length ? text(former) : 'rien'}`;
}

const codes = (row: HeldRow) =>
  (row.categories as unknown[]).map((code) => french('Category', code)).join(', ');

function grant(row: HeldRow): string {
  const ended = row.endedAt
    ? ` ; terminé le ${day(row.endedAt)} (${french('GrantEndReason', row.endReason)})`
    : '';
  const why = `pour : ${french('SharingPurpose', row.purpose)}, à ce titre : ${french('LegalBasis', row.legalBasis)}`;
  return `${text(row.organisations)} : ${codes(row)} – ${why} ; du ${day(row.fromDay)} au ${day(row.untilDay)}${ended}`;
}

const emergency =
  ({ emergencyWords }: Held) =>
  (row: HeldRow) => {
    const said = emergencyWords.find(({ glassId }) => glassId === row.id)?.detail;
    const words = said ? ` – « ${text(said)} »` : '';
    return `le ${day(row.brokenAt)}, ${text(row.organisation)} : ${french('GlassReason', row.reason)}${words}`;
  };

/** Rights given together are one line: an organisation, why, since when and until when, and all it may see. */
function rights(rows: readonly HeldRow[]): string[] {
  const together = new Map<string, { row: HeldRow; categories: string[] }>();
  for (const row of rows) {
    const key = [row.organisation, row.reason, row.validFrom, row.validUntil].join('|');
    const known = together.get(key) ?? { row, categories: [] };
    known.categories.push(french('Category', row.category));
    together.set(key, known);
  }
  return [...together.values()].map(({ row, categories }) => {
    const until = row.validUntil ? `jusqu’au ${day(row.validUntil)}` : 'tant que cela dure';
    const why = `${french('AccessReason', row.reason)} ; depuis le ${day(row.validFrom)}, ${until}`;
    return `${text(row.organisation)} : ${categories.join(', ')} – ${why}`;
  });
}

function looked(row: HeldRow): string {
  const why = (row.reasons as unknown[]).map((code) => french('AccessReason', code));
  return `le ${day(row.at)}, ${text(row.organisation)} : ${codes(row)} – parce que cet organisme ${why.join(' et ') || 'y avait droit'}`;
}

const long = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

function day(value: unknown): string {
  const given = String(value);
  const said = long.format(new Date(given.length === 10 ? `${given}T12:00:00Z` : given));
  return said.replace(/^1 /, '1er ');
}

function empty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What people typed is text on the page, never a mark of it. */
function text(value: unknown): string {
  const said = Array.isArray(value) ? value.map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each))).join(', ') : String(value); // prettier-ignore
  return said.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}
