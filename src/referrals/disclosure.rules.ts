import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { acceptedStates, isOneOf, liveStates, openStates, type ReferralState } from './referral.rules.ts';

export const Disclose = vocabulary({
  AT_ACKNOWLEDGEMENT: 'Identity and contact open when a named member takes charge (à la prise en charge)',
  AT_MEETING: 'They open at the first meeting, which goes through the sender; at the latest at acceptance',
  AT_ACCEPTANCE: 'They open when the provider accepts (à l’acceptation)',
});
export type Disclose = Vocabulary<typeof Disclose>;

export type Opened = 'CORE' | 'IDENTITY' | 'CONTACT';

export interface DisclosureFacts {
  state: ReferralState;
  disclose: Disclose;
  acknowledgedAt: string | null;
  metAt: string | null;
}

const named: readonly Opened[] = ['CORE', 'IDENTITY', 'CONTACT'];

/** Once the person has started, the placement opens by itself what its parties need, and for how long. */
const untilStarted = liveStates.filter((state) => state !== 'PLACED');

/** What a live referral opens of its person to its sender. */
export function openToSender({ state }: DisclosureFacts): readonly Opened[] {
  return isOneOf(untilStarted, state) ? named : [];
}

/** What a live referral opens to its receiver: staged, so that searching and sorting need no name (docs/domain.md §7). */
export function openToReceiver(referral: DisclosureFacts): readonly Opened[] {
  const { state, disclose, acknowledgedAt, metAt } = referral;
  if (!isOneOf(untilStarted, state)) return [];
  if (isOneOf(acceptedStates, state)) return named;
  const takenInCharge = acknowledgedAt !== null && disclose === 'AT_ACKNOWLEDGEMENT';
  const met = metAt !== null && disclose !== 'AT_ACCEPTANCE';
  return takenInCharge || met ? named : ['CORE'];
}

/** When identity and contact will still open to a receiver by a referral under way, the earliest first. */
export type OpensLater = 'AT_ACKNOWLEDGEMENT' | 'AT_MEETING' | 'AT_ACCEPTANCE';

/** What a referral will still open of identity and contact to its receiver, and when; null when nothing more by itself. */
export function opensLater(referral: DisclosureFacts): OpensLater | null {
  if (!isOneOf(openStates, referral.state) || openToReceiver(referral).includes('IDENTITY')) return null;
  if (referral.disclose === 'AT_MEETING') return 'AT_MEETING';
  const taken = referral.state === 'SENT' && referral.disclose === 'AT_ACKNOWLEDGEMENT';
  return taken ? 'AT_ACKNOWLEDGEMENT' : 'AT_ACCEPTANCE';
}

const stages: readonly OpensLater[] = ['AT_ACKNOWLEDGEMENT', 'AT_MEETING', 'AT_ACCEPTANCE'];

/** Of several referrals of one person, what opens first. */
export function opensFirst(referrals: readonly DisclosureFacts[]): OpensLater | null {
  const later = referrals.map(opensLater);
  return stages.find((stage) => later.includes(stage)) ?? null;
}
