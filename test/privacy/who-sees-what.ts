import type { personal } from './knowledge.ts';

/**
 * Who may learn what of a person, by hand, in domain words (docs/domain.md §7, docs/privacy.md). One line a party and a
 * stage; what is not on a line is hidden. A table like this is not made from the code it judges.
 */
type Told = (typeof personal)[number] | 'the sender’s notes' | 'a protected criterion';

const nothing: Told[] = [];
/** The rows of a referral, for a member or a tool of either party who may not see the person: no word of a note. */
const rowOnly: Told[] = ['referral', 'sender contact'];
/** What both parties keep for life without the person behind: the rows, and the notes they wrote themselves. */
const row: Told[] = [...rowOnly, 'notes'];
const core: Told[] = [...row, 'the sender’s notes', 'core', 'own rights', 'verdicts'];
const named: Told[] = [...core, 'identity', 'contact'];
/** What only a referent and the council hold of the publics a person is of (never an employer: docs/domain.md §7). */
const asReferent: Told[] = ['entitlements', 'a protected criterion'];
/** What was known before, who looked, who else they may be, with whom they are shared. */
const traces: Told[] = ['history', 'access log', 'numbers', 'doubles', 'sharing', 'emergencies'];
/** Whom a grant names reads what it opens, and no step of anybody. */
const grantee: Told[] = ['core', 'own rights', 'identity', 'contact', 'sharing'];
const follower: Told[] = [
  ...named,
  'needs',
  'profile',
  'match',
  'pathway',
  'pass',
  'where else',
  ...traces,
  'own number',
  ...asReferent,
];
/** The council follows everyone in its programme, but reads no notes and has no number of another's. */
const council: Told[] = [
  ...[
    'core',
    'own rights',
    'identity',
    'contact',
    'needs',
    'profile',
    'match',
    'pathway',
    'pass',
    ...traces,
    ...asReferent,
  ],
  ...['referral', 'sender contact', 'verdicts', 'placement', 'attendance'],
] as Told[];

export type Stage =
  | 'registered'
  | 'drafted'
  | 'sent'
  | 'acknowledged'
  | 'acknowledged, disclosed at acceptance'
  | 'met, disclosed at the meeting'
  | 'waitlisted'
  | 'declined'
  | 'withdrawn'
  | 'rerouted'
  | 'accepted'
  | 'placed'
  | 'ended 10 days ago'
  | 'ended 40 days ago'
  | 'handed over';

export type Party =
  | 'the council, in the person’s territory'
  | 'the council, in another territory'
  | 'the council’s management'
  | 'the sender who follows'
  | 'a colleague who sees only a portfolio'
  | 'the receiver'
  | 'a member of the receiver who sees no person'
  | 'a tool of the receiver'
  | 'a tool of the receiver, referrals only'
  | 'a tool of the receiver, offers only'
  | 'the host of the site'
  | 'a town hall'
  | 'a social centre'
  | 'the State'
  | 'a State service'
  | 'a benefits fund'
  | 'a company'
  | 'another enterprise'
  | 'another association'
  | 'who registered the person too, and does not know it'
  | 'whom a grant names'
  | 'a colleague there, with a portfolio'
  | 'who broke the glass yesterday';

/** What each party may learn whatever the stage of the referral, so that a stage names only what it opens. */
const unreferred: Told[] = without(council, [
  'referral',
  'sender contact',
  'verdicts',
  'placement',
  'attendance',
]);
const placedFollower: Told[] = [...follower, 'placement', 'attendance'];
const beforeSending = { 'the sender who follows': follower } as const;
const whileFollowed = {
  'the council, in the person’s territory': without(council, ['placement', 'attendance']),
  'the council’s management': without(council, ['placement', 'attendance']),
  'the sender who follows': follower,
  'a colleague who sees only a portfolio': rowOnly,
} as const;

const beside = { 'whom a grant names': grantee, 'who broke the glass yesterday': ['emergencies'] } as const;

export const whoSees: Record<Stage, Partial<Record<Party, readonly Told[]>>> = {
  registered: {
    ...beside,
    'the council, in the person’s territory': unreferred,
    'the council’s management': unreferred,
    'the sender who follows': without(follower, [...row, 'where else', 'the sender’s notes']),
  },
  // a draft is for its sender’s eyes: the council reads the person, not the draft
  drafted: {
    ...beforeSending,
    'the council, in the person’s territory': unreferred,
    'the receiver': nothing,
    'a tool of the receiver': nothing,
  },
  sent: {
    ...beside,
    ...whileFollowed,
    'the receiver': core,
    'a member of the receiver who sees no person': rowOnly,
    'a tool of the receiver': core,
    'a tool of the receiver, referrals only': rowOnly,
  },
  acknowledged: {
    ...beside,
    ...whileFollowed,
    'the receiver': named,
    'a member of the receiver who sees no person': rowOnly,
    'a tool of the receiver': named,
    'a tool of the receiver, referrals only': rowOnly,
  },
  'acknowledged, disclosed at acceptance': { 'the receiver': core, 'a tool of the receiver': core },
  'met, disclosed at the meeting': { 'the receiver': named, 'a tool of the receiver': named },
  waitlisted: { 'the receiver': core },
  declined: { 'the sender who follows': follower, 'the receiver': row, 'a tool of the receiver': row },
  withdrawn: { 'the sender who follows': follower, 'the receiver': row },
  // asked of the new referral, which goes elsewhere
  rerouted: { 'the sender who follows': follower, 'the receiver': nothing, 'another enterprise': core },
  accepted: { 'the sender who follows': follower, 'the receiver': [...named, 'work constraints'] },
  placed: {
    ...beside,
    'the council, in the person’s territory': council,
    'the council’s management': council,
    'the sender who follows': placedFollower,
    'a colleague who sees only a portfolio': [...rowOnly, 'placement'],
    'the receiver': [...named, 'placement', 'attendance', 'pass', 'work constraints'],
    'a member of the receiver who sees no person': [...rowOnly, 'placement', 'attendance'],
    'a tool of the receiver': [...named, 'placement', 'attendance', 'pass', 'work constraints'],
    'a tool of the receiver, referrals only': [...rowOnly, 'placement', 'attendance'],
  },
  'ended 10 days ago': { 'the receiver': [...named, 'placement', 'attendance', 'pass'] },
  'ended 40 days ago': {
    'the receiver': [...row, 'placement', 'attendance'],
    'the sender who follows': placedFollower,
  },
  'handed over': {
    ...beside,
    'the sender who follows': [...row, 'the sender’s notes', 'sharing'],
    'the receiver': named,
  },
};

/** At these stages every party is asked, also those of whom no line speaks: they see nothing. */
export const askedOfAll: readonly Stage[] = ['registered', 'sent', 'acknowledged', 'placed'];

function without(told: readonly Told[], hidden: readonly Told[]): Told[] {
  return told.filter((each) => !hidden.includes(each));
}
