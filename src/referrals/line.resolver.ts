import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { namedTo } from '../partners/discretion.ts';
import { ReferralMoveLine, ReferralNote } from './history.type.ts';
import type { ReferralMoveRow } from './move.row.ts';
import type { ReferralNoteRow } from './note.row.ts';

@Resolver(() => ReferralMoveLine)
export class ReferralMoveLineResolver {
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Organisation of who did it; null for the hub, or for a social partner to who receives.',
  })
  async organisationId(@Root() { organisationId, receiverId }: ReferralMoveRow, @Ctx() ctx: Context) {
    return organisationId && ((await namedTo(ctx, organisationId, receiverId))?.id ?? null);
  }
}

@Resolver(() => ReferralNote)
export class ReferralNoteResolver {
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Organisation that wrote it; null for a social partner to who receives.',
  })
  async organisationId(@Root() { organisationId, receiverId }: ReferralNoteRow, @Ctx() ctx: Context) {
    return (await namedTo(ctx, organisationId, receiverId))?.id ?? null;
  }
}
