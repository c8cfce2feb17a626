import type { Act } from './act.ts';

interface Referred {
  referral: { id: string; state: string; history: unknown[] } | null;
}

interface Told {
  referralUpdated: {
    cursor: string;
    event: { id: string; type: string };
    referral: {
      id: string;
      state: string;
      person: { reference: string; ageBand: string; identity: object | null } | null;
    };
  };
}

const told = `subscription { referralUpdated { cursor event { id type } referral { id state
  person { reference ageBand identity { lastName } } } } }`;

export const referring: Act = {
  at: '1:20',
  title: 'Refer, and be seen at once (council; the provider watches)',
  async play(stage, sees) {
    const { council, enterprise, nadia, vacancy, today, tool } = stage;
    sees.that(await tool.start(), 'a tool of the provider’s holds a copy of its referrals');
    const screen = await enterprise.watches<Told>(told);
    stage.live = screen;
    const input = { person: nadia, vacancy: vacancy.id, send: true };
    const refer = (over: object) => council.does<Referred>({
      name: 'referPerson', type: 'NewReferral', input: { ...input, ...over }, read: 'referral { id state history { move } }',
    }); // prettier-ignore
    const unsaid = await refer({});
    sees.that(
      unsaid.userErrors[0]?.code === 'AGREEMENT_MISSING' && unsaid.referral === null,
      `without her agreement nothing is written: ${unsaid.userErrors[0]?.message}`,
    );
    const agreed = {
      personAgreement: { given: true, on: today, how: 'IN_PERSON' },
      idempotencyKey: `five-${today}`,
    };
    const sent = await refer(agreed);
    const refusal = sent.userErrors.map(({ message }) => message).join(' ');
    const { id } = sees.needs(
      sent.referral,
      `Nadia is not referred: ${refusal} (played before? start a fresh hub)`,
    );
    stage.referral = id;
    const seen = await screen.until(({ referralUpdated }) => referralUpdated.referral.id === id);
    sees.that(
      seen?.referralUpdated.event.type === 'referral.sent',
      'the provider’s screen shows it, without asking again',
    );
    const person = seen?.referralUpdated.referral.person;
    sees.that(
      person != null && person.ageBand !== null && person.identity === null,
      `it shows ${person?.reference}, ${person?.ageBand}, and no name`,
    );
    const again = await refer(agreed);
    sees.that(
      again.referral?.id === id && again.referral.history.length === sent.referral!.history.length,
      'sent twice under one key, it is one referral and one step',
    );
    const event = seen!.referralUpdated.event.id;
    const printed = await tool.until(() => tool.printed.includes(event) && Boolean(tool.held?.has(id)));
    sees.that(
      printed,
      'the mirror of a third-party tool prints it too (npm run example:tool), and holds it in its file',
    );
  },
};

interface Person {
  person: {
    identity: { lastName: string; firstName: string } | null;
    contact: { phone: string | null } | null;
    disclosure: { category: string; visible: boolean; why: string }[];
  };
}

export const takingCharge: Act = {
  at: '1:50',
  title: 'The name opens when someone takes charge (provider)',
  async play({ enterprise, players, referral, nadia }, sees) {
    const answer = await enterprise.does<{ referral: Person & { state: string; availableMoves: { move: string; allowed: boolean }[] } }>({
      name: 'acknowledgeReferral', type: 'ReferralAcknowledgement', input: { referral },
      read: `referral { state availableMoves { move allowed }
        person { identity { lastName firstName } contact { phone } disclosure { category visible why } } }`,
    }); // prettier-ignore
    const { person, availableMoves } = answer.referral;
    sees.that(
      person.identity !== null && person.contact?.phone != null,
      `name and telephone appear: ${person.identity?.firstName} ${person.identity?.lastName}, ${person.contact?.phone}`,
    );
    const needs = person.disclosure.find(({ category }) => category === 'NEEDS');
    sees.that(needs?.visible === false, `her needs stay closed: ${needs?.why}`);
    sees.that(
      availableMoves.some(({ move, allowed }) => move === 'ACCEPT' && allowed),
      'what may come next is told: accept, among others',
    );
    const asked = await players.commune.ask<{ person: object | null; people: { totalCount: number } }>(
      'query ($id: ID!) { person(id: $id) { id } people(filter: { text: "Nadia Kaddour" }) { totalCount } }',
      { id: nadia },
    );
    sees.that(
      asked.person === null && asked.people.totalCount === 0,
      'to the commune there is no such person',
    );
  },
};

export const mailing: Act = {
  at: '2:10',
  title: 'A message has left, with nobody in it',
  async play(stage, sees) {
    const message = await stage.message(stage.vacancy.title);
    if (message === undefined) return sees.notLookedAt('the mail of this hub cannot be read from here');
    sees.that(
      message !== null,
      `the provider was told by mail that a referral to “${stage.vacancy.title}” awaits its answer`,
    );
    sees.that(message !== null && !/Nadia|Kaddour/.test(message), 'no name stands in it');
  },
};
