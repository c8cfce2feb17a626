import type { EventType } from '../events/event-types.ts';
import type { Side } from './candidate.rules.ts';
import type { NoticeKind } from './kind.rules.ts';

interface Telling {
  kind: NoticeKind;
  to: Side;
}

const tell = (kind: NoticeKind, ...to: Side[]): Telling[] => to.map((side) => ({ kind, to: side }));

/** What of the journal becomes a notice, and for whom. A new event is one line. */
export const tellings: Partial<Record<EventType, readonly Telling[]>> = {
  'referral.sent': tell('REFERRAL_TO_ANSWER', 'RECEIVER'),
  'referral.reinstated': tell('REFERRAL_TO_ANSWER', 'RECEIVER'),
  'referral.acknowledged': tell('ANSWER_RECEIVED', 'SENDER'),
  'referral.accepted': tell('ANSWER_RECEIVED', 'SENDER'),
  'referral.waitlisted': tell('ANSWER_RECEIVED', 'SENDER'),
  'referral.declined': tell('ANSWER_RECEIVED', 'SENDER'),
  'referral.kept': tell('ACCEPTANCE_KEPT', 'RECEIVER'),
  'referral.place_offered': tell('PLACE_OFFERED', 'RECEIVER', 'SENDER'),
  'referral.cancellation_requested': tell('CANCELLATION_REQUESTED', 'RECEIVER'),
  'referral.withdrawn': tell('REFERRAL_ENDED', 'RECEIVER', 'SENDER'),
  'referral.rerouted': tell('REFERRAL_ENDED', 'RECEIVER'),
  'referral.cancelled': tell('REFERRAL_ENDED', 'RECEIVER', 'SENDER'),
  'referral.expired': tell('REFERRAL_ENDED', 'SENDER'),
  'referral.lapsed': tell('REFERRAL_ENDED', 'SENDER'),
  'referral.reminded': tell('REMINDER', 'RECEIVER'),
  'referral.escalated': tell('ESCALATION', 'RECEIVER_MANAGERS'),
  'referral.expiring': tell('EXPIRING', 'SENDER'),
  'referral.wait_ending': tell('WAIT_ENDING', 'SENDER'),
  'referral.information_requested': tell('INFORMATION_ASKED', 'SENDER'),
  'referral.information_given': tell('INFORMATION_GIVEN', 'RECEIVER'),
  'referral.meeting_planned': tell('MEETING', 'SENDER', 'RECEIVER'),
  'referral.meeting_moved': tell('MEETING', 'SENDER', 'RECEIVER'),
  'referral.meeting_cancelled': tell('MEETING', 'SENDER', 'RECEIVER'),
  'placement.started': tell('PLACEMENT_STARTED', 'SENDER'),
  'placement.ended': tell('PLACEMENT_ENDED', 'SENDER'),
  'placement.outcome_due': tell('OUTCOME_DUE', 'RECEIVER'),
  'placement.follow_up_due': tell('FOLLOW_UP_DUE', 'RECEIVER', 'SENDER'),
  'engagement.drafted': tell('ENGAGEMENT_TO_SIGN', 'REFERENT'),
  'engagement.half_signed': tell('ENGAGEMENT_TO_SIGN', 'REFERENT'),
  'engagement.review_due': tell('REVIEW_DUE', 'REFERENT'),
  'grant.ended': tell('GRANT_ENDED', 'FOLLOWERS'),
  'person.glass_broken': tell('GLASS_BROKEN', 'FOLLOWERS'),
  'person.retention_notice': tell('RETENTION_NOTICE', 'FOLLOWERS'),
  'agreement.submitted': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.opinion_requested': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.opinion_given': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.signed': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.amended': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.refused': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.withdrawn': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.terminated': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'agreement.ended': tell('AGREEMENT', 'OTHER_MANAGERS'),
  'webhook.disabled': tell('ENDPOINT_STOPPED', 'MANAGERS'),
  'person.link_proposed': tell('RECORDS_TO_COMPARE', 'FOLLOWERS'),
};
