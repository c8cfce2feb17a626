import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** What a person's time line is made of, each kind seen by whoever sees the thing itself. */
export const TimelineKind = vocabulary({
  NEED: 'A need was stated (STATED) or closed (CLOSED)',
  SITUATION: 'A public the law names was stated',
  ENTITLEMENT: 'A right to a minimum income changed: the step is a code of `EntitlementState`',
  PASS: 'A PASS IAE begins',
  DIAGNOSIS: 'Somebody found the person eligible to insertion by work',
  REFERENT: 'Another referent follows (référent)',
  PATHWAY: 'Something was decided of the pathway (parcours): the step is a code of `PathwayStepKind`',
  ENGAGEMENT: 'An engagement contract was prepared (DRAFTED), signed (SIGNED) or ended (ENDED)',
  REVIEW: 'A review was held: the step is a code of `ReviewDecision`',
  REFERRAL: 'A move of a referral: the step is its name, as in its history',
  MEETING: 'A first meeting is planned for that day, or was',
  PLACEMENT: 'A placement started (STARTED) or ended (ENDED)',
  CONTRACT: 'A contract of a placement begins',
  OUTCOME: 'What the person went on to',
  FOLLOW_UP: 'How the person was some months later was asked',
});
export type TimelineKind = Vocabulary<typeof TimelineKind>;

/** One line, as the statement reads it. */
export interface TimelineRow {
  kind: TimelineKind;
  on: string;
  step: string | null;
  /** Id of what it is about, read as by anybody who asks for that id. */
  subjectId: string | null;
  organisationId: string | null;
}
