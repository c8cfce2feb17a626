import type { Transaction } from '../db/transaction.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { invalid } from '../kernel/refusal.ts';
import { sameContract } from '../placements/contract.rules.ts';
import { recordDirectPlacement } from '../placements/direct.actions.ts';
import { endPlacement } from '../placements/end.actions.ts';
import { contractsOf } from '../placements/history.store.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import { startPlacement, whole } from '../placements/start.actions.ts';
import { placementById } from '../placements/placement.store.ts';
import { referralBehind } from '../referrals/referral.store.ts';
import { type Cells, required } from './cell.rules.ts';
import { acceptedThere, offerIn, personIn, placementBegun, placementBehind, referralIn, vacancyIn } from './named.store.ts'; // prettier-ignore
import { agreementIn, columns, endIn, originIn, type Started, startIn } from './placement.cells.ts';
import type { RowDone, SheetKind } from './sheet-kind.ts';

/** Who has started with a provider: those a partner referred, and those nobody did. */
export const placementsSheet: SheetKind = {
  name: 'placements',
  columns,
  keyOf: ({ externalReference }) => externalReference ?? null,
  act: importPlacement,
};

async function importPlacement(tx: Transaction, cells: Cells): Promise<RowDone> {
  refuseUnreadable(cells);
  const start = startIn(cells);
  const there = await destinationIn(tx, cells);
  const known = await alreadyThere(tx, there, start);
  const id = known ? known.id : await begin(tx, cells, { there, start });
  if (known) await refuseOther(tx, known, start);
  const ended = await end(tx, cells, { id, known });
  if (known && !ended) return { outcome: 'UNCHANGED', steps: [] };
  const [now] = await placementById.load(tx, [id]);
  const step = { subject: id, version: now!.version, made: known === null };
  return { outcome: known ? 'CHANGED' : 'CREATED', steps: [step] };
}

interface Destination {
  referral: string | null;
  person?: string;
  offer?: string;
  vacancy?: string;
}

async function destinationIn(tx: Transaction, cells: Cells): Promise<Destination> {
  const reference = required(cells, 'externalReference');
  const named = cells.referral === undefined ? null : await referralIn(tx, cells.referral, 'referral');
  const referral = named ?? (await referralBehind(tx, reference));
  return {
    referral,
    ...(cells.person !== undefined && { person: await personIn(tx, cells.person, 'person') }),
    ...(cells.offer !== undefined && { offer: await offerIn(tx, cells.offer, 'offer') }),
    ...(cells.vacancy !== undefined && { vacancy: await vacancyIn(tx, cells.vacancy, 'vacancy') }),
  };
}

/** Recorded before, by this file or by hand. */
async function alreadyThere(tx: Transaction, there: Destination, { startedOn }: Started) {
  const { referral, person, offer, vacancy } = there;
  if (referral !== null) return placementBehind(tx, referral);
  if (person === undefined) throw invalid('person', 'REQUIRED');
  if (offer === undefined && vacancy === undefined) throw invalid('offer', 'REQUIRED');
  return placementBegun(tx, { person, offer, vacancy }, startedOn);
}

interface Beginning {
  there: Destination;
  start: Started;
}

async function begin(tx: Transaction, cells: Cells, { there, start }: Beginning): Promise<string> {
  const { person, offer, vacancy } = there;
  const referral = there.referral ?? (await acceptedThere(tx, { person: person!, offer, vacancy }));
  if (referral !== null) return (await startPlacement(tx, { referral, ...start })).id;
  const direct = {
    ...{ person: person!, offer, vacancy, ...start },
    ...{ origin: originIn(cells), personAgreement: agreementIn(cells) },
    externalReference: required(cells, 'externalReference'),
  };
  return (await recordDirectPlacement(tx, direct)).id;
}

/** A file gives no reason for a correction, and a correction needs one: what was recorded otherwise is left and told. */
async function refuseOther(
  tx: Transaction,
  known: PlacementRow,
  { startedOn, contract }: Started,
): Promise<void> {
  if (known.startedOn !== startedOn) throw invalid('startedOn', 'RECORDED_OTHERWISE');
  if (!contract) return;
  const [contracts] = await contractsOf.load(tx, [known.id]);
  const given = whole(contract, startedOn);
  if (!contracts?.some((each) => sameContract(given, each)))
    throw invalid('contractKind', 'RECORDED_OTHERWISE');
}

/** Whether the row ends it now. */
async function end(tx: Transaction, cells: Cells, { id, known }: { id: string; known: PlacementRow | null }) {
  const given = endIn(cells);
  if (!given) return false;
  if (known && known.endedOn !== null) {
    if (known.endedOn !== given.endedOn) throw invalid('endedOn', 'RECORDED_OTHERWISE');
    return false;
  }
  await endPlacement(tx, { placement: id, ...given });
  return true;
}
