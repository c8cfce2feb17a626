import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import {
  AgreementAmendment,
  AgreementClosing,
  AgreementCommand,
  AgreementEnd,
  AgreementSignature,
  AgreementUpdate,
  NewAgreement,
  NewOpinion,
  OpinionRequest,
  ReservationFollowing,
} from './agreement.inputs.ts';
import { agreementById } from './agreement.store.ts';
import { AgreementPayload } from './agreement.type.ts';
import { endAgreement, refuseAgreement, withdrawAgreement } from './closing.actions.ts';
import { draftAgreement, submitAgreement, updateAgreement } from './drafting.actions.ts';
import { followReservation, giveOpinion, requestOpinion } from './opinion.actions.ts';
import { amendAgreement, signAgreement } from './signing.actions.ts';

const moved = movesOf({ noun: 'agreement', scope: 'agreements:write', read: agreementById });

@Resolver()
export class AgreementMovesResolver {
  @Mutation(() => AgreementPayload, {
    description:
      'Writes an agreement; until it is submitted it exists for your organisation alone. By the managers of who ' +
      'leads agreements of its kind.',
  })
  draftAgreement(
    @Arg('input', () => NewAgreement, { description: 'The agreement.' }) input: NewAgreement,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, draftAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description: 'Says a draft anew: its parties and its terms each whole. By its lead.',
  })
  updateAgreement(
    @Arg('input', () => AgreementUpdate, { description: 'Which, and what it says now.' })
    input: AgreementUpdate,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, updateAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description:
      'Lays a draft before its parties: from now on it exists for them and for the council, and no more changes. By ' +
      'its lead.',
  })
  submitAgreement(
    @Arg('input', () => AgreementCommand, { description: 'Which.' }) input: AgreementCommand,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, submitAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description:
      'Puts an IAE convention on the agenda of the IAE council, and again after a deferral. By its lead.',
  })
  requestOpinion(
    @Arg('input', () => OpinionRequest, { description: 'Which, whom, when.' }) input: OpinionRequest,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, requestOpinion);
  }

  @Mutation(() => AgreementPayload, {
    description:
      'Gives the opinion of the IAE council in its session, once; after a deferral again. By the council asked, ' +
      'never a tool.',
  })
  giveOpinion(
    @Arg('input', () => NewOpinion, { description: 'Which, and what the council says.' }) input: NewOpinion,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, giveOpinion);
  }

  @Mutation(() => AgreementPayload, {
    description:
      'Says that a reservation is met, or open again. By the State that signs and by the council that reserved.',
  })
  followReservation(
    @Arg('input', () => ReservationFollowing, { description: 'Which, and how it stands.' })
    input: ReservationFollowing,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, followReservation);
  }

  @Mutation(() => AgreementPayload, {
    description:
      'Signs, once. An IAE convention after an opinion (OPINION_REQUIRED), against an unfavourable one with a ' +
      'reason, and one for a structure, kind and day (OVERLAPPING_AGREEMENT). By the managers of its lead, never a ' +
      'tool.',
  })
  signAgreement(
    @Arg('input', () => AgreementSignature, { description: 'Which, when, and what is funded.' })
    input: AgreementSignature,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, signAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description: 'Says no to what was submitted. By its lead.',
  })
  refuseAgreement(
    @Arg('input', () => AgreementClosing, { description: 'Which, and why.' }) input: AgreementClosing,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, refuseAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description: 'Takes back what is not signed. By its lead, or by a provider it names.',
  })
  withdrawAgreement(
    @Arg('input', () => AgreementClosing, { description: 'Which, and why.' }) input: AgreementClosing,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, withdrawAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description:
      'Says the terms of a signed agreement anew, from a day on; those before stay readable as what was in force. ' +
      'By its lead, never a tool.',
  })
  amendAgreement(
    @Arg('input', () => AgreementAmendment, { description: 'Which, and the terms from when on.' })
    input: AgreementAmendment,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, amendAgreement);
  }

  @Mutation(() => AgreementPayload, {
    description: 'Ends a signed agreement before its days are over. By its lead, never a tool.',
  })
  endAgreement(
    @Arg('input', () => AgreementEnd, { description: 'Which, when, and why.' }) input: AgreementEnd,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, endAgreement);
  }
}
