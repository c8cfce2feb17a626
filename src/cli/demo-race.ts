import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { hubToPlay } from './acts/hub.ts';
import { opened } from './acts/opening.ts';
import { Pace } from './acts/player.ts';
import { raceOf, told } from './acts/race.ts';

interface Asked {
  url?: string;
  places: number;
  hands: number;
}

async function main({ url, places, hands }: Asked): Promise<void> {
  const hub = await hubToPlay(url);
  try {
    const stage = await opened(hub, new Pace());
    const raced = await raceOf(stage, { places, hands });
    await stage.close();
    console.log(`${hands} acceptances in the same instant, ${places} free: ${told(raced)}.`);
    const accepted = Math.min(places, hands);
    if (raced.accepted.length !== accepted || (raced.refused.NO_PLACE_LEFT ?? 0) !== hands - accepted)
      process.exitCode = 1;
  } finally {
    await hub.end();
  }
}

const number = (text: string): number => {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('a number from 1 to 999 is expected.');
  return Number(text);
};

await new Command('npm run demo:race --')
  .description('So many acceptances in one instant, of so many places: exactly so many are accepted.')
  .option('--url <url>', 'the hub; the one that runs here if not said, else one of its own')
  .option('--places <n>', 'places of the vacancy', number, 1)
  .option('--hands <n>', 'acceptances at once', number, 20)
  .action(main)
  .parseAsync()
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
