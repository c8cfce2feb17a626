import type { Stage } from './stage.ts';
import type { Player } from './player.ts';

export interface Raced {
  accepted: string[];
  /** How often each code refused. */
  refused: Record<string, number>;
  /** Referrals that lost, in the order they were made: so ids sort. */
  lost: string[];
}

interface OwnOffers {
  viewer: { organisation: { offers: { nodes: { id: string; state: string; exclusive: boolean }[] } } };
}

interface Answered {
  referral: { id: string; state: string } | null;
}

/** So many people the council follows who have no step under way. */
async function waitingPeople(stage: Stage, count: number): Promise<string[]> {
  const found: string[] = [];
  for await (const id of stage.withoutLiveStep()) {
    if (found.length === count) break;
    if (id !== stage.nadia) found.push(id);
  }
  return found;
}

/** Refers so many people to a vacancy; those the hub refuses are left out. */
export async function refer(stage: Stage, vacancy: string, count: number): Promise<string[]> {
  const people = await waitingPeople(stage, count);
  const sent = await Promise.all(
    people.map((person) =>
      stage.council.does<Answered>({
        name: 'referPerson',
        type: 'NewReferral',
        input: {
          ...{ person, vacancy, send: true, despiteRefusal: 'PERSON_ASKS' },
          personAgreement: { given: true, on: stage.today, how: 'PHONE' },
        },
        read: 'referral { id state }',
      }),
    ),
  );
  return sent.flatMap(({ referral }) => (referral?.state === 'SENT' ? [referral.id] : []));
}

/** All accepted in the same instant. */
export async function race(provider: Player, referrals: readonly string[]): Promise<Raced> {
  const answers = await Promise.all(
    referrals.map((referral) =>
      provider.does<Answered>({
        ...{ name: 'acceptReferral', type: 'ReferralAcceptance', input: { referral } },
        read: 'referral { id state }',
      }),
    ),
  );
  const raced: Raced = { accepted: [], refused: {}, lost: [] };
  for (const [at, { referral, userErrors }] of answers.entries()) {
    const [error] = userErrors;
    if (!error && referral?.state === 'ACCEPTED') raced.accepted.push(referral.id);
    else {
      raced.lost.push(referrals[at]!);
      raced.refused[error?.code ?? 'NONE'] = (raced.refused[error?.code ?? 'NONE'] ?? 0) + 1;
    }
  }
  return { ...raced, lost: raced.lost.sort() };
}

export function told({ accepted, refused }: Raced): string {
  const codes = Object.entries(refused).map(([code, count]) => `${count} ${code}`);
  return [`${accepted.length} ACCEPTED`, ...codes].join(', ');
}

/** A vacancy with so many places, opened by a provider on a work offer of its own. */
export async function vacancyOf(provider: Player, places: number, today: string): Promise<string> {
  const { viewer } = await provider.ask<OwnOffers>(
    '{ viewer { organisation { offers(first: 50) { nodes { id state exclusive } } } } }',
  );
  const offer = viewer.organisation.offers.nodes.find((each) => each.state === 'PUBLISHED' && each.exclusive);
  if (!offer) throw new Error('The provider has no published work offer.');
  const opening = await provider.does<{ vacancy: { id: string } | null }>({
    ...{ name: 'openVacancy', type: 'NewVacancy', read: 'vacancy { id }' },
    input: { offer: offer.id, title: 'Places de plus', places, startsOn: today },
  });
  if (!opening.vacancy) throw new Error(opening.userErrors.map(({ message }) => message).join(' '));
  return opening.vacancy.id;
}

/** So many hands for so many places of a vacancy opened for them. */
export async function raceOf(
  stage: Stage,
  { places, hands }: { places: number; hands: number },
): Promise<Raced> {
  const referrals = await refer(stage, await vacancyOf(stage.enterprise, places, stage.today), hands);
  if (referrals.length < hands) throw new Error(`Only ${referrals.length} people could be referred.`);
  return race(stage.enterprise, referrals);
}
