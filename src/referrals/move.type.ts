import { registerEnumType } from 'type-graphql';
import type * as rules from './referral.rules.ts';

const meanings: Record<rules.ReferralMove, string> = {
  send: 'A draft is sent, with the person’s agreement',
  acknowledge: 'A named member of the provider takes charge',
  bind: 'It is bound to one of the vacancies of its offer, or goes back to the offer when its vacancy closes',
  accept: 'The provider accepts; a place is held where places are counted',
  waitlist: 'The provider puts it on the waiting list',
  decline: 'The provider declines, with a coded reason',
  withdraw: 'The sender withdraws it, or the hub, with a coded reason',
  expire: 'The hub: nobody answered in time, or the wait ended',
  reroute: 'It is sent elsewhere instead',
  cancelAcceptance: 'The provider takes its acceptance back, with a coded reason',
  requestCancellation: 'The sender asks to cancel the acceptance',
  confirmCancellation: 'The provider confirms the cancellation, or the hub after 2 business days of silence',
  keep: 'The sender takes the asked cancellation back',
  cancel: 'The hub cancels the acceptance, for a reason of its own',
  start: 'The placement starts',
  lapse: 'The hub: accepted, but not started in time',
  reinstate: 'The sender takes up again what was closed because the person started elsewhere',
  undoStart: 'The start had been recorded by mistake',
  close: 'The hub: the placement has ended',
};

const screaming = (move: string) => move.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** `cancelAcceptance` in the table and the code is `CANCEL_ACCEPTANCE` on the wire. */
export const ReferralMove = Object.fromEntries(Object.keys(meanings).map((move) => [screaming(move), move]));

registerEnumType(ReferralMove, {
  name: 'ReferralMove',
  description: 'A move of the table of docs/domain.md §4; most are a mutation of the same name.',
  valuesConfig: Object.fromEntries(
    Object.entries(meanings).map(([move, description]) => [screaming(move), { description }]),
  ),
});
