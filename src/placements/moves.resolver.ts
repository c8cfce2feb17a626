import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { correctPlacement, recordFollowUp } from './afterwards.actions.ts';
import { recordDirectPlacement } from './direct.actions.ts';
import { EpisodeEnding, EpisodeRecord, PlacementResumption, PlacementSuspension } from './episode.inputs.ts';
import { endPlacement } from './end.actions.ts';
import { amendContract, correctContract, renewContract } from './contract.actions.ts';
import { endEpisode, recordEpisode, resumePlacement, suspendPlacement } from './episode.actions.ts';
import { startPlacement, undoStart } from './start.actions.ts';
import { recordHours } from './hours.actions.ts';
import { HoursRecord } from './hours.inputs.ts';
import { movesOf } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { placementById } from './placement.store.ts';
import { PlacementPayload } from './placement.type.ts';
import {
  ContractAmendment,
  ContractCorrecting,
  ContractRenewal,
  DirectPlacement,
  FollowUpRecord,
  PlacementCorrection,
  PlacementEnd,
  PlacementStart,
  StartUndoing,
} from './placement.inputs.ts';

const moved = movesOf({ noun: 'placement', scope: 'referrals:write', read: placementById });

@Resolver()
export class PlacementMovesResolver {
  @Mutation(() => PlacementPayload, {
    description:
      'The person has started: the referral becomes a placement, its held place is taken, and live referrals to other exclusive offers close (STARTED_ELSEWHERE); ALREADY_REFERRED when the person has started there under another record. By the receiver.',
  })
  startPlacement(
    @Arg('input', () => PlacementStart, { description: 'What started, and when.' }) input: PlacementStart,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, startPlacement);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Records somebody nobody referred: the referral stands in PLACED with you on both sides, a counted place is taken (NO_PLACE_LEFT), other exclusive referrals close. By the provider that registered the person.',
  })
  recordDirectPlacement(
    @Arg('input', () => DirectPlacement, { description: 'Whom, where, since when, and how they came.' })
    input: DirectPlacement,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, recordDirectPlacement);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'The start was recorded by mistake: within 15 days, the referral is accepted again and its place held again; one nobody had sent is cancelled. By the receiver.',
  })
  undoStart(
    @Arg('input', () => StartUndoing, { description: 'Which placement.' }) input: StartUndoing,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, undoStart);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Interrupts a placement for a time, by an episode that suspends; its place stays taken. By the receiver.',
  })
  suspendPlacement(
    @Arg('input', () => PlacementSuspension, { description: 'Which one, and by what.' })
    input: PlacementSuspension,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, suspendPlacement);
  }

  @Mutation(() => PlacementPayload, { description: 'A suspended placement goes on. By the receiver.' })
  resumePlacement(
    @Arg('input', () => PlacementResumption, { description: 'Which one, and since when.' })
    input: PlacementResumption,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, resumePlacement);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Records an immersion, a training, a leave… within a placement; one that suspends and has not ended suspends it. By the receiver.',
  })
  recordEpisode(
    @Arg('input', () => EpisodeRecord, { description: 'Which placement, what, and when.' })
    input: EpisodeRecord,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, recordEpisode);
  }

  @Mutation(() => PlacementPayload, {
    description: 'An episode has ended; a placement it suspended goes on. By the receiver.',
  })
  endEpisode(
    @Arg('input', () => EpisodeEnding, { description: 'Which one, and since when.' }) input: EpisodeEnding,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, endEpisode);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Records the hours worked in a month, or corrects them; what was believed stays in `hoursHistory`. By the receiver.',
  })
  recordHours(
    @Arg('input', () => HoursRecord, { description: 'Which placement, which month, how many hours.' })
    input: HoursRecord,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, recordHours);
  }

  @Mutation(() => PlacementPayload, {
    description: 'Adds a contract that follows the last one (renouvellement). By the receiver.',
  })
  renewContract(
    @Arg('input', () => ContractRenewal, { description: 'Which placement, and the contract.' })
    input: ContractRenewal,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, renewContract);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Changes the hours a week from a day on (avenant): one more contract line of the same kind. By the receiver.',
  })
  amendContract(
    @Arg('input', () => ContractAmendment, { description: 'Which placement, from when, and the hours.' })
    input: ContractAmendment,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, amendContract);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Corrects a contract; what was believed before stays in `contractCorrections`. By the receiver.',
  })
  correctContract(
    @Arg('input', () => ContractCorrecting, { description: 'Which contract, what it rightly says, and why.' })
    input: ContractCorrecting,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, correctContract);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Ends a placement with an outcome; its referral is closed, follow-ups are due at 1, 3 and 6 months, and before `refillUntil` its place is free again. By the receiver.',
  })
  endPlacement(
    @Arg('input', () => PlacementEnd, { description: 'Which one, when, why, and what came next.' })
    input: PlacementEnd,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, endPlacement);
  }

  @Mutation(() => PlacementPayload, {
    description: 'Corrects days or outcome; what was believed before stays in the history. By the receiver.',
  })
  correctPlacement(
    @Arg('input', () => PlacementCorrection, { description: 'What is right, and why it is corrected.' })
    input: PlacementCorrection,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, correctPlacement);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Records how the person is 1, 3 or 6 months after the end. By whoever sent or follows the person, or the receiver.',
  })
  recordFollowUp(
    @Arg('input', () => FollowUpRecord, { description: 'Which follow-up, and how the person is.' })
    input: FollowUpRecord,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, recordFollowUp);
  }
}
