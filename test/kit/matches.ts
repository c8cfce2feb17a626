import { councilOf, type Asking, type World } from './world.ts';
import type { Client } from './client.ts';

const weights = [
  { criterion: 'WISH', points: 30 },
  { criterion: 'TRADE', points: 20 },
  { criterion: 'TRAVEL', points: 15 },
  { criterion: 'NEEDS', points: 10 },
  { criterion: 'HOURS', points: 10 },
  { criterion: 'WAITING', points: 5 },
  { criterion: 'PRIORITY_PUBLIC', points: 5 },
  { criterion: 'FRESHNESS', points: 5 },
];

/** A programme that weighs every criterion, 100 points in all; the council's manager, who adopted it. */
export async function weighed(world: World): Promise<Asking> {
  const council = await (await councilOf(world)).member();
  const objective = { code: 'A1', title: 'Lever les freins', purposes: ['SOCIAL'] };
  const { userErrors } = await council.run(
    'adoptProgramme',
    'NewProgramme',
    {
      ...{ title: 'Programme d’insertion', fromYear: 2026, untilYear: 2030, inForceFrom: '2026-11-23', weights },
      ...{ axes: [{ code: 'A', title: 'Un parcours adapté', objectives: [objective] }], priorityPublics: ['RSA', 'QPV'] },
    },
    'programme { id }',
  );
  if (userErrors.length) throw new Error(JSON.stringify(userErrors));
  return council;
} // prettier-ignore

export const matchSelection = `feasible score rank bindingConstraint person { id } vacancy { id }
  reasons { criterion points max detail } rules { rule verdict fact question change { by unit to sentence } }
  smallestChange { by unit to sentence }`;

export async function explained(as: Client, person: string, vacancy: string, selection = matchSelection) {
  const query = `query ($person: ID!, $vacancy: ID!) { explainMatch(person: $person, vacancy: $vacancy) { ${selection} } }`;
  return (await as.get(query, { person, vacancy })).explainMatch;
}

export const verdictOf = (match: any, rule: string) =>
  match.rules.find((each: any) => each.rule === rule)?.verdict ?? null;
