import { DemoKeys, demoSecret } from '../auth/demo-keys.ts';
import { keptSecret } from '../config/secret.ts';
import { readSettings } from '../config/settings.ts';
import { actors } from '../demo/actors.ts';
import { listOfActors, tokenOf } from '../server/banner.ts';

/** Prints the bearer token of one actor of the demo, and nothing else, so that a script can take it. */
function refuse(words: string): never {
  console.error(words);
  process.exit(1);
}

async function main(name: string | undefined): Promise<void> {
  const { demo, DATA_DIR } = readSettings();
  if (!demo) refuse('Demo keys exist only in demo mode: here tokens come from the issuer.');
  const actor = actors.find((each) => each.name === name);
  if (!actor) refuse(`${name ? `Nobody is called ${name}. ` : ''}The actors of the demo:\n${listOfActors()}`);
  const secret = keptSecret(DATA_DIR, demoSecret);
  if (!secret) refuse(`Nothing was started in ${DATA_DIR} yet: \`npm start\` makes the demo's keys.`);
  console.log(await tokenOf(new DemoKeys(secret), actor));
}

await main(process.argv[2]).catch((error: Error) => refuse(error.message));
