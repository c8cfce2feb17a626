import { allow, type Act } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { sameVersion } from '../kernel/refusal.ts';
import type { AgreementRow } from './agreement.row.ts';
import {
  actorOf,
  agreementMoves,
  type AgreementActor,
  type AgreementMove,
  type AgreementState,
} from './agreement.rules.ts';
import { lockAgreement } from './agreement.store.ts';
import { providersOf, type PartyFacts } from './party.rules.ts';
import { partiesKnown } from './terms.store.ts';

/** A locked agreement on its way to a state that its table gives the viewer. */
export interface Moving {
  agreement: AgreementRow;
  parties: PartyFacts[];
  state: AgreementState;
}

interface Named {
  agreement: string;
  version?: number | null;
}

/** Locks it, asks for the right, the version and the table of moves, in this order. */
export async function moving(
  tx: Transaction,
  { agreement: id, version }: Named,
  of: { act: Act; move: AgreementMove },
): Promise<Moving> {
  const agreement = await lockAgreement(tx, id, 'agreement');
  allow(tx.viewer, of.act);
  sameVersion(agreement, version);
  const parties = await partiesKnown(tx, agreement.id);
  const state = agreementMoves.next(agreement.state, of.move, actor(tx, agreement, parties));
  return { agreement, parties, state };
}

function actor(
  { viewer }: Transaction,
  agreement: AgreementRow,
  parties: readonly PartyFacts[],
): AgreementActor {
  if (viewer.kind === 'HUB') return 'HUB';
  const providers = providersOf(parties).map(({ organisationId }) => organisationId);
  return actorOf(agreement, providers, viewer.organisation);
}
