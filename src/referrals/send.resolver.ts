import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { reinstateReferral } from './cancel.actions.ts';
import { addReferralNote } from './note.actions.ts';
import { bindReferral, referPerson, rerouteReferral, sendReferral } from './send.actions.ts';
import {
  NewReferral,
  NewReferralNote,
  ReferralBinding,
  ReferralReinstatement,
  ReferralRerouting,
  ReferralSending,
  ReferralUpsert,
} from './referral.inputs.ts';
import { referralById } from './referral.store.ts';
import { ReferralPayload } from './referral.type.ts';
import { upsertReferral } from './upsert.actions.ts';

@Resolver()
export class ReferralSendingResolver {
  @Mutation(() => ReferralPayload, {
    description:
      'Refers a person to an offer or one of its vacancies: a draft, or sent at once. By coordinators of who follows the person. AGREEMENT_MISSING without the person’s agreement; ALREADY_REFERRED when a live referral to the same place exists, whoever sent it.',
  })
  referPerson(
    @Arg('input', () => NewReferral, { description: 'What and whom.' }) input: NewReferral,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'referPerson',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      act: (tx) => referPerson(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Refers a person under your own number, or goes on with the referral that has it; the same again changes nothing. ' +
      'OTHER_PERSON or OTHER_OFFER where that number is another one’s: reroute it instead. By those who may refer.',
  })
  upsertReferral(
    @Arg('input', () => ReferralUpsert, { description: 'What and whom, under your own number.' })
    input: ReferralUpsert,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'upsertReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      act: (tx) => upsertReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, { description: 'Sends a draft. By its sender.' })
  sendReferral(
    @Arg('input', () => ReferralSending, { description: 'Which one.' }) input: ReferralSending,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'sendReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => sendReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description: 'Says which vacancy of the offer it is for. By its receiver; by its sender while SENT.',
  })
  bindReferral(
    @Arg('input', () => ReferralBinding, { description: 'Which one, and where.' }) input: ReferralBinding,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'bindReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => bindReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Sends the person elsewhere instead and answers the new referral. A live one becomes REROUTED; a closed one stays as it was. By its sender or the council.',
  })
  rerouteReferral(
    @Arg('input', () => ReferralRerouting, { description: 'Which one, and where to.' })
    input: ReferralRerouting,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'rerouteReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => rerouteReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Takes up again, within 30 days, what the hub closed because the person started elsewhere: back to its last open state, or on the waiting list when no place is left. By its sender.',
  })
  reinstateReferral(
    @Arg('input', () => ReferralReinstatement, { description: 'Which one.' }) input: ReferralReinstatement,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'reinstateReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => reinstateReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, { description: 'Adds a note that both parties read. By either.' })
  addReferralNote(
    @Arg('input', () => NewReferralNote, { description: 'Which one, and what.' }) input: NewReferralNote,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'addReferralNote',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => addReferralNote(tx, input),
    });
  }
}
