import type { Act } from './act.ts';
import { later } from './placing.ts';

interface Marc {
  people: { nodes: { placements: { nodes: { id: string; state: string; offer: { title: string } }[] } }[] };
}

interface Ended {
  placement: {
    state: string;
    outcome: { kind: string; contract: string };
    followUps: { months: number }[];
  } | null;
}

export const lasting: Act = {
  at: '3:20',
  title: 'The two indicators move (provider, State)',
  async play({ enterprise, players, today }, sees) {
    const { people } = await enterprise.ask<Marc>(
      `{ people(filter: { text: "Marc Delaunay" }) { nodes { placements { nodes { id state offer { title } } } } } }`,
    );
    const all = people.nodes.flatMap(({ placements }) => placements.nodes);
    const { id } = sees.needs(all.find(({ state }) => state === 'STARTED'), 'Marc is placed no more (played before?)');
    const input = {
      ...{ placement: id, endedOn: later(today, -1) },
      outcome: { kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: today },
    };
    const read = 'placement { state outcome { kind contract } followUps { months } }';
    const { placement, userErrors } = await enterprise.does<Ended>({ name: 'endPlacement', type: 'PlacementEnd', input, read });
    const { outcome, followUps } = sees.needs(placement, userErrors.map(({ message }) => message).join(' '));
    sees.that(outcome.kind === 'JOB' && outcome.contract === 'PERMANENT', 'Marc leaves for a permanent job, and the outcome is kept');
    sees.that(followUps.map(({ months }) => months).join() === '1,3,6', 'somebody will ask how he is after 1, 3 and 6 months');
    sees.notBuilt('beneficiaries in action, and durable jobs or qualifying training, with their definitions (indicator)');
    sees.notBuilt('the same outcome in the three classes PDI_2007, IAE_2013 and PLIE');
    const state = await players.state.ask<{ people: { totalCount: number } }>('{ people { totalCount } }');
    sees.that(state.people.totalCount === 0, 'the State sees no person');
  },
}; // prettier-ignore
