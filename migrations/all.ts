import { Foundation202611230900 } from './202611230900-foundation.ts';
import { Partners202611230910 } from './202611230910-partners.ts';
import { CommuneSearch202611230915 } from './202611230915-commune-search.ts';
import { Catalogue202611230920 } from './202611230920-catalogue.ts';
import { People202611230930 } from './202611230930-people.ts';
import { Referrals202611230940 } from './202611230940-referrals.ts';
import { Placements202611230950 } from './202611230950-placements.ts';
import { Imports202611231000 } from './202611231000-imports.ts';
import { Demo202611231010 } from './202611231010-demo.ts';
import { AccessEnded202611251000 } from './202611251000-access-ended.ts';
import { Notes202611251005 } from './202611251005-notes.ts';
import { ApiKeys202611251007 } from './202611251007-api-keys.ts';
import { AccessLog202611251010 } from './202611251010-access-log.ts';
import { Situations202611251020 } from './202611251020-situations.ts';
import { Verdicts202611251021 } from './202611251021-verdicts.ts';
import { Sharing202611251030 } from './202611251030-sharing.ts';
import { Doubles202611251040 } from './202611251040-doubles.ts';
import { DoubleNames202611251041 } from './202611251041-double-names.ts';
import { Rectifications202611251050 } from './202611251050-rectifications.ts';
import { Erasure202611251051 } from './202611251051-erasure.ts';
import { Retention202611251052 } from './202611251052-retention.ts';
import { CaseFiles202611251053 } from './202611251053-case-files.ts';
import { ErasingOwner202611251054 } from './202611251054-erasing-owner.ts';
import { SecondWall202611251100 } from './202611251100-second-wall.ts';
import { LinkReadings202611251110 } from './202611251110-link-readings.ts';
import { SharingWall202611251131 } from './202611251131-sharing-wall.ts';
import { GuardedSharing202611251190 } from './202611251190-guarded-sharing.ts';
import { Clock202611251200 } from './202611251200-clock.ts';
import { Information202611251201 } from './202611251201-information.ts';
import { Closures202611251202 } from './202611251202-closures.ts';
import { Reminders202611251203 } from './202611251203-reminders.ts';
import { Meetings202611251210 } from './202611251210-meetings.ts';
import { CalendarFeeds202611251211 } from './202611251211-calendar-feeds.ts';
import { Series202611251220 } from './202611251220-series.ts';
import { Choices202611251221 } from './202611251221-choices.ts';
import { PlacementTasks202611251230 } from './202611251230-placement-tasks.ts';
import { Leaves202611251231 } from './202611251231-leaves.ts';
import { WorkedHours202611251232 } from './202611251232-worked-hours.ts';
import { Notices202611251240 } from './202611251240-notices.ts';
import { IaeEligibility202611251250 } from './202611251250-iae-eligibility.ts';
import { DespiteRefusal202611251251 } from './202611251251-despite-refusal.ts';
import { Worklist202611251280 } from './202611251280-worklist.ts';
import { DemoRemoved202611251290 } from './202611251290-demo-removed.ts';
import { Intake202611251300 } from './202611251300-intake.ts';
import { Drafts202611251310 } from './202611251310-drafts.ts';
import { LastWord202611251320 } from './202611251320-last-word.ts';
import { FoundNotScanned202611251321 } from './202611251321-found-not-scanned.ts';
import { Attendance202611251330 } from './202611251330-attendance.ts';
import { WorkConstraints202611251331 } from './202611251331-work-constraints.ts';
import { NoticeStops202611251332 } from './202611251332-notice-stops.ts';
import { LogPositions202611251340 } from './202611251340-log-positions.ts';
import { JournalCursors202611251350 } from './202611251350-journal-cursors.ts';
import { EventTurns202611251351 } from './202611251351-event-turns.ts';
import { JournalPositions202611251360 } from './202611251360-journal-positions.ts';
import { Webhooks202611251361 } from './202611251361-webhooks.ts';
import { Programme202611251370 } from './202611251370-programme.ts';
import { Entitlements202611251380 } from './202611251380-entitlements.ts';
import { Flux202611251381 } from './202611251381-flux.ts';
import { Agreements202611251390 } from './202611251390-agreements.ts';
import { AgreementFigures202611251391 } from './202611251391-agreement-figures.ts';
import { Pathways202611251400 } from './202611251400-pathways.ts';
import { Engagements202611251401 } from './202611251401-engagements.ts';
import { OutcomeRules202611251410 } from './202611251410-outcome-rules.ts';
import { Figures202611251411 } from './202611251411-figures.ts';
import { PublishedTables202611251412 } from './202611251412-published-tables.ts';
import { HeldFrom202611251420 } from './202611251420-held-from.ts';
import { Watched202611251421 } from './202611251421-watched.ts';
import { Requirements202611251440 } from './202611251440-requirements.ts';
import { Shortlists202611251441 } from './202611251441-shortlists.ts';
import { HouseholdNumber202611251450 } from './202611251450-household-number.ts';
import { AmountsOfConventions202611251460 } from './202611251460-amounts-of-conventions.ts';
import { AssignmentRuns202611251470 } from './202611251470-assignment-runs.ts';
import { FiguresOfNeeds202611251500 } from './202611251500-figures-of-needs.ts';
import { EngagementSignatures202611251501 } from './202611251501-engagement-signatures.ts';
import { FiguresAsOf202611251502 } from './202611251502-figures-as-of.ts';
import { SessionExits202611251503 } from './202611251503-session-exits.ts';

