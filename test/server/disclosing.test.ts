import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { buildSchema } from 'graphql';
import { pino } from 'pino';
import { Disclosures } from '../../src/db/disclosures.ts';
import type { Context } from '../../src/graphql/context.ts';
import { asking } from '../../src/server/asked.ts';
import { disclosing } from '../../src/server/disclosing.ts';

/** What no line can be written of never leaves, whatever form the answer takes. */
const schema = buildSchema('type Query { name: String }');
const asked = { locale: 'en' as const, requestId: 'r-1', log: pino({ enabled: false }) };

/** Answers `name` to an operation that notes a disclosure; another plugin may shape the answer first. */
async function answered(query: string, before: ApolloServerPlugin<Context>[] = [], disclosed = true) {
  const server = new ApolloServer<Context>({
    schema,
    plugins: [...before, disclosing()],
    rootValue: { name: 'Durand' },
  } as never);
  const disclosures = new Disclosures();
  if (disclosed) disclosures.note('per_x', 'IDENTITY', '2026-11-23T08:00:00.000Z');
  const contextValue = { disclosures } as Context;
  const { body, http } = await asking.run(asked, () => server.executeOperation({ query }, { contextValue }));
  return { said: JSON.stringify(body), status: http.status, kind: body.kind };
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* none() {}

const inParts: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response }) {
        const initialResult = { data: { name: 'Durand' }, hasNext: true };
        response.body = { kind: 'incremental', initialResult, subsequentResults: none() };
        return Promise.resolve();
      },
    }),
};

test.each([[true], [false]])('an answer in parts does not leave, whether something was read (%p) or is yet to be', async (disclosed) => {
  expect(await answered('{ name }', [inParts], disclosed)).toMatchObject({ kind: 'single', status: 503 });
  expect((await answered('{ name }', [inParts], disclosed)).said).not.toContain('Durand');
}); // prettier-ignore

test('nor one to no operation, if anything was read for it; else it says what was wrong', async () => {
  const torn = await answered('{ name');
  expect([torn.status, torn.said]).toEqual([503, expect.stringContaining('UNAVAILABLE')]);
  expect((await answered('{ name', [], false)).said).toContain('GRAPHQL_PARSE_FAILED');
});

test('one that tells of nobody leaves as it is', async () => {
  expect((await answered('{ name }', [], false)).status).not.toBe(503);
});
