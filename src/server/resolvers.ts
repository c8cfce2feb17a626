import { AssignmentComparisonResolver } from '../planning/comparison.resolver.ts';
import { AssignmentLineResolver } from '../planning/line.resolver.ts';
import { AssignmentProgressResolver } from '../planning/progress.resolver.ts';
import { AssignmentRunResolver } from '../planning/run.resolver.ts';
import { AgreementResolver } from '../agreements/agreement.resolver.ts';
import { OfferAgreementsResolver, OrganisationAgreementsResolver } from '../agreements/edges.resolver.ts';
import { AgreementFiguresResolver, IaeSessionResolver } from '../agreements/figures.resolver.ts';
import { AgreementMovesResolver } from '../agreements/moves.resolver.ts';
import {
  AgreementOpinionResolver,
  AgreementPartyResolver,
  AgreementTermsResolver,
} from '../agreements/terms.resolver.ts';
import { FigureExportResolver, TableExportResolver } from '../indicators/export.resolver.ts';
import { FunderResolver } from '../agreements/funder.resolver.ts';
import { IndicatorResolver } from '../indicators/indicator.resolver.ts';
import { PublishedTableResolver } from '../indicators/published.resolver.ts';
import { SessionExitsResolver } from '../indicators/session.resolver.ts';
import { ProgrammeResolver } from '../programme/programme.resolver.ts';
import { WebhookDeliveryResolver } from '../webhooks/delivery.resolver.ts';
import { OrganisationWebhooksResolver, WebhookEndpointResolver } from '../webhooks/endpoint.resolver.ts';
import { DeclineResolver } from '../referrals/decline.resolver.ts';
import type { NonEmptyArray } from 'type-graphql';
import { NoticeReferralResolver, NoticeResolver } from '../notices/notice.resolver.ts';
import { OrganisationOffersResolver, SiteOffersResolver } from '../offers/offer-edge.resolver.ts';
import { EventsResolver } from './events.resolver.ts';
import { OfferFollowingResolver } from '../offers/following.resolver.ts';
import { PersonFollowingResolver } from '../people/following.resolver.ts';
import { OfferMutationResolver } from '../offers/offer-mutation.resolver.ts';
import { AccessLogResolver, PersonAccessLogResolver } from '../audit/access-log.resolver.ts';
import { OfferResolver } from '../offers/offer.resolver.ts';
import { OrganisationResolver } from '../partners/organisation.resolver.ts';
import { OrganisationSitesResolver, SiteResolver } from '../partners/site.resolver.ts';
import { ReferralAnswerResolver } from '../referrals/answer.resolver.ts';
import { ReferralAnswersResolver } from '../referrals/answers.resolver.ts';
import { ReferralAvailableResolver } from '../referrals/available.resolver.ts';
import { ReferralMoveLineResolver, ReferralNoteResolver } from '../referrals/line.resolver.ts';
import { AcceptanceChoiceResolver } from '../referrals/choice.resolver.ts';
import { ReferralCancelResolver } from '../referrals/cancel.resolver.ts';
import {
  OfferReferralsResolver,
  OrganisationReferralsResolver,
  PersonReferralsResolver,
  VacancyReferralsResolver,
} from '../referrals/edges.resolver.ts';
import { PersonDisclosureResolver } from '../referrals/disclosure.resolver.ts';
import { ReferralFollowingResolver } from '../referrals/following.resolver.ts';
import { ReferralResolver } from '../referrals/referral.resolver.ts';
import { ReferralSendingResolver } from '../referrals/send.resolver.ts';
import { ApiClientResolver, OrganisationClientsResolver } from '../partners/client.resolver.ts';
import { InformationResolver } from '../referrals/information.resolver.ts';
import {
  AnswersResolver,
  AnswerTimeResolver,
  OfferAnswersResolver,
  OrganisationAnswersResolver,
} from '../referrals/timeliness.resolver.ts';
import { WaitResolver } from '../referrals/wait.resolver.ts';
import { DelayResolver } from '../referrals/delay.resolver.ts';
import { ClosureResolver, OrganisationClosuresResolver } from '../partners/closure.resolver.ts';
import { OfferAnsweringResolver } from '../offers/answering.resolver.ts';
import { VacancyAnsweringResolver } from '../vacancies/answering.resolver.ts';
import { ReferralClockResolver } from '../referrals/clock.resolver.ts';
import { ReferralVerdictsResolver } from '../referrals/verdict.resolver.ts';
import { MemberResolver, OrganisationMembersResolver, ViewerResolver } from '../partners/member.resolver.ts';
import { NeedResolver, PersonNeedsResolver } from '../people/need.resolver.ts';
import { PersonLinkResolver, PersonLinksResolver } from '../doubles/link.resolver.ts';
import { PersonNumbersResolver } from '../people/number.resolver.ts';
import { CaseFileResolver } from '../casefiles/case-file.resolver.ts';
import { ErasureResolver } from '../casefiles/erasure.resolver.ts';
import { KeptPersonResolver, RetentionNoticeResolver } from '../casefiles/retention.resolver.ts';
import { ContactResolver, PersonResolver } from '../people/person.resolver.ts';
import {
  PersonProfileResolver,
  ProfileResolver,
  ProfileStatementResolver,
} from '../people/profile.resolver.ts';
import { RectificationResolver, RectifiedPersonResolver } from '../people/rectification.resolver.ts';
import {
  DiagnosisResolver,
  IaeEligibilityResolver,
  PersonDiagnosesResolver,
} from '../eligibility/diagnosis.resolver.ts';
import { PassResolver, PersonPassesResolver } from '../eligibility/pass.resolver.ts';
import {
  EngagementActivityResolver,
  EngagementResolver,
  EngagementReviewResolver,
  PathwayEngagementsResolver,
} from '../pathway/engagement.resolver.ts';
import { PersonTimelineResolver, TimelineEntryResolver } from '../pathway/timeline.resolver.ts';
import {
  PartnersAgendaResolver,
  ProviderAnswersResolver,
  UnmetCommuneResolver,
  UnmetNeedResolver,
} from '../agenda/agenda.resolver.ts';
import { PathwayResolver, PathwayStepResolver, PersonPathwaysResolver } from '../pathway/pathway.resolver.ts';
import { PlacementWarningResolver } from '../placements/warning.resolver.ts';
import {
  EntitlementPeriodResolver,
  EntitlementResolver,
  PersonEntitlementsResolver,
} from '../entitlements/entitlement.resolver.ts';
import { EntitlementImportResolver } from '../entitlements/import.resolver.ts';
import { PersonSituationsResolver, SituationResolver } from '../people/situation.resolver.ts';
import { BrokenGlassResolver } from '../sharing/glass.resolver.ts';
import { PersonSharingResolver, SharingGrantResolver } from '../sharing/grant.resolver.ts';
import { PersonReferentResolver, ReferentResolver } from '../people/referent.resolver.ts';
import {
  OfferPlacementsResolver,
  OrganisationFollowUpsResolver,
  PersonPlacementsResolver,
  ReferralPlacementResolver,
  VacancyPlacementsResolver,
} from '../placements/edges.resolver.ts';
import { PlacementFollowingResolver } from '../placements/following.resolver.ts';
import { ReferralWorkResolver } from '../referrals/work.resolver.ts';
import { AttendanceResolver } from '../placements/attendance.resolver.ts';
import { PlacementMovesResolver } from '../placements/moves.resolver.ts';
import {
  PlacementReplacementResolver,
  VacancyReplacingResolver,
} from '../placements/replacement.resolver.ts';
import { EpisodeResolver, FollowUpResolver, PlacementResolver } from '../placements/placement.resolver.ts';
import {
  ClassedOutcomeResolver,
  OutcomeClassesResolver,
  OutcomeRuleResolver,
  OutcomeRuleSetResolver,
} from '../placements/outcome-class.resolver.ts';
import { CalendarFeedResolver } from '../meetings/calendar.resolver.ts';
import {
  MeetingAttendanceResolver,
  MeetingResolver,
  ReferralMeetingsResolver,
} from '../meetings/meeting.resolver.ts';
import { MeetingPlanningResolver } from '../meetings/planning.resolver.ts';
import { CommuneResolver } from '../territory/commune.resolver.ts';
import {
  OfferVacanciesResolver,
  OrganisationVacanciesResolver,
  SiteVacanciesResolver,
} from '../vacancies/vacancy.edges.resolver.ts';
import { VacancySeriesResolver } from '../vacancies/series.resolver.ts';
import {
  MatchChangeResolver,
  MatchedRuleResolver,
  MatchReasonResolver,
  MatchResolver,
  PersonSuggestionsResolver,
  VacancyCandidatesResolver,
} from '../matches/match.resolver.ts';
import { LackResolver } from '../matches/lack.resolver.ts';
import {
  NewlyPlaceableResolver,
  SimulatedCommuneResolver,
  SimulationResolver,
} from '../matches/simulation.resolver.ts';
import { PreviewResolver } from '../matches/preview.resolver.ts';
import { OfferRequirementResolver, VacancyRequirementResolver } from '../matching/requirement.resolver.ts';
import { VacancyResolver } from '../vacancies/vacancy.resolver.ts';
import { VacancySubscriptionResolver } from '../vacancies/vacancy.subscription.resolver.ts';
import {
  ViewerWorklistResolver,
  WorklistAgreementsResolver,
  WorklistPeopleResolver,
  WorklistPlacementsResolver,
  WorklistReferralsResolver,
} from '../worklist/worklist.resolver.ts';
import { NodeResolver } from './node.resolver.ts';

