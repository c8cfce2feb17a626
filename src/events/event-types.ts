/**
 * Everything the journal can say: the subject, then what happened to it. A type is part of the interface; docs/events.md
 * is held equal to this list by a test.
 */
export const eventTypes = {
  'organisation.registered': 'A partner was registered',
  'organisation.updated': 'What a partner says of itself changed',
  'organisation.imported': 'An import made or changed it',
  'organisation.import_undone': 'The import was taken back',
  'site.added': 'A site was added',
  'site.imported': 'An import made or changed it',
  'site.import_undone': 'The import was taken back',
  'member.invited': 'A member was invited',
  'member.updated': 'Roles, scope or name of a member changed',
  'member.suspended': 'A member may no longer act',
  'offer.drafted': 'An offer was drafted, for its organisation’s eyes',
  'offer.published': 'It entered the catalogue',
  'offer.resumed': 'It was suspended and takes people again',
  'offer.updated': 'What it says changed',
  'offer.confirmed': 'Its provider says it still holds',
  'offer.suspended': 'It takes nobody for a time',
  'offer.archived': 'It left the catalogue',
  'offer.imported': 'An import made or changed it',
  'offer.import_undone': 'The import was taken back',
  'vacancy.drafted': 'A vacancy was drafted, for its organisation’s eyes',
  'vacancy.opened': 'It takes people',
  'vacancy.updated': 'What it says changed',
  'vacancy.places_changed': 'A place was held, taken or freed',
  'vacancy.closed': 'It takes nobody any more',
  'person.registered': 'A person was registered',
  'person.updated': 'Identity, contact or place of a person changed',
  'person.profile_updated': 'What the person wishes, can do or is free for changed',
  'person.referent_assigned': 'Somebody else follows the person',
  'person.access_ended': 'An organisation may no longer see the person',
  'person.access_narrowed': 'An organisation, or some of its members, sees less of the person',
  'need.recorded': 'A need was stated',
  'need.closed': 'A need was met, or no longer holds',
  'referral.drafted': 'Prepared, for its sender’s eyes',
  'referral.sent': 'Sent to the provider, with the person’s agreement',
  'referral.acknowledged': 'A named member of the provider took charge; identity and contact open',
  'referral.bound': 'Tied to one vacancy of the offer',
  'referral.unbound': 'Its vacancy closed; it stays with the offer',
  'referral.accepted': 'Accepted; a counted place is held',
  'referral.waitlisted': 'Put on the waiting list',
  'referral.place_offered': 'First of the list: a freed place is reserved for it',
  'referral.place_skipped': 'The reserved place passes to the next',
  'referral.declined': 'Declined, with a coded reason',
  'referral.withdrawn': 'Withdrawn by its sender, or by the hub',
  'referral.expired': 'Nobody answered in time, or the wait ended',
  'referral.rerouted': 'Replaced by another referral',
  'referral.cancellation_requested': 'The sender asks to cancel an acceptance',
  'referral.cancelled': 'An acceptance was cancelled',
  'referral.kept': 'The sender keeps the acceptance after all',
  'referral.placed': 'The placement started',
  'referral.lapsed': 'Accepted, but not started in time',
  'referral.reinstated': 'Open again after the hub had closed it',
  'referral.start_undone': 'The start was a mistake; accepted again',
  'referral.closed': 'The placement ended',
  'referral.noted': 'A note was added',
  'referral.follower_changed': 'Another organisation follows it for its sender',
  'placement.started': 'It began',
  'placement.start_undone': 'The start was recorded by mistake',
  'placement.suspended': 'Interrupted for a time; its place stays taken',
  'placement.resumed': 'Taken up again',
  'placement.contract_renewed': 'One more contract',
  'placement.ended': 'It ended, with an outcome',
  'placement.corrected': 'What was recorded is corrected; what was believed stays readable',
  'placement.followed_up': 'How the person is some months later',
} as const;

export type EventType = keyof typeof eventTypes;

/** What may happen to one kind of subject: `Happened<'referral'>` is `'sent' | 'accepted' | …`. */
export type Happened<Subject extends string> = EventType extends infer Type
  ? Type extends `${Subject}.${infer Act}`
    ? Act
    : never
  : never;
