import type { Act } from './act.ts';

interface Progress {
  assignmentProgress: {
    event: { type: string } | null;
    run: { id: string; state: string; status: string | null; placed: number | null } | null;
  };
}

interface Line {
  id: string;
  person: { id: string } | null;
  vacancy: { id: string } | null;
}

const plan = 'status placed lines(first: 100) { nodes { id person { id } vacancy { id } } }';

/** The best plan for those who have nothing under way; a person takes one line of it on. */
export const planning: Act = {
  at: '4:50',
  title: 'The best plan for all at once, and one line of it taken on (council)',
  async play(stage, sees) {
    const { council, today } = stage;
    const people: string[] = [];
    for await (const id of stage.withoutLiveStep()) if (people.push(id) === 40) break;
    const { vacancies } = await council.ask<{ vacancies: { nodes: { id: string }[] } }>(
      '{ vacancies(filter: { states: [OPEN], freePlacesAtLeast: 1 }, first: 60) { nodes { id } } }',
    );
    const screen = await council.watches<Progress>('subscription { assignmentProgress { event { type } run { id state status placed } } }');
    const input = { people, vacancies: vacancies.nodes.map(({ id }) => id), atMostSeconds: 10 };
    const proposed = await council.does<{ run: { id: string } | null }>({ name: 'proposeAssignment', type: 'NewAssignment', input, read: 'run { id }' });
    const { id } = sees.needs(proposed.run, proposed.userErrors.map(({ message }) => message).join(' '));
    const told = await screen.until(({ assignmentProgress: { run: of } }) => of?.id === id && of.state === 'DONE', 30_000);
    sees.that(told !== null, `its steps are told as they happen: ${[...new Set(screen.shown.map(({ assignmentProgress: { event } }) => event?.type))].join(', ')}`);
    const done = await council.ask<{ assignmentRun: { status: string; placed: number; lines: { nodes: Line[] } } }>(
      `query ($id: ID!) { assignmentRun(id: $id) { ${plan} } }`,
      { id },
    );
    const { status, placed, lines } = done.assignmentRun;
    sees.that(status === 'OPTIMAL' && placed > 0, `${placed} of ${people.length} people have a place in it, proven the best (${status})`);
    const line = sees.needs(lines.nodes.find(({ vacancy, person }) => vacancy && person), 'the plan has no line');
    const taken = await council.does<{ lines: { line: { referral: { state: string } | null } | null; userErrors: { code: string }[] }[] }>({
      name: 'acceptAssignmentLines', type: 'AssignmentAcceptance',
      input: { run: id, lines: [{ line: line.id, send: true, personAgreement: { given: true, on: today, how: 'IN_PERSON' } }] },
      read: 'lines { line { referral { state } } userErrors { code } }',
    });
    const referral = taken.lines?.[0]?.line?.referral;
    sees.that(referral?.state === 'SENT', `a person takes one line on, and it is a referral: ${referral?.state}; nobody else is referred`);
  },
}; // prettier-ignore
