import type { Act } from './act.ts';
import { pause } from './screen.ts';

interface Stopped {
  referralUpdated: {
    event: { type: string };
    referral: { id: string; state: string; reason: string | null } | null;
    accessEnded: { person: string | null } | null;
  };
}

interface AfterStop {
  referrals: { nodes: { state: string; reason: string }[] };
  person: { accessLog: { nodes: { organisation: { id: string } | null; member: string | null }[] } };
  first: { placeOfferedUntil: string | null };
} // prettier-ignore

export const stopping: Act = {
  at: '4:05',
  title: 'She says stop (council; the provider has her on the screen)',
  async play(stage, sees) {
    const { council, enterprise, vacancy } = stage;
    const person = await stage.personCalled('Sonia Perrot', sees);
    const before = await enterprise.ask<{ person: { identity: { lastName: string } } | null }>(
      'query ($id: ID!) { person(id: $id) { identity { lastName } } }',
      { id: person },
    );
    sees.that(before.person?.identity.lastName === 'Perrot', 'the provider reads her name');
    const screen = await enterprise.watches<Stopped>(
      'subscription ($person: ID!) { referralUpdated(person: $person) { event { type } referral { id state reason } accessEnded { person } } }',
      { person },
    );
    const { referrals } = await council.ask<{ referrals: { nodes: { id: string }[] } }>(
      'query ($person: ID!, $receiver: ID!) { referrals(filter: { person: $person, receiver: $receiver }, first: 1) { nodes { id } } }',
      { person, receiver: vacancy.provider },
    );
    const note = { referral: referrals.nodes[0]?.id, category: 'OTHER', text: 'Viendra lundi' };
    await council.does({ name: 'addReferralNote', type: 'NewReferralNote', input: note, read: 'referral { id }' });
    const live = await screen.until(({ referralUpdated: { event } }) => event.type === 'referral.noted');
    sees.that(live !== null, 'its screen shows each step of hers');
    const input = { person, organisation: vacancy.provider, reason: 'PERSON_REQUEST' };
    await council.does({ name: 'endSharing', type: 'SharingEnding', input, read: 'person { id }' });
    const closing = await screen.until(({ referralUpdated: { accessEnded } }) => accessEnded?.person === person);
    await pause(400);
    sees.that(closing !== null && screen.shown.at(-1) === closing, 'its screen gets the closing notice, and nothing after');
    const after = await enterprise.ask<{ person: object | null }>('query ($id: ID!) { person(id: $id) { id } }', { id: person });
    sees.that(after.person === null, 'to its next question there is no such person');
    const read = await council.ask<AfterStop>(
      `query ($person: ID!, $receiver: ID!, $first: ID!) {
        referrals(filter: { person: $person, receiver: $receiver }, first: 1) { nodes { state reason } }
        first: referral(id: $first) { placeOfferedUntil }
        person(id: $person) { accessLog(first: 100) { nodes { organisation { id } member } } } }`,
      { person, receiver: vacancy.provider, first: stage.first },
    );
    const [referral] = read.referrals.nodes;
    sees.that(referral?.reason === 'GRANT_ENDED', `her referral there is ${referral?.state}, GRANT_ENDED`);
    sees.that(read.first.placeOfferedUntil !== null, `her place is offered to the first who waits, until ${read.first.placeOfferedUntil?.slice(0, 10)}`);
    const opened = read.person.accessLog.nodes.filter(({ organisation, member }) => organisation?.id === vacancy.provider && member);
    const names = [...new Set(opened.map(({ member }) => member))].join(', ');
    sees.that(opened.length > 0, `who looked is told: ${opened.length} readings there, by ${names}`);
  },
}; // prettier-ignore
