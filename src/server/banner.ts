import type { DemoKeys } from '../auth/demo-keys.ts';
import { actors, type Actor } from '../demo/actors.ts';

/** A year's token for a member; a tool's key is the same whenever it is asked. */
export async function tokenOf(keys: DemoKeys, actor: Actor): Promise<string> {
  return actor.kind === 'TOOL' ? keys.toolKey(actor.name) : keys.memberToken(actor.email);
}

/** What a started hub says: where it is, and whom one may play. */
export async function banner(url: string, keys: DemoKeys | null): Promise<string> {
  const addresses = [
    ['API', `${url}/graphql`],
    ['explorer', `${url}/graphiql/`],
    ['schema', `${url}/schema.graphql`],
    ['health', `${url}/readyz`],
  ].map(([name, address]) => `  ${name!.padEnd(10)}${address}`);
  return ['Passerelle is ready.', '', ...addresses, ...(keys ? await played(keys) : []), ''].join('\n');
}

async function played(keys: DemoKeys): Promise<string[]> {
  const tokens = await Promise.all(actors.map((actor) => tokenOf(keys, actor)));
  const lines = actors.map((actor, at) => `  ${actor.name}: ${actor.about}\n    ${tokens[at]}`);
  return ['', 'A token for each actor of the demo (npm run --silent token -- <actor>):', '', ...lines];
}

export function listOfActors(): string {
  return actors.map(({ name, about }) => `  ${name.padEnd(18)}${about}`).join('\n');
}
