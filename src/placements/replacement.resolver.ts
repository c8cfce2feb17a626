import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import { isReplaceable } from './placement.rules.ts';
import type { PlacementRow } from './placement.row.ts';
import { Placement } from './placement.type.ts';
import { replacedBy } from './replacement.store.ts';

@Resolver(() => Vacancy)
export class VacancyReplacingResolver {
  @FieldResolver(() => Placement, {
    nullable: true,
    description:
      'Whose leaving it was opened for, maybe before the person leaves; null for who may not see that placement.',
  })
  replacing(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(replacedBy, vacancy.id);
  }
}

@Resolver(() => Placement)
export class PlacementReplacementResolver {
  @FieldResolver(() => Vacancy, {
    nullable: true,
    description: 'The vacancy opened to replace the person, while it is not closed; null when there is none.',
  })
  async replacement(@Root() { replacedById }: PlacementRow, @Ctx() ctx: Context) {
    const vacancy = replacedById && (await ctx.loaders.load(vacancyById, replacedById));
    return vacancy && vacancy.state !== 'CLOSED' ? vacancy : null;
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether you may now open a vacancy that replaces the person (`openVacancy(replacing:)`): it is yours, it runs or its ' +
      'place stayed used, and none is open.',
  })
  async canBeReplaced(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    if (placement.receiverId !== ctx.viewer.organisation || !isReplaceable(placement)) return false;
    const vacancy = placement.replacedById && (await ctx.loaders.load(vacancyById, placement.replacedById));
    return !vacancy || vacancy.state === 'CLOSED';
  }
}