/** Every migration, in order; a new one goes last. */
export const migrations = [
  Foundation202611230900,
  Partners202611230910,
  CommuneSearch202611230915,
  Catalogue202611230920,
  People202611230930,
  Referrals202611230940,
  Placements202611230950,
  Imports202611231000,
  Demo202611231010,
  AccessEnded202611251000,
  Notes202611251005,
  ApiKeys202611251007,
  AccessLog202611251010,
  Situations202611251020,
  Verdicts202611251021,
  Sharing202611251030,
  Doubles202611251040,
  DoubleNames202611251041,
  Rectifications202611251050,
  Erasure202611251051,
  Retention202611251052,
  CaseFiles202611251053,
  ErasingOwner202611251054,
  SecondWall202611251100,
  LinkReadings202611251110,
  SharingWall202611251131,
  GuardedSharing202611251190,
  Clock202611251200,
  Information202611251201,
  Closures202611251202,
  Reminders202611251203,
  Meetings202611251210,
  CalendarFeeds202611251211,
  Series202611251220,
  Choices202611251221,
  PlacementTasks202611251230,
  Leaves202611251231,
  WorkedHours202611251232,
  Notices202611251240,
  IaeEligibility202611251250,
  DespiteRefusal202611251251,
  Worklist202611251280,
  DemoRemoved202611251290,
  Intake202611251300,
  Drafts202611251310,
  LastWord202611251320,
  FoundNotScanned202611251321,
  Attendance202611251330,
  WorkConstraints202611251331,
  NoticeStops202611251332,
  LogPositions202611251340,
  JournalCursors202611251350,
  EventTurns202611251351,
  JournalPositions202611251360,
  Webhooks202611251361,
  Programme202611251370,
  Entitlements202611251380,
  Flux202611251381,
  Agreements202611251390,
  AgreementFigures202611251391,
  Pathways202611251400,
  Engagements202611251401,
  OutcomeRules202611251410,
  Figures202611251411,
  PublishedTables202611251412,
  HeldFrom202611251420,
  Watched202611251421,
  Requirements202611251440,
  Shortlists202611251441,
  HouseholdNumber202611251450,
  AmountsOfConventions202611251460,
  AssignmentRuns202611251470,
  FiguresOfNeeds202611251500,
  EngagementSignatures202611251501,
  FiguresAsOf202611251502,
  SessionExits202611251503,
];
