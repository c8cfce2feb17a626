import { typeid, TypeID } from 'typeid-js';

/** Prefix of each subject's TypeID (`ref_01j…`): an id says what it is, and sorts by the time it was made. */
export const prefixes = {
  Organisation: 'org',
  Site: 'site',
  Closure: 'clo',
  Member: 'mem',
  ApiClient: 'cli',
  Offer: 'off',
  Vacancy: 'vac',
  VacancySeries: 'ser',
  Person: 'per',
  PersonLink: 'lnk',
  PersonLinkStep: 'lks',
  Need: 'need',
  Rectification: 'rec',
  RetentionNotice: 'ntc',
  Notice: 'mail',
  Situation: 'sit',
  Entitlement: 'ent',
  EntitlementPeriod: 'epd',
  IaePass: 'pas',
  IaeDiagnosis: 'dia',
  Referent: 'rft',
  PublishedTable: 'pub',
  Pathway: 'path',
  PathwayStep: 'step',
  Engagement: 'eng',
  EngagementReview: 'rvw',
  SharingGrant: 'grt',
  BrokenGlass: 'glass',
  Referral: 'ref',
  ReferralMove: 'mov',
  ReferralNote: 'note',
  ClockStop: 'stop',
  InformationRequest: 'inf',
  Setting: 'set',
  Programme: 'pdi',
  Agreement: 'agr',
  AgreementOpinion: 'opi',
  AgreementReservation: 'rsv',
  Meeting: 'mtg',
  MeetingAttendance: 'att',
  CalendarFeed: 'cal',
  AssignmentRun: 'run',
  AssignmentLine: 'asl',
  Placement: 'pla',
  Contract: 'con',
  Episode: 'epi',
  FollowUp: 'fup',
  Event: 'evt',
  AccessLogEntry: 'log',
  ImportBatch: 'imp',
  WebhookEndpoint: 'hook',
  WebhookDelivery: 'whd',
} as const;

export type Subject = keyof typeof prefixes;

export function newId(subject: Subject): string {
  return typeid(prefixes[subject]).toString();
}

/** An id from a UUID already known: demo data and imports that must give the same id twice. */
export function idFromUuid(subject: Subject, uuid: string): string {
  return TypeID.fromUUID(prefixes[subject], uuid).toString();
}

const shape = /^([a-z]+)_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
const subjectByPrefix = new Map(
  Object.entries(prefixes).map(([subject, prefix]) => [prefix as string, subject as Subject]),
);

/** What an id names, or null when it is no id of ours: it is then unknown, never a database error. */
export function subjectOf(id: string): Subject | null {
  const prefix = shape.exec(id)?.[1];
  return (prefix && subjectByPrefix.get(prefix)) || null;
}
