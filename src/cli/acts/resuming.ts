import type { Act } from './act.ts';
import { pause } from './screen.ts';
import type { Live, Stage } from './stage.ts';

const idsOf = (shown: readonly Live[]) => shown.map(({ referralUpdated: { event } }) => event.id);

export const resuming: Act = {
  at: '2:55',
  title: 'A tool that was killed, and a screen that was switched off, take up again (provider)',
  async play(stage, sees) {
    const { enterprise, live, tool } = stage;
    const [last, ...missed] = sees.needs(live, 'The provider has no screen.').shown;
    const { cursor } = sees.needs(last, 'The provider’s screen has shown nothing.').referralUpdated;
    const before = tool.printed;
    const missing = idsOf(missed).filter((id) => !before.includes(id));
    await tool.start();
    await tool.until(() => missing.every((id) => tool.printed.includes(id)));
    await pause(400);
    const twice = tool.printed.filter((id) => before.includes(id)).length;
    const lost = missing.filter((id) => !tool.printed.includes(id)).length;
    sees.that(
      missing.length > 0 && tool.printed.join() === missing.join(),
      `the tool, killed before she started, resumes after its cursor: ${missing.length} events missed, ${lost} lost, ${twice} twice`,
    );
    const answered = await referralsOf(stage);
    const equal = await tool.until(() => told(tool.held ?? new Map()) === told(answered));
    sees.that(equal, `its file equals what the hub answers: ${answered.size} referrals`);
    const screen = await enterprise.watches<Live>(
      'subscription ($after: String) { referralUpdated(after: $after) { cursor event { id } } }',
      { after: cursor },
    );
    const awaited = idsOf(missed);
    await screen.until(() => idsOf(screen.shown).includes(awaited.at(-1)!));
    await pause(400);
    sees.that(
      awaited.length > 0 && idsOf(screen.shown).join() === awaited.join(),
      `a screen after its last cursor is told the ${awaited.length} events it missed, 0 lost, 0 twice`,
    );
  },
};

const told = (referrals: ReadonlyMap<string, Answered>) =>
  [...referrals.values()].map(({ id, state, version }) => `${id} ${state} ${version}`).sort().join(); // prettier-ignore

interface Answered {
  id: string;
  state: string;
  version: number;
}

interface Page {
  referrals: { nodes: Answered[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function referralsOf({ enterprise }: Stage): Promise<Map<string, Answered>> {
  const all: Answered[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { referrals }: Page = await enterprise.ask<Page>(
      'query ($after: String) { referrals(first: 100, after: $after) { nodes { id state version } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    all.push(...referrals.nodes);
    more = referrals.pageInfo.hasNextPage;
    after = referrals.pageInfo.endCursor;
  }
  return new Map(all.map((each) => [each.id, each]));
}
