import { PeopleScope, Role, scopes } from '../../src/kernel/viewer.ts';
import * as agreement from '../../src/agreements/agreement.rules.ts';
import * as opinion from '../../src/agreements/opinion.rules.ts';
import { PartyRole } from '../../src/agreements/party.rules.ts';
import { LinkGround, LinkReason, LinkState } from '../../src/doubles/link.rules.ts';
import { ContributionDomain, OfferState, SiaeKind } from '../../src/offers/offer.rules.ts';
import * as service from '../../src/offers/service.rules.ts';
import { MemberState } from '../../src/partners/member.rules.ts';
import {
  AccreditationKind,
  OrganisationKind,
  PrescriberKind,
  Remit,
} from '../../src/partners/organisation.rules.ts';
import { DiagnosisKind, IaeCriterion } from '../../src/eligibility/diagnosis.rules.ts';
import { WithdrawalReason } from '../../src/eligibility/pass.rules.ts';
import { ErasureReason } from '../../src/casefiles/erasure.rules.ts';
import { KeepReason, NoticeState } from '../../src/casefiles/retention.rules.ts';
import { RectificationReason } from '../../src/people/rectification.rules.ts';
import { AccessReason, Category } from '../../src/people/access.rules.ts';
import { NeedCloseReason, NeedTheme } from '../../src/people/need.rules.ts';
import { LegalBasis } from '../../src/people/person.rules.ts';
import { TargetPublic } from '../../src/programme/public.rules.ts';
import * as profile from '../../src/people/profile.rules.ts';
import * as pathway from '../../src/pathway/pathway.rules.ts';
import * as engagement from '../../src/pathway/engagement.rules.ts';
import * as meeting from '../../src/meetings/meeting.rules.ts';
import { FollowUpSituation } from '../../src/placements/follow-up.rules.ts';
import * as outcome from '../../src/placements/outcome.rules.ts';
import * as attendance from '../../src/placements/attendance.rules.ts';
import * as episode from '../../src/placements/episode.rules.ts';
import * as placement from '../../src/placements/placement.rules.ts';
import { OfferKind } from '../../src/programme/offer-kind.rules.ts';
import { thematiques } from '../../src/programme/thematique.rules.ts';
import { DespiteRefusal } from '../../src/referrals/decline.rules.ts';
import { Disclose } from '../../src/referrals/disclosure.rules.ts';
import { ClosureReason } from '../../src/partners/closure.rules.ts';
import * as information from '../../src/referrals/information.rules.ts';
import { StopCause } from '../../src/referrals/stop.rules.ts';
import { NoteCategory } from '../../src/referrals/note.rules.ts';
import { ReferralReason } from '../../src/referrals/reason.rules.ts';
import * as referral from '../../src/referrals/referral.rules.ts';
import * as glass from '../../src/sharing/glass.rules.ts';
import * as grant from '../../src/sharing/grant.rules.ts';
import { ContractKind, VacancyCloseReason, VacancyState } from '../../src/vacancies/vacancy.rules.ts';

type Codes = readonly string[] | Readonly<Record<string, string>>;

