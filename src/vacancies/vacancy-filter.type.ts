import { Field, ID, InputType, Int } from 'type-graphql';
import { Days } from '../graphql/days.type.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type * as offer from '../offers/offer.rules.ts';
import { ContributionDomain } from '../offers/offer.type.ts';
import type * as kind from '../programme/offer-kind.rules.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import * as search from './vacancy-search.rules.ts';
import type * as rules from './vacancy.rules.ts';
import { VacancyState } from './vacancy.type.ts';

export const VacancyOrder = registerVocabulary(
  'VacancyOrder',
  'In which order vacancies are listed.',
  search.VacancyOrder,
);

@InputType({ description: 'Which vacancies; every given condition must hold.' })
export class VacancyFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of its title or of its offer, in any order; accents, case and small typing errors forgiven.',
  })
  text?: string | null;

  @Field(() => [OfferKind], { nullable: true, description: 'Of offers of any of these kinds.' })
  kinds?: kind.OfferKind[] | null;

  @Field(() => [ContributionDomain], { nullable: true, description: 'Of offers in any of these domains.' })
  domains?: offer.ContributionDomain[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Of offers for any of these thématiques of data·inclusion v1: a code, or a category (`mobilite`) for all of its codes.',
  })
  thematiques?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Any of these trades: a ROME code (`A1203`) or how it begins (`A12`); the vacancy’s own, or its offer’s when it names none.',
  })
  rome?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Of offers open to any of these publics of data·inclusion v1; what is for everybody (`tous-publics`) always is.',
  })
  publics?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of its commune.' })
  commune?: string | null;

  @Field(() => ID, { nullable: true, description: 'SIREN of the EPCI of its commune.' })
  epci?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'With at least so many places free, and open; one that counts no places has none.',
  })
  freePlacesAtLeast?: number | null;

  @Field(() => Days, { nullable: true, description: 'Starting on one of these days; undated ones do not.' })
  startsBetween?: Days | null;

  @Field(() => ID, { nullable: true, description: 'Of this organisation.' })
  organisation?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'On a site of this organisation, provided by another (accueil).',
  })
  host?: string | null;

  @Field(() => ID, { nullable: true, description: 'Sessions of this series.' })
  series?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this offer.' })
  offer?: string | null;

  @Field(() => [VacancyState], {
    nullable: true,
    description:
      'In any of these states. If not said: what is yours, and of others what is open or filled of published offers.',
  })
  states?: rules.VacancyState[] | null;
}
