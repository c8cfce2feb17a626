import type { Context } from '../graphql/context.ts';
import type { ById } from '../graphql/loaders.ts';
import { subjectOf, type Subject } from '../kernel/ids.ts';
import { hasScope, type Scope } from '../kernel/viewer.ts';
import { diagnosisById } from '../eligibility/diagnosis.store.ts';
import { entitlementById } from '../entitlements/entitlement.store.ts';
import { passById } from '../eligibility/pass.store.ts';
import { linkById } from '../doubles/link.store.ts';
import { offerById } from '../offers/offer.store.ts';
import { memberById } from '../partners/member.store.ts';
import { needById } from '../people/need.store.ts';
import { engagementById } from '../pathway/engagement.store.ts';
import { pathwayById } from '../pathway/pathway.store.ts';
import { runById } from '../planning/run.store.ts';
import { placementById } from '../placements/placement.store.ts';
import { meetingById } from '../meetings/meeting.store.ts';
import { agreementById } from '../agreements/agreement.store.ts';
import { programmeById } from '../programme/programme.store.ts';
import { personById } from '../people/person.store.ts';
import { referralById } from '../referrals/referral.store.ts';
import { situationById } from '../people/situation.store.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { siteById } from '../partners/site.store.ts';
import { glassById } from '../sharing/glass.store.ts';
import { grantById } from '../sharing/grant.store.ts';
import { seriesById } from '../vacancies/series.store.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';

interface Door {
  read: ById<{ id: string }>;
  scope: Scope;
}

/** How each kind of node is read by its id, under the viewer's rights: `node`, `nodes`, `_entities`. */
export const nodeDoors: Partial<Record<Subject, Door>> = {
  Organisation: { read: organisationById as ById<{ id: string }>, scope: 'offers:read' },
  Site: { read: siteById as ById<{ id: string }>, scope: 'offers:read' },
  Offer: { read: offerById as ById<{ id: string }>, scope: 'offers:read' },
  Vacancy: { read: vacancyById as ById<{ id: string }>, scope: 'offers:read' },
  VacancySeries: { read: seriesById as ById<{ id: string }>, scope: 'offers:read' },
  Referral: { read: referralById as ById<{ id: string }>, scope: 'referrals:read' },
  AssignmentRun: { read: runById as ById<{ id: string }>, scope: 'people:read' },
  Meeting: { read: meetingById as ById<{ id: string }>, scope: 'referrals:read' },
  Agreement: { read: agreementById as ById<{ id: string }>, scope: 'agreements:read' },
  Programme: { read: programmeById as ById<{ id: string }>, scope: 'offers:read' },
  Member: { read: memberById as ById<{ id: string }>, scope: 'offers:read' },
  Need: { read: needById as ById<{ id: string }>, scope: 'people:read' },
  Situation: { read: situationById as ById<{ id: string }>, scope: 'people:read' },
  Entitlement: { read: entitlementById as ById<{ id: string }>, scope: 'people:read' },
  IaePass: { read: passById as ById<{ id: string }>, scope: 'people:read' },
  IaeDiagnosis: { read: diagnosisById as ById<{ id: string }>, scope: 'people:read' },
  Engagement: { read: engagementById as ById<{ id: string }>, scope: 'people:read' },
  Pathway: { read: pathwayById as ById<{ id: string }>, scope: 'people:read' },
  Placement: { read: placementById as ById<{ id: string }>, scope: 'referrals:read' },
  PersonLink: { read: linkById as ById<{ id: string }>, scope: 'people:read' },
  SharingGrant: { read: grantById as ById<{ id: string }>, scope: 'people:read' },
  BrokenGlass: { read: glassById as ById<{ id: string }>, scope: 'people:read' },
  Person: { read: personById as ById<{ id: string }>, scope: 'people:read' },
};

/** Null for what is unknown, hidden, or outside the tool's scopes: all three look the same from outside. */
export async function nodeById(ctx: Context, id: string): Promise<{ id: string } | null> {
  const subject = subjectOf(id);
  const door = subject && nodeDoors[subject];
  return door && hasScope(ctx.viewer, door.scope) ? ctx.loaders.load(door.read, id) : null;
}
