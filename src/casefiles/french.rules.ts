import { meaningsOf } from '../kernel/vocabulary.ts';
import { EntitlementReason, EntitlementRole, EntitlementState } from '../entitlements/entitlement.rules.ts';
import { AttendanceState } from '../meetings/meeting.rules.ts';
import { OfferKind } from '../programme/offer-kind.rules.ts';
import { AccessReason, Category } from '../people/access.rules.ts';
import { NeedCloseReason, NeedTheme } from '../people/need.rules.ts';
import { LegalBasis } from '../people/person.rules.ts';
import * as profile from '../people/profile.rules.ts';
import { RectificationReason } from '../people/rectification.rules.ts';
import { TargetPublic } from '../programme/public.rules.ts';
import { EpisodeKind } from '../placements/episode.rules.ts';
import { FollowUpSituation } from '../placements/follow-up.rules.ts';
import { EndReason, OutcomeKind } from '../placements/outcome.rules.ts';
import { EngagementEndReason, EngagementKind } from '../pathway/engagement.rules.ts';
import { Orientation, PathwayEndReason } from '../pathway/pathway.rules.ts';
import { PlacementState } from '../placements/placement.rules.ts';
import { NoteCategory } from '../referrals/note.rules.ts';
import { ReferralReason } from '../referrals/reason.rules.ts';
import { ReferralState } from '../referrals/referral.rules.ts';
import { GlassReason } from '../sharing/glass.rules.ts';
import { GrantEndReason, SharingPurpose } from '../sharing/grant.rules.ts';
import { ContractKind } from '../vacancies/vacancy.rules.ts';

/** Codes as a person reads them: the French term that ends each code's description, or words of its own here. */
const vocabularies = {
  Category, AccessReason, NeedTheme, NeedCloseReason, LegalBasis, RectificationReason, TargetPublic, FollowUpSituation,
  EndReason, OutcomeKind, EpisodeKind, PlacementState, NoteCategory, ReferralReason, ReferralState, ContractKind,
  SharingPurpose, GrantEndReason, GlassReason, OfferKind, Orientation, PathwayEndReason,
  EngagementKind, EngagementEndReason,
  EntitlementReason, EntitlementRole, EntitlementState,
  AttendanceState, Licence: profile.Licence, FrenchLevel: profile.FrenchLevel, WorkConstraint: profile.WorkConstraint,
} as const; // prettier-ignore
export type Lexicon = keyof typeof vocabularies;

const own: Partial<Record<Lexicon, Readonly<Record<string, string>>>> = {
  Category: {
    CORE: 'référence, tranche d’âge, territoire et action recherchée',
    JUSTICE: 'justice',
    PROFILE: 'projet et compétences',
    PATHWAY: 'accompagnement et orientations',
  },
  EngagementKind: {
    ENGAGEMENT: 'Contrat d’engagement',
    CER: 'Contrat d’engagements réciproques',
    PPAE: 'Projet personnalisé d’accès à l’emploi',
    PACEA: 'Parcours contractualisé (PACEA)',
    CEJ: 'Contrat d’engagement jeune',
  },
  AccessReason: {
    REFERENT: 'vous accompagne',
    REGISTRAR: 'vous a inscrit·e',
    PROGRAMME: 'conduit le programme d’insertion du département',
    PLACEMENT: 'vous a employé·e ou accueilli·e, ou a suivi votre parcours',
    REFERRAL: 'a envoyé ou reçu une orientation qui vous concerne',
    GRANT: 'est nommé dans un accord de partage',
    BREAK_GLASS: 'a ouvert votre dossier pour une urgence',
  },
};

export function french(lexicon: Lexicon, code: unknown): string {
  const key = String(code);
  const meaning = meaningsOf(vocabularies[lexicon])[key];
  return own[lexicon]?.[key] ?? /\(([^()]+)\)$/.exec(meaning ?? '')?.[1] ?? key;
}
