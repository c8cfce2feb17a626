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
}

const named: readonly Opened[] = ['CORE', 'IDENTITY', 'CONTACT'];

/** Once the person has started, the placement opens by itself what its parties need, and for how long. */
const untilStarted = liveStates.filter((state) => state !== 'PLACED');

/** What a live referral opens of its person to its sender. */
export function openToSender({ state }: DisclosureFacts): readonly Opened[] {
  return isOneOf(untilStarted, state) ? named : [];
}

/** What a live referral opens to its receiver: staged, so that searching and sorting need no name (docs/domain.md §7). */
export function openToReceiver({ state, disclose, acknowledgedAt }: DisclosureFacts): readonly Opened[] {
  if (!isOneOf(untilStarted, state)) return [];
  if (isOneOf(acceptedStates, state)) return named;
  return acknowledgedAt !== null && disclose === 'AT_ACKNOWLEDGEMENT' ? named : ['CORE'];
}

/** What a referral will still open of identity and contact to its receiver, and when; null when nothing more by itself. */
export function opensLater(referral: DisclosureFacts): 'AT_ACKNOWLEDGEMENT' | 'AT_ACCEPTANCE' | null {
  if (!isOneOf(openStates, referral.state) || openToReceiver(referral).includes('IDENTITY')) return null;
  const taken = referral.state === 'SENT' && referral.disclose === 'AT_ACKNOWLEDGEMENT';
  return taken ? 'AT_ACKNOWLEDGEMENT' : 'AT_ACCEPTANCE';
}
