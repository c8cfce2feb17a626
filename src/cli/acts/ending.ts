import type { Act } from './act.ts';
import { asState, figuresOf, movedBy } from './figures.ts';
import { later } from './placing.ts';

interface Marc {
  people: {
    nodes: {
      identity: { firstName: string } | null;
      placements: { nodes: { id: string; state: string; offer: { title: string } }[] };
    }[];
  };
}

interface Ended {
  placement: {
    state: string;
    outcome: { kind: string; contract: string; classes: { ruleSet: string; class: string; why: string }[] };
    followUps: { months: number }[];
  } | null;
}

export const lasting: Act = {
  at: '3:20',
  title: 'The two indicators move (provider, State)',
  async play(stage, sees) {
    const { council, enterprise, players, today } = stage;
    const before = await figuresOf(council, today);
    sees.that(movedBy(stage.figures, before).taking === 1, 'one beneficiary more takes part in an action: Nadia');
    const { people } = await enterprise.ask<Marc>(
      `{ people(filter: { text: "Marc Delaunay" }) { nodes { identity { firstName } placements { nodes { id state offer { title } } } } } }`,
    );
    // a search finds who is called alike, too
    const marc = people.nodes.find(({ identity }) => identity?.firstName === 'Marc');
    const all = marc?.placements.nodes ?? [];
    const { id } = sees.needs(all.find(({ state }) => state === 'STARTED' || state === 'SUSPENDED'), 'Marc is placed no more (played before?)');
    const input = {
      ...{ placement: id, endedOn: later(today, -1) },
      outcome: { kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: today },
    };
    const read = 'placement { state outcome { kind contract classes { ruleSet class why } } followUps { months } }';
    const { placement, userErrors } = await enterprise.does<Ended>({ name: 'endPlacement', type: 'PlacementEnd', input, read });
    const { outcome, followUps } = sees.needs(placement, userErrors.map(({ message }) => message).join(' '));
    sees.that(outcome.kind === 'JOB' && outcome.contract === 'PERMANENT', 'Marc leaves for a permanent job, and the outcome is kept');
    sees.that(followUps.map(({ months }) => months).join() === '1,3,6', 'somebody will ask how he is after 1, 3 and 6 months');
    const after = await figuresOf(council, today);
    sees.that(movedBy(before, after).lasting === 1, `one more left for a durable job, although Marc’s RSA closed two months ago: ${after.lasting} of ${after.of} paths ended`);
    sees.that(after.definition.length > 80 && after.rules.startsWith('PDI_2007'), `it says what it counts, by ${after.rules}`);
    const classes = Object.fromEntries(outcome.classes.map((each) => [each.ruleSet, each]));
    const durable = [classes.PDI_2007, classes.IAE_2013].every((each) => each?.class === 'DURABLE_JOB');
    sees.that(durable && classes.PLIE?.class === 'PENDING', `durable for the programme and the convention; pending for the PLIE: ${classes.PLIE?.why}`);
    await asState(players.state, today, sees);
    const state = await players.state.ask<{ people: { totalCount: number } }>('{ people { totalCount } }');
    sees.that(state.people.totalCount === 0, 'the State sees no person');
  },
}; // prettier-ignore
