import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import {
  FindVacanciesDocument,
  FollowReferralsDocument,
  ReferPersonDocument,
} from '../../src/client/operations.ts';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { World } from '../kit/world.ts';

/** What a partner's TypeScript client does with the typed documents: variables and answers have their types. */
let world: World;

beforeAll(async () => {
  world = await World.openDemo();
}, 60_000);
afterAll(() => world.close());

function ask<T, V extends Record<string, unknown>>(
  client: Client,
  document: TypedDocumentNode<T, V>,
  variables: V,
): Promise<T> {
  return client.get<T>(print(document), variables);
}

test('a partner finds a vacancy, refers a person and follows the referral with typed documents', async () => {
  const plie = await world.actor('plie');
  const { vacancies } = await ask(plie, FindVacanciesDocument, {
    near: { commune: '44215', km: 15 },
    filter: { freePlacesAtLeast: 1 },
    first: 1,
  });
  const vacancy = vacancies.nodes[0]!;
  expect(vacancy.free).toBeGreaterThan(0);

  const tool = await world.actor('tool');
  const followed = await world.listening(tool, print(FollowReferralsDocument), { states: ['SENT'] });
  const person = await registerPerson(plie);
  const { referPerson } = await ask(plie, ReferPersonDocument, {
    input: {
      person: person.id,
      vacancy: vacancy.id,
      send: true,
      personAgreement: { given: true, on: '2026-11-23', how: 'IN_PERSON' },
    },
  });
  expect(referPerson).toMatchObject({ userErrors: [], referral: { state: 'SENT' } });
  const [message] = await followed.until(1);
  expect(message.referralUpdated.referral.id).toBe(referPerson.referral!.id);
});
