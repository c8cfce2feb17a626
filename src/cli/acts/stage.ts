import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figures } from './figures.ts';
import type { Sees } from './sees.ts';
import { pause, type Screen } from './screen.ts';
import type { Player } from './player.ts';
import type { Tool } from './tool.ts';

export type Part = 'council' | 'enterprise' | 'second-enterprise' | 'plie' | 'commune' | 'state' | 'caf';

export interface Live {
  referralUpdated: { cursor: string; event: { id: string } };
}

interface WithoutStep {
  viewer: {
    worklist: {
      withoutLiveStep: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
  };
}

/** Who plays, and what one act leaves for the next. */
export class Stage {
  /** The person referred: Nadia. */
  nadia = '';
  /** The vacancy she is referred to, its offer and its provider. */
  vacancy = { id: '', offer: '', provider: '', title: '' };
  /** Her referral. */
  referral = '';
  /** What the provider’s screen is told since before she was referred. */
  live: Screen<Live> | null = null;
  /** The two indicators before she starts. */
  figures: Figures | null = null;
  /** First of the waiting list. */
  first = '';

  constructor(
    readonly players: Readonly<Record<Part, Player>>,
    /** A third party’s software, with the provider’s token. */
    readonly tool: Tool,
    /** Where the hub of the demo writes its mail; null for one that runs elsewhere. */
    private readonly mail: string | null,
    /** Messages that were there before the first act. */
    private readonly before: readonly string[],
    readonly today: string,
  ) {}

  get council(): Player {
    return this.players.council;
  }

  get enterprise(): Player {
    return this.players.enterprise;
  }

  /** Somebody the council follows, by their full name. */
  async personCalled(name: string, sees: Sees): Promise<string> {
    const { people } = await this.council.ask<{ people: { nodes: { id: string }[] } }>(
      'query ($name: String!) { people(filter: { text: $name }, first: 2) { nodes { id } } }',
      { name },
    );
    return sees.needs(people.nodes[0]?.id, `nobody is called ${name}: this is not the demo`);
  }

  /** The people on the council's list “without a live step”, page by page. */
  async *withoutLiveStep(): AsyncGenerator<string> {
    let after: string | null = null;
    do {
      const page: WithoutStep = await this.council.ask<WithoutStep>(
        `query ($after: String) { viewer { worklist { withoutLiveStep(first: 100, after: $after) {
          nodes { id } pageInfo { hasNextPage endCursor } } } } }`,
        { after },
      );
      const { nodes, pageInfo } = page.viewer.worklist.withoutLiveStep;
      for (const { id } of nodes) yield id;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
  }

  /** A message about these words, waited for as long as the minute's sweep may take; undefined where no mail can be read. */
  async message(words: string, within = 75_000): Promise<string | null | undefined> {
    if (this.mail === null) return undefined;
    for (const end = Date.now() + within; ; await pause(500)) {
      const names = await readdir(this.mail).catch(() => []);
      for (const name of names.filter((each) => !this.before.includes(each))) {
        const text = await readFile(join(this.mail, name), 'utf8');
        if (text.includes(words)) return text;
      }
      if (Date.now() > end) return null;
    }
  }

  async close(): Promise<void> {
    await this.tool.end();
    await Promise.all(Object.values(this.players).map((player) => player.leaves()));
  }
}