const vocabularies: Record<string, Record<string, Codes>> = {
  organisation: { kind: OrganisationKind, remit: Remit, authorised_prescriber: PrescriberKind },
  accreditation: { kind: AccreditationKind },
  member: { roles: Role, people: PeopleScope, state: MemberState },
  api_client: { scopes },
  offer: {
    kind: OfferKind,
    siae_kind: SiaeKind,
    state: OfferState,
    domains: ContributionDomain,
    thematiques,
    publics: service.publics,
    fees: service.fees,
    reception_modes: service.receptionModes,
    mobilisation_modes: service.mobilisationModes,
    mobilisable_by: service.mobilisableBy,
    service_type: service.serviceTypes,
  },
  vacancy: { state: VacancyState, contract_kind: ContractKind, close_reason: VacancyCloseReason },
  person: { sought_kind: OfferKind },
  person_access: { category: Category, reason: AccessReason, legal_basis: LegalBasis },
  person_profile: {
    licences: profile.Licence,
    french_level: profile.FrenchLevel,
    travel_mode: profile.TravelMode,
    time_bands: profile.TimeBand,
    work_constraints: profile.WorkConstraint,
  },
  person_situation: { public: TargetPublic, category: Category },
  iae_pass: { withdraw_reason: WithdrawalReason },
  iae_diagnosis: { kind: DiagnosisKind, siae_kind: SiaeKind, withdraw_reason: WithdrawalReason },
  iae_criterion: { criterion: IaeCriterion, category: Category },
  pathway: { orientation: pathway.Orientation, end_reason: pathway.PathwayEndReason },
  pathway_step: {
    kind: pathway.PathwayStepKind,
    orientation: pathway.Orientation,
    reason: { ...pathway.PathwayEndReason, ...pathway.ReorientationReason },
  },
  engagement: {
    kind: engagement.EngagementKind,
    state: engagement.EngagementState,
    goals: NeedTheme,
    end_reason: engagement.EngagementEndReason,
  },
  engagement_review: { decision: engagement.ReviewDecision, goals_reached: NeedTheme },
  person_link: { state: LinkState, ground: LinkGround },
  person_link_step: { from_state: LinkState, to_state: LinkState, reason: LinkReason },
  rectification: { category: Category, because: RectificationReason },
  retention_notice: { state: NoticeState, reason: KeepReason },
  erasure: { reason: ErasureReason },
  need: { theme: NeedTheme, close_reason: NeedCloseReason, thematique: thematiques },
  referent: { legal_basis: LegalBasis },
  sharing_grant: {
    organisation_kind: OrganisationKind,
    categories: Category,
    purpose: grant.SharingPurpose,
    legal_basis: LegalBasis,
    end_reason: grant.GrantEndReason,
  },
  broken_glass: { reason: glass.GlassReason, sought_by: glass.SoughtBy, categories: Category },
  referral: {
    state: referral.ReferralState,
    origin: referral.ReferralOrigin,
    disclose: Disclose,
    agreement_how: referral.AgreementHow,
    reason: ReferralReason,
    despite_refusal: DespiteRefusal,
    last_open_state: referral.ReferralState,
  },
  referral_move: {
    move: referral.moves.table.map(({ move }) => move),
    from_state: referral.ReferralState,
    to_state: referral.ReferralState,
    reason: ReferralReason,
    actor_kind: ['MEMBER', 'TOOL', 'HUB'],
  },
  clock_stop: { cause: StopCause },
  closure: { reason: ClosureReason },
  information_request: { state: information.InformationState, questions: information.InformationQuestion },
  referral_note: { category: NoteCategory },
  meeting: {
    state: meeting.MeetingState,
    kind: meeting.MeetingKind,
    way: meeting.MeetingWay,
    reason: meeting.CancelReason,
  },
  meeting_attendance: { state: meeting.AttendanceState },
  agreement: {
    kind: agreement.AgreementKind,
    state: agreement.AgreementState,
    siae_kind: SiaeKind,
    opinion: opinion.Opinion,
    close_reason: agreement.CloseReason,
  },
  agreement_party: { role: PartyRole },
  agreement_opinion: { opinion: opinion.Opinion },
  agreement_reservation: { state: opinion.ReservationState },
  placement: {
    state: placement.PlacementState,
    origin: referral.ReferralOrigin,
    end_reason: outcome.EndReason,
    overlap_reason: placement.OverlapReason,
  },
  attendance: { half: attendance.Half, presence: attendance.Presence },
  contract: { kind: ContractKind },
  episode: { kind: episode.EpisodeKind },
  outcome: {
    kind: outcome.OutcomeKind,
    contract_kind: ContractKind,
    certification: outcome.Certification,
    end_reason: outcome.EndReason,
    corrected_because: outcome.CorrectionReason,
  },
  follow_up: { situation: FollowUpSituation },
};

/** Each column that holds codes, and the codes it may hold. */
export const codedColumns = Object.entries(vocabularies).flatMap(([table, columns]) =>
  Object.entries(columns).map(
    ([column, codes]) =>
      [table, column, Array.isArray(codes) ? [...codes] : Object.keys(codes)] as [string, string, string[]],
  ),
);
