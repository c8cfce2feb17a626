import { AgreementRow } from '../agreements/agreement.row.ts';
import { OpinionRow, ReservationRow } from '../agreements/opinion.row.ts';
import { PartyRow } from '../agreements/party.row.ts';
import { CoverRow, MoneyRow, TermsRow } from '../agreements/terms.row.ts';
import { ProgrammeRow } from '../programme/programme.row.ts';
import { AttemptRow, DeliveryRow } from '../webhooks/delivery.row.ts';
import { EndpointRow, SecretRow } from '../webhooks/endpoint.row.ts';
import { AccessLogRow } from '../audit/access-log.row.ts';
import { ErasureRow } from '../casefiles/erasure.row.ts';
import { RetentionNoticeRow } from '../casefiles/retention.row.ts';
import { NoticeLinkRow } from '../notices/link.row.ts';
import { NoticeStopRow } from '../notices/stop.row.ts';
import { NoticeRow } from '../notices/notice.row.ts';
import { OfferRow } from '../offers/offer.row.ts';
import { ApiClientRow } from '../partners/client.row.ts';
import { OrganisationRow } from '../partners/organisation.row.ts';
import { ClosureRow } from '../partners/closure.row.ts';
import { SiteRow } from '../partners/site.row.ts';
import { MemberRow } from '../partners/member.row.ts';
import { PersonLinkRow, PersonLinkStepRow } from '../doubles/link.row.ts';
import { PersonCountRow } from '../people/count.row.ts';
import { NeedRow } from '../people/need.row.ts';
import { ProfileRow } from '../people/profile.row.ts';
import { PersonAccessRow } from '../people/access.row.ts';
import { PersonNumberRow } from '../people/number.row.ts';
import { PersonContactRow, PersonHandleRow, PersonIdentityRow, PersonRow } from '../people/person.row.ts';
import { RectificationRow } from '../people/rectification.row.ts';
import { SituationRow } from '../people/situation.row.ts';
import { ReferentRow } from '../people/referent.row.ts';
import { EntitlementChangeRow, EntitlementImportRow, EntitlementKeyRow } from '../entitlements/import.row.ts';
import { EntitlementPeriodRow, EntitlementRow } from '../entitlements/entitlement.row.ts';
import { GlassDetailRow, GlassRow } from '../sharing/glass.row.ts';
import { GrantRow } from '../sharing/grant.row.ts';
import { ReferralMoveRow } from '../referrals/move.row.ts';
import { ReferralNoteRow } from '../referrals/note.row.ts';
import { ReferralRow } from '../referrals/referral.row.ts';
import { InformationRequestRow } from '../referrals/information.row.ts';
import { SettingRow } from '../referrals/setting.row.ts';
import { ClockStopRow } from '../referrals/stop.row.ts';
import { CriterionRow, DiagnosisRow } from '../eligibility/diagnosis.row.ts';
import { PassRow } from '../eligibility/pass.row.ts';
import { EngagementReviewRow, EngagementRow } from '../pathway/engagement.row.ts';
import { PathwayRow, PathwayStepRow } from '../pathway/pathway.row.ts';
import { RequirementRow } from '../matching/requirement.row.ts';
import { ReferralVerdictRow } from '../referrals/verdict.row.ts';
import { ContractCorrectionRow, ContractRow } from '../placements/contract.row.ts';
import { EpisodeLeaveRow, EpisodeRow } from '../placements/episode.row.ts';
import { AttendanceRow } from '../meetings/attendance.row.ts';
import { CalendarFeedRow } from '../meetings/calendar.row.ts';
import { MeetingRow } from '../meetings/meeting.row.ts';
import { FollowUpRow } from '../placements/follow-up.row.ts';
import { PublishedCellRow, PublishedTableRow } from '../indicators/published.row.ts';
import { FigurePathRow, FigurePlaceRow, FigurePresenceRow, FigureStayRow } from '../indicators/figure.row.ts';
import { OutcomeRuleRow, OutcomeRuleSetRow } from '../placements/outcome-rule.row.ts';
import { OutcomeRow, StartCorrectionRow } from '../placements/outcome.row.ts';
import { WorkedHoursRow } from '../placements/hours.row.ts';
import { AttendanceRow as PlacementAttendanceRow } from '../placements/attendance.row.ts';
import { AssignmentLineRow } from '../planning/line.row.ts';
import { AssignmentRunRow } from '../planning/run.row.ts';
import { PlacementRow } from '../placements/placement.row.ts';
import { CommuneRow, EpciRow } from '../territory/commune.row.ts';
import { IntakeChangeRow, IntakeRow } from '../intake/intake.row.ts';
import { VacancySeriesRow } from '../vacancies/series.row.ts';
import { VacancyRow } from '../vacancies/vacancy.row.ts';

/** Every row class: what the migrations must agree with (checked by `npm run check:migrations`). */
export const tables = [
  CommuneRow,
  EpciRow,
  OrganisationRow,
  SiteRow,
  ClosureRow,
  MemberRow,
  ApiClientRow,
  EndpointRow,
  SecretRow,
  DeliveryRow,
  AttemptRow,
  PersonRow,
  PersonAccessRow,
  PersonHandleRow,
  PersonIdentityRow,
  PersonContactRow,
  PersonNumberRow,
  PersonCountRow,
  PersonLinkRow,
  PersonLinkStepRow,
  ProfileRow,
  NeedRow,
  SituationRow,
  EntitlementRow,
  EntitlementPeriodRow,
  EntitlementImportRow,
  EntitlementKeyRow,
  EntitlementChangeRow,
  PassRow,
  PathwayRow,
  PathwayStepRow,
  EngagementRow,
  EngagementReviewRow,
  DiagnosisRow,
  CriterionRow,
  ReferentRow,
  RectificationRow,
  AccessLogRow,
  GrantRow,
  GlassRow,
  GlassDetailRow,
  OfferRow,
  VacancySeriesRow,
  RequirementRow,
  ProgrammeRow,
  AgreementRow,
  PartyRow,
  TermsRow,
  CoverRow,
  MoneyRow,
  OpinionRow,
  ReservationRow,
  VacancyRow,
  ReferralRow,
  ReferralMoveRow,
  ReferralNoteRow,
  ReferralVerdictRow,
  ClockStopRow,
  SettingRow,
  InformationRequestRow,
  MeetingRow,
  AttendanceRow,
  CalendarFeedRow,
  AssignmentRunRow,
  AssignmentLineRow,
  PlacementRow,
  ContractRow,
  ContractCorrectionRow,
  EpisodeRow,
  EpisodeLeaveRow,
  WorkedHoursRow,
  PlacementAttendanceRow,
  OutcomeRow,
  OutcomeRuleSetRow,
  FigureStayRow,
  FigurePresenceRow,
  FigurePathRow,
  FigurePlaceRow,
  PublishedTableRow,
  PublishedCellRow,
  OutcomeRuleRow,
  StartCorrectionRow,
  FollowUpRow,
  ErasureRow,
  RetentionNoticeRow,
  NoticeRow,
  NoticeLinkRow,
  NoticeStopRow,
  IntakeRow,
  IntakeChangeRow,
];