/** Every door of every slice, top floor last. */
export const resolvers: NonEmptyArray<NewableFunction> = [
  NodeResolver,
  CommuneResolver,
  OrganisationResolver,
  SiteResolver,
  OrganisationSitesResolver,
  OfferResolver,
  EventsResolver,
  OfferFollowingResolver,
  PersonFollowingResolver,
  OfferMutationResolver,
  OrganisationOffersResolver,
  SiteOffersResolver,
  ViewerResolver,
  MemberResolver,
  ApiClientResolver,
  OrganisationWebhooksResolver,
  WebhookEndpointResolver,
  WebhookDeliveryResolver,
  OrganisationClientsResolver,
  OrganisationMembersResolver,
  PersonResolver,
  ContactResolver,
  PersonNumbersResolver,
  PersonLinkResolver,
  PersonLinksResolver,
  ProfileResolver,
  ProfileStatementResolver,
  PersonProfileResolver,
  NeedResolver,
  PersonNeedsResolver,
  SituationResolver,
  PersonSituationsResolver,
  EntitlementResolver,
  EntitlementPeriodResolver,
  PersonEntitlementsResolver,
  EntitlementImportResolver,
  PassResolver,
  PersonPassesResolver,
  PathwayResolver,
  PathwayStepResolver,
  PersonPathwaysResolver,
  PartnersAgendaResolver,
  ProviderAnswersResolver,
  UnmetCommuneResolver,
  UnmetNeedResolver,
  PersonTimelineResolver,
  TimelineEntryResolver,
  EngagementActivityResolver,
  EngagementResolver,
  EngagementReviewResolver,
  PathwayEngagementsResolver,
  DiagnosisResolver,
  IaeEligibilityResolver,
  PersonDiagnosesResolver,
  ReferentResolver,
  PersonReferentResolver,
  AccessLogResolver,
  PersonAccessLogResolver,
  RectificationResolver,
  RectifiedPersonResolver,
  CaseFileResolver,
  ErasureResolver,
  RetentionNoticeResolver,
  KeptPersonResolver,
  SharingGrantResolver,
  PersonSharingResolver,
  BrokenGlassResolver,
  VacancyResolver,
  OfferRequirementResolver,
  VacancyRequirementResolver,
  LackResolver,
  NewlyPlaceableResolver,
  SimulatedCommuneResolver,
  SimulationResolver,
  MatchResolver,
  MatchChangeResolver,
  MatchedRuleResolver,
  MatchReasonResolver,
  PersonSuggestionsResolver,
  VacancyCandidatesResolver,
  PreviewResolver,
  VacancySeriesResolver,
  ProgrammeResolver,
  AgreementResolver,
  AgreementTermsResolver,
  AgreementPartyResolver,
  AgreementOpinionResolver,
  AgreementMovesResolver,
  AgreementFiguresResolver,
  IaeSessionResolver,
  FunderResolver,
  OrganisationAgreementsResolver,
  OfferAgreementsResolver,
  IndicatorResolver,
  FigureExportResolver,
  PublishedTableResolver,
  SessionExitsResolver,
  TableExportResolver,
  VacancySubscriptionResolver,
  OfferVacanciesResolver,
  SiteVacanciesResolver,
  OrganisationVacanciesResolver,
  ReferralResolver,
  ReferralAvailableResolver,
  ReferralVerdictsResolver,
  DeclineResolver,
  ReferralClockResolver,
  DelayResolver,
  WaitResolver,
  OfferAnswersResolver,
  AnswersResolver,
  AnswerTimeResolver,
  OrganisationAnswersResolver,
  ClosureResolver,
  OrganisationClosuresResolver,
  OfferAnsweringResolver,
  VacancyAnsweringResolver,
  InformationResolver,
  ReferralMoveLineResolver,
  ReferralNoteResolver,
  ReferralSendingResolver,
  ReferralAnswerResolver,
  ReferralAnswersResolver,
  ReferralCancelResolver,
  AcceptanceChoiceResolver,
  ReferralFollowingResolver,
  PersonDisclosureResolver,
  PersonReferralsResolver,
  OfferReferralsResolver,
  VacancyReferralsResolver,
  OrganisationReferralsResolver,
  MeetingResolver,
  MeetingAttendanceResolver,
  MeetingPlanningResolver,
  ReferralMeetingsResolver,
  CalendarFeedResolver,
  AssignmentRunResolver,
  AssignmentComparisonResolver,
  AssignmentLineResolver,
  AssignmentProgressResolver,
  PlacementResolver,
  OutcomeClassesResolver,
  ClassedOutcomeResolver,
  OutcomeRuleSetResolver,
  OutcomeRuleResolver,
  PlacementWarningResolver,
  FollowUpResolver,
  EpisodeResolver,
  PlacementMovesResolver,
  AttendanceResolver,
  ReferralWorkResolver,
  PlacementFollowingResolver,
  ReferralPlacementResolver,
  PersonPlacementsResolver,
  NoticeReferralResolver,
  NoticeResolver,
  OfferPlacementsResolver,
  OrganisationFollowUpsResolver,
  VacancyPlacementsResolver,
  VacancyReplacingResolver,
  PlacementReplacementResolver,
  ViewerWorklistResolver,
  WorklistReferralsResolver,
  WorklistPlacementsResolver,
  WorklistAgreementsResolver,
  WorklistPeopleResolver,
];
