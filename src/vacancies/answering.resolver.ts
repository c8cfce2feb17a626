import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { answeringFrom } from '../offers/answering.resolver.ts';
import type { VacancyRow } from './vacancy.row.ts';
import { Vacancy } from './vacancy.type.ts';

@Resolver(() => Vacancy)
export class VacancyAnsweringResolver {
  @FieldResolver(() => Day, {
    nullable: true,
    description:
      'The first business day on which its provider answers again; null when it is not closed today. Days on which it ' +
      'is closed do not count in the time to answer.',
  })
  answersFrom(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return answeringFrom(ctx, vacancy);
  }
}
