import { Field, ID, InputType, Int } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { PersonFilter } from '../people/person-filter.type.ts';
import type { TargetPublic as Public } from '../programme/public.rules.ts';
import { TargetPublic } from '../programme/public.type.ts';
import type * as decline from '../referrals/decline.rules.ts';
import type * as disclosure from '../referrals/disclosure.rules.ts';
import { PersonAgreement } from '../referrals/referral.inputs.ts';
import { DespiteRefusal, Disclose } from '../referrals/referral.type.ts';
import { VacancyFilter } from '../vacancies/vacancy-filter.type.ts';

@InputType({ description: 'At most so many people in all the places of one organisation together.' })
export class OrganisationCap {
  @Field(() => ID, { description: 'The organisation (`org_…`) whose places these are.' })
  organisation: string;

  @Field(() => Int, { description: 'How many people, from 0 to 5,000.' })
  most: number;
}

@InputType({ description: 'At least so many people of a public.' })
export class PublicFloor {
  @Field(() => TargetPublic, { description: 'One the programme in force gives priority.' })
  public: Public;

  @Field(() => Int, { description: 'How many people, from 0 to 5,000.' })
  least: number;
}

@InputType({ description: 'At most so many people of a public.' })
export class PublicCeiling {
  @Field(() => TargetPublic, { description: 'One the programme in force gives priority.' })
  public: Public;

  @Field(() => Int, { description: 'How many people, from 0 to 5,000.' })
  most: number;
}

@InputType({
  description:
    'Whom to place, and where: people and vacancies by name, by conditions, or both together; at most 5,000 people, 2,000 ' +
    'vacancies and five million pairs.',
})
export class NewAssignment extends Command {
  @Field(() => [ID], { nullable: true, description: 'People you follow (`per_…`).' })
  people?: string[] | null;

  @Field(() => PersonFilter, { nullable: true, description: 'And whoever of those you follow meets these conditions.' })
  peopleWhere?: PersonFilter | null;

  @Field(() => [ID], { nullable: true, description: 'Vacancies you see (`vac_…`).' })
  vacancies?: string[] | null;

  @Field(() => VacancyFilter, {
    nullable: true,
    description: 'And those that meet these conditions and are open with a place left.',
  })
  vacanciesWhere?: VacancyFilter | null;

  @Field(() => Int, { nullable: true, description: 'At most so many people with any one organisation.' })
  mostPerOrganisation?: number | null;

  @Field(() => [OrganisationCap], {
    nullable: true,
    description: 'For these organisations another number than `mostPerOrganisation`; each once.',
  })
  organisations?: OrganisationCap[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'At most so many of the people any one member is the referent of, where the pathway is open to you.',
  })
  mostPerReferent?: number | null;

  @Field(() => [PublicFloor], {
    nullable: true,
    description: 'Floors; each public once. Those that cannot hold together are named in `unmet`.',
  })
  floors?: PublicFloor[] | null;

  @Field(() => [PublicCeiling], { nullable: true, description: 'Ceilings; each public once.' })
  ceilings?: PublicCeiling[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds to branch for the best plan, from 1 to 300, 60 if not said; then the best found, with `bound`.',
  })
  atMostSeconds?: number | null;
} // prettier-ignore

@InputType({ description: 'A run to do again.' })
export class AssignmentAgain extends Command {
  @Field(() => ID, { description: 'The run (`run_…`), done.' })
  run: string;

  @Field(() => Int, { nullable: true, description: 'Seconds to branch; as before if not said.' })
  atMostSeconds?: number | null;
}

@InputType({ description: 'A run to call off.' })
export class AssignmentCancellation extends VersionedCommand {
  @Field(() => ID, { description: 'The run (`run_…`), queued or running.' })
  run: string;
}

@InputType({ description: 'One line to accept: what the referral says.' })
export class AssignmentLineAcceptance {
  @Field(() => ID, { description: 'The line (`asl_…`), of this run and with a place.' })
  line: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True sends the referral at once; false keeps a draft that only you see.',
  })
  send: boolean;

  @Field(() => PersonAgreement, { nullable: true, description: 'Needed to send: without it AGREEMENT_MISSING.' })
  personAgreement?: PersonAgreement | null;

  @Field(() => Disclose, {
    nullable: true,
    description: 'When the person’s name opens to the provider; at acknowledgement if not said.',
  })
  disclose?: disclosure.Disclose | null;

  @Field(() => DespiteRefusal, {
    nullable: true,
    description: 'Why, where this offer declined the person not long ago; without it: REFUSED_RECENTLY.',
  })
  despiteRefusal?: decline.DespiteRefusal | null;
} // prettier-ignore

@InputType({ description: 'Lines of a run to accept, each by itself.' })
export class AssignmentAcceptance extends Command {
  @Field(() => ID, { description: 'The run (`run_…`), done.' })
  run: string;

  @Field(() => [AssignmentLineAcceptance], { description: 'From 1 to 50 lines, each decided by itself, in this order.' })
  lines: AssignmentLineAcceptance[];
} // prettier-ignore
