import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Days } from '../graphql/days.type.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type * as rules from './offer.rules.ts';
import * as search from './offer-search.rules.ts';
import { ContributionDomain, OfferKind, OfferState } from './offer.type.ts';

export const OfferOrder = registerVocabulary(
  'OfferOrder',
  'In which order offers are listed.',
  search.OfferOrder,
);

@InputType({ description: 'Which offers; every given condition must hold.' })
export class OfferFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title or description, in any order; accents, case and small typing errors forgiven.',
  })
  text?: string | null;

  @Field(() => [OfferKind], { nullable: true, description: 'Any of these kinds.' })
  kinds?: rules.OfferKind[] | null;

  @Field(() => [ContributionDomain], { nullable: true, description: 'Any of these domains.' })
  domains?: rules.ContributionDomain[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Any of these thématiques of data·inclusion v1: a code, or a category (`mobilite`) for all of its codes.',
  })
  thematiques?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Any of these trades: a ROME code (`A1203`) or how it begins (`A12`).',
  })
  rome?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Open to any of these publics of data·inclusion v1; what is for everybody (`tous-publics`) always is.',
  })
  publics?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of the commune where it happens.' })
  commune?: string | null;

  @Field(() => ID, { nullable: true, description: 'SIREN of the EPCI where it happens.' })
  epci?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who offers it.' })
  organisation?: string | null;

  @Field(() => [OfferState], {
    nullable: true,
    description:
      'Any of these states; PUBLISHED and SUSPENDED if not said. Drafts and archives are only ever your organisation’s.',
  })
  states?: rules.OfferState[] | null;

  @Field(() => Float, { nullable: true, description: 'At least so many hours a week.' })
  weeklyHoursAtLeast?: number | null;

  @Field(() => Float, { nullable: true, description: 'At most so many hours a week.' })
  weeklyHoursAtMost?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'It has an open vacancy with at least so many free places; one that counts no places has none.',
  })
  freePlacesAtLeast?: number | null;

  @Field(() => Days, {
    nullable: true,
    description: 'It has an open vacancy that starts then; with `freePlacesAtLeast`, the same vacancy.',
  })
  startsBetween?: Days | null;
}
