import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { recordDiagnosis, withdrawDiagnosis } from './diagnosis.actions.ts';
import type { DiagnosisRow } from './diagnosis.row.ts';
import { criteriaOf, diagnosesOf, diagnosisById } from './diagnosis.store.ts';
import {
  DiagnosisPayload,
  DiagnosisWithdrawal,
  IaeCriterion,
  IaeDiagnosis,
  IaeDiagnosisConnection,
  NewDiagnosis,
} from './diagnosis.type.ts';
import type { IaeStanding } from './eligibility.rules.ts';
import { iaeStandingOf } from './eligibility.store.ts';
import { IaeEligibility } from './eligibility.type.ts';

const moved = movesOf({ noun: 'diagnosis', scope: 'people:write', read: diagnosisById });

@Resolver(() => IaeDiagnosis)
export class DiagnosisResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Of whom.' })
  person(@Root() diagnosis: DiagnosisRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, diagnosis.personId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who diagnosed; null for a social partner whose name would say too much.',
  })
  by(@Root() diagnosis: DiagnosisRow, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, diagnosis.organisationId);
  }

  @FieldResolver(() => Day, { description: 'The day it was made.' })
  on(@Root() diagnosis: DiagnosisRow) {
    return diagnosis.onDay;
  }

  @FieldResolver(() => [IaeCriterion], {
    description:
      'On which criteria an employer diagnosed: of them, those whose category is open to you. Empty for a prescriber, ' +
      'who needs none.',
  })
  async criteria(@Root() diagnosis: DiagnosisRow, @Ctx() ctx: Context) {
    const rows = await ctx.loaders.load(criteriaOf, diagnosis.id);
    return rows.map(({ criterion }) => criterion);
  }

  @Mutation(() => DiagnosisPayload, {
    description:
      'Records that your organisation found a person eligible to insertion by work, for six months. By coordinators ' +
      'who follow the person, of an authorised prescriber or of a SIAE for itself.',
  })
  recordDiagnosis(
    @Arg('input', () => NewDiagnosis, { description: 'The diagnosis.' }) input: NewDiagnosis,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, recordDiagnosis);
  }

  @Mutation(() => DiagnosisPayload, {
    description: 'Takes a diagnosis back that was wrong. By coordinators who follow the person.',
  })
  withdrawDiagnosis(
    @Arg('input', () => DiagnosisWithdrawal, { description: 'Which, and why.' }) input: DiagnosisWithdrawal,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, withdrawDiagnosis);
  }
}

@Resolver(() => IaeEligibility)
export class IaeEligibilityResolver {
  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who diagnosed; null for a pass, and for a social partner whose name would say too much.',
  })
  diagnosedBy(@Root() standing: IaeStanding, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, standing.diagnosedBy);
  }
}

@Resolver(() => Person)
export class PersonDiagnosesResolver {
  @FieldResolver(() => IaeEligibility, {
    nullable: true,
    description:
      'Whether the person is eligible today to insertion by work, an employer’s own diagnosis counting for itself ' +
      'alone. For who sees the pathway; who received a referral reads `Referral.iaeEligibility`.',
  })
  iaeEligibility(@Root() person: Person, @Ctx() ctx: Context) {
    return ctx.loaders.load(iaeStandingOf, person.id);
  }

  @FieldResolver(() => IaeDiagnosisConnection, {
    description:
      'Diagnoses of the person, the latest first, withdrawn ones included. For who sees the pathway.',
  })
  iaeDiagnoses(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, diagnosesOf, person.id, page);
  }
}
