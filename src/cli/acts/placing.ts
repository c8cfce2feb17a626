import type { Act } from './act.ts';
import { figuresOf } from './figures.ts';
import type { Sees } from './sees.ts';
import { race, refer, told, vacancyOf } from './race.ts';
import type { Stage } from './stage.ts';

interface Answered {
  referral: { id: string; state: string; reason: string | null; waitingRank: number | null; vacancy: { free: number } | null } | null;
} // prettier-ignore

const read = 'referral { id state reason waitingRank vacancy { free } }';

interface Places {
  vacancyUpdated: { vacancy: { id: string; free: number; state: string } | null };
}

export const lastPlace: Act = {
  at: '2:15',
  title: 'The last place, twenty hands (provider; the council watches)',
  async play(stage, sees) {
    const { council, enterprise, vacancy } = stage;
    const screen = await council.watches<Places>(
      'subscription ($offer: ID!) { vacancyUpdated(offer: $offer) { vacancy { id free state } } }',
      { offer: vacancy.offer },
    );
    const accept = { name: 'acceptReferral', type: 'ReferralAcceptance', read };
    const { referral } = await enterprise.does<Answered>({ ...accept, input: { referral: stage.referral } });
    sees.that(referral?.state === 'ACCEPTED' && referral.vacancy?.free === 1, `Nadia is accepted: ${referral?.vacancy?.free} place left`);
    const others = await refer(stage, vacancy.id, 20);
    const raced = await race(enterprise, others);
    const one = raced.accepted.length === 1 && raced.refused.NO_PLACE_LEFT === others.length - 1;
    sees.that(others.length === 20 && one, `${others.length} accepted in the same instant: ${told(raced)}`);
    const full = await screen.until((each) => each.vacancyUpdated.vacancy?.state === 'FILLED');
    sees.that(full?.vacancyUpdated.vacancy?.free === 0, 'the council’s screen shows it full, without asking again');
    const ranks = await ranksOf(stage, raced.lost.slice(0, 2));
    stage.first = raced.lost[0] ?? '';
    sees.that(ranks.join() === '1,2', `two wait, with ranks ${ranks.join(' and ')}`);
  },
}; // prettier-ignore

async function ranksOf(
  { enterprise }: Stage,
  referrals: readonly string[],
): Promise<(number | null | undefined)[]> {
  const ranks = [];
  for (const referral of referrals) {
    const waitlist = { name: 'waitlistReferral', type: 'ReferralWaitlisting', read, input: { referral } };
    ranks.push((await enterprise.does<Answered>(waitlist)).referral?.waitingRank);
  }
  return ranks;
}

export const realLife: Act = {
  at: '2:40',
  title: 'Real life: two have accepted, one starts (council, providers)',
  async play(stage, sees) {
    const { enterprise, players } = stage;
    stage.figures = await figuresOf(stage.council, stage.today);
    const other = await acceptedElsewhere(stage, sees);
    const choosing = await stage.council.ask<{ viewer: { worklist: { choose: { nodes: { id: string }[] } } } }>(
      '{ viewer { worklist { choose(first: 100) { nodes { id } } } } }',
    );
    const chosen = choosing.viewer.worklist.choose.nodes.some(({ id }) => id === stage.nadia);
    sees.that(chosen, 'a second provider has accepted Nadia too: she is on the council’s list to choose');
    const screen = await players['second-enterprise'].watches<{ referralUpdated: { referral: { id: string; state: string; reason: string } } }>(
      'subscription { referralUpdated { event { type } referral { id state reason } } }',
    );
    await toolKilled(stage);
    const contract = { kind: 'FIXED_TERM_I', to: later(stage.today, 179), weeklyHours: 26 };
    const started = await enterprise.does<{ placement: { id: string; state: string } | null }>({
      name: 'startPlacement', type: 'PlacementStart', read: 'placement { id state }',
      input: { referral: stage.referral, startedOn: stage.today, contract },
    });
    const { id } = sees.needs(started.placement, started.userErrors.map(({ message }) => message).join(' '));
    sees.that(started.placement?.state === 'STARTED', 'Nadia has started');
    const ended = await screen.until(({ referralUpdated: { referral } }) => referral.id === other && referral.reason === 'STARTED_ELSEWHERE');
    sees.that(ended !== null, `the other provider is told (${ended?.referralUpdated.referral.state}, STARTED_ELSEWHERE)`);
    const where = await players['second-enterprise'].ask<{ placement: object | null; referral: { placement: object | null; person: object | null } }>(
      'query ($placement: ID!, $referral: ID!) { placement(id: $placement) { id } referral(id: $referral) { placement { id } person { id } } }',
      { placement: id, referral: other },
    );
    sees.that(where.placement === null && where.referral.placement === null && where.referral.person === null, 'and not where');
    const renewal = { kind: 'FIXED_TERM_I', from: later(stage.today, 180), to: later(stage.today, 360), weeklyHours: 26 };
    const renewed = await enterprise.does<{ placement: { contracts: object[] } | null }>({
      name: 'renewContract', type: 'ContractRenewal', input: { placement: id, contract: renewal }, read: 'placement { contracts { id } }',
    });
    sees.that(renewed.placement?.contracts.length === 2, 'her contract is renewed: one more line of the same placement');
  },
}; // prettier-ignore

/** While the tool is away, what it misses is on the provider’s screen alone. */
async function toolKilled({ tool, live }: Stage): Promise<void> {
  const shown = new Set(live!.shown.map(({ referralUpdated: { event } }) => event.id));
  await tool.until(() => [...shown].every((id) => tool.printed.includes(id)));
  await tool.kill();
}

/** Referred to another work site that opens a place, and accepted there. */
async function acceptedElsewhere({ council, players, nadia, today }: Stage, sees: Sees): Promise<string> {
  const provider = players['second-enterprise'];
  const agreement = { given: true, on: today, how: 'IN_PERSON' };
  const input = { person: nadia, vacancy: await vacancyOf(provider, 1, today), send: true, personAgreement: agreement };
  const sent = await council.does<Answered>({ name: 'referPerson', type: 'NewReferral', input, read });
  const { id } = sees.needs(sent.referral, sent.userErrors.map(({ message }) => message).join(' '));
  await provider.does({ name: 'acceptReferral', type: 'ReferralAcceptance', read, input: { referral: id } });
  return id;
} // prettier-ignore

export function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
