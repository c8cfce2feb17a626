import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { matchOf } from '../matches/match.store.ts';
import { Match } from '../matches/match.type.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { referralById } from '../referrals/referral.store.ts';
import { Referral } from '../referrals/referral.type.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import type { AssignmentLineRow } from './line.row.ts';
import { AssignmentLine } from './run.type.ts';

@Resolver(() => AssignmentLine)
export class AssignmentLineResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who; null when not for you.' })
  person(@Root() { personId }: AssignmentLineRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, personId);
  }

  @FieldResolver(() => Vacancy, { nullable: true, description: 'Where; null without a place, or when not for you.' })
  vacancy(@Root() { vacancyId }: AssignmentLineRow, @Ctx() ctx: Context) {
    return vacancyId && ctx.loaders.load(vacancyById, vacancyId);
  }

  @FieldResolver(() => Match, {
    nullable: true,
    description: 'Why they fit, or no longer do, as `explainMatch` says it now. Null without a place.',
  })
  match(@Root() { personId, vacancyId }: AssignmentLineRow, @Ctx() ctx: Context) {
    return vacancyId && ctx.loaders.load(matchOf, { person: personId, vacancy: vacancyId });
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'What it became; null while nobody accepted it.' })
  referral(@Root() { referralId }: AssignmentLineRow, @Ctx() ctx: Context) {
    return referralId && ctx.loaders.load(referralById, referralId);
  }

  @FieldResolver(() => Member, { nullable: true, description: 'Who accepted it; null while nobody has.' })
  acceptedBy(@Root() { acceptedBy }: AssignmentLineRow, @Ctx() ctx: Context) {
    return acceptedBy && ctx.loaders.load(memberById, acceptedBy);
  }
} // prettier-ignore
