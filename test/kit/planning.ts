import { Planner } from '../../src/planning/planner.ts';
import type { Client } from './client.ts';
import { agreed } from './referrals.ts';
import type { World } from './world.ts';

export const runSelection = `run { id state stage kind status failure people vacancies pairs placed total bound unmet version attempts
  inputsHash previous { id } programme { number } shares { public people placed meanWaiting meanScore }
  prices { public least placedMore totalMore } }`;

/** What solves runs, as a started hub has it. */
export const plannerOf = ({ server: { hub } }: World) => new Planner(hub);

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
