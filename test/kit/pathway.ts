import sql from 'sql-template-tag';
import type { Client } from './client.ts';
import type { Partner } from './world.ts';

/** Makes a partner a body the council delegates to, since long: it decides of orientations. */
export const delegated = ({ id }: Partner) =>
  sql`update organisation set authorised_prescriber = 'ODC', authorised_prescriber_since = '2021-01-01' where id = ${id}`;

const pathwaySelection = `pathway { id beganOn endedOn endReason orientation engagementDueOn version person { id }
  decidedBy { id } referentOrganisation { id } referentMember { id } continues { id }
  steps { kind on orientation reason at by { id } referentOrganisation { id } } }`;

export const orient = (by: Client, input: object) =>
  by.run('orientPerson', 'NewPathway', input, pathwaySelection);
export const reorient = (by: Client, input: object) =>
  by.run('reorientPerson', 'Reorientation', input, pathwaySelection);
export const endPathway = (by: Client, input: object) =>
  by.run('endPathway', 'PathwayEnd', input, pathwaySelection);
export const correctPathwayEnd = (by: Client, input: object) =>
  by.run('correctPathwayEnd', 'PathwayEndCorrection', input, pathwaySelection);
export const reopenPathway = (by: Client, input: object) =>
  by.run('reopenPathway', 'PathwayReopening', input, pathwaySelection);

const engagementSelection = `engagement { id kind state goals personSignedOn referentSignedOn signedOn signedInTime to reviewOn endedOn endReason weeklyHours version
  activities { kind weeklyHours referral { id } placement { id } } reviews { heldOn decision goalsReached by { id } }
  pathway { id engagement { id } } draftedBy { id } person { id } }`;

export const draftEngagement = (by: Client, input: object) =>
  by.run('draftEngagement', 'NewEngagement', input, engagementSelection);
export const updateEngagement = (by: Client, input: object) =>
  by.run('updateEngagement', 'EngagementUpdate', input, engagementSelection);
export const signEngagement = (by: Client, input: object) =>
  by.run('signEngagement', 'EngagementSigning', input, engagementSelection);
export const recordReview = (by: Client, input: object) =>
  by.run('recordReview', 'NewReview', input, engagementSelection);
export const endEngagement = (by: Client, input: object) =>
  by.run('endEngagement', 'EngagementEnd', input, engagementSelection);
