import type { Act } from './act.ts';
import { pause } from './screen.ts';
import type { Live } from './stage.ts';

const idsOf = (shown: readonly Live[]) => shown.map(({ referralUpdated: { event } }) => event.id);

export const resuming: Act = {
  at: '2:55',
  title: 'A screen that was switched off takes up again (provider)',
  async play({ enterprise, live }, sees) {
    const [last, ...missed] = sees.needs(live, 'The provider has no screen.').shown;
    const { cursor } = sees.needs(last, 'The provider’s screen has shown nothing.').referralUpdated;
    const awaited = idsOf(missed);
    const screen = await enterprise.watches<Live>(
      'subscription ($after: String) { referralUpdated(after: $after) { cursor event { id } } }',
      { after: cursor },
    );
    await screen.until(() => idsOf(screen.shown).includes(awaited.at(-1)!));
    await pause(400);
    sees.that(
      awaited.length > 0 && idsOf(screen.shown).join() === awaited.join(),
      `after its last cursor it is told the ${awaited.length} events it missed, 0 lost, 0 twice`,
    );
    sees.notBuilt('the same by the mirror of a third-party tool, killed and started again');
  },
};
