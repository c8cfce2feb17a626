import { Planner } from '../../src/planning/planner.ts';
import sql from 'sql-template-tag';
import type { Client } from './client.ts';
import { registerPerson } from './people.ts';
import { agreed, type Scene } from './referrals.ts';
import { compiled } from './started.ts';
import type { World } from './world.ts';

export const runSelection = `run { id state stage kind status failure people vacancies pairs placed total bound unmet version attempts
  inputsHash previous { id } programme { number } shares { public people placed meanWaiting meanScore }
  prices { public least placedMore totalMore } }`;

/** What solves runs, as a started hub has it. */
export const plannerOf = ({ server: { hub } }: World) =>
  new Planner({ ...hub, thread: compiled('src/planning/solver.thread.js') });

export const propose = (as: Client, input: object) =>
  as.run('proposeAssignment', 'NewAssignment', input, runSelection);

/** What was done; fails with what the hub said. */
export function accomplished<N extends string>(payload: any, noun: N): any {
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload));
  return payload[noun];
}

export interface Line {
  id: string;
  score: number | null;
  person: { id: string } | null;
  vacancy: { id: string } | null;
  acceptedAt: string | null;
  referral: { id: string; state: string } | null;
}

/** The run as it now is, with its lines. */
export async function runOf(as: Client, id: string): Promise<any> {
  const lines = `lines(first: 100) { totalCount nodes { id score person { id } vacancy { id } acceptedAt acceptedBy { id } referral { id state } match { score feasible } } }`;
  const selection = runSelection.replace('{ id', `{ ${lines} id`).replace(/^run/, '');
  const { assignmentRun } = await as.get(`query ($id: ID!) { assignmentRun(id: $id) ${selection} }`, { id });
  return assignmentRun;
}

/** A run that is done, of one person and one place, as its line: written in tables, as whoever solves it does. */
export async function doneRun(scene: Scene): Promise<{ run: string; line: string }> {
  const { world } = scene;
  const { id: person } = await registerPerson(scene.coordinator);
  const vacancy = await scene.vacancy(2);
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update assignment_run set state = 'CANCELLED', stage = null, lease_until = null where state in ('QUEUED', 'RUNNING')`),
  );
  const payload = await propose(scene.coordinator, { people: [person], vacancies: [vacancy] });
  const run: string = accomplished(payload, 'run').id;
  await world.db.write(world.hub, async (tx) => {
    await tx.change(sql`update assignment_run set state = 'DONE', status = 'OPTIMAL', placed = 1, total = 1, bound = 1 where id = ${run}`, 1);
    await tx.change(sql`update assignment_line set vacancy_id = ${vacancy}, score = 1 where run_id = ${run}`, 1);
  });
  const [line] = await world.rows<{ id: string }>(sql`select id from assignment_line where run_id = ${run}`);
  return { run, line: line!.id };
} // prettier-ignore

/** Waits until nobody works at a run any more. */
export async function solved(as: Client, id: string): Promise<any> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
    const run = await runOf(as, id);
    if (!['QUEUED', 'RUNNING'].includes(run.state)) return run;
    if (Date.now() > end) throw new Error(`never solved: ${JSON.stringify(run)}`);
  }
}

/** Proposed and solved. */
export async function planned(as: Client, input: object): Promise<any> {
  return solved(as, accomplished(await propose(as, input), 'run').id);
}

/** Who goes where, by id. */
export const placesOf = (run: { lines: { nodes: Line[] } }): Record<string, string> =>
  Object.fromEntries(
    run.lines.nodes.flatMap(({ person, vacancy }) => (vacancy ? [[person!.id, vacancy.id]] : [])),
  );

export const lineFor = (run: { lines: { nodes: Line[] } }, person: string): Line =>
  run.lines.nodes.find((line) => line.person?.id === person)!;

export const acceptLines = (as: Client, run: string, lines: object[], over: object = {}) =>
  as.run(
    'acceptAssignmentLines',
    'AssignmentAcceptance',
    { run, lines: lines.map((line) => ({ send: true, personAgreement: agreed, ...line })), ...over },
    'lines { id line { id acceptedAt acceptedBy { id } referral { id state vacancy { id } person { id } } } userErrors { code message } }',
  );
