/**
 * The best plan of people and places: plain data in, plain data out; no server and no database is needed. Pairs that do not
 * stand in `scores` are impossible.
 */
export interface AssignmentProblem {
  people: readonly string[];
  places: readonly { id: string; capacity: number }[];
  /** Integers from 0 to 1,000,000,000; the greater the better. */
  scores: readonly { person: string; place: string; score: number }[];
  /** People by group; one may be in several, or in none. Those who are not among `people` do not count. */
  groups?: Readonly<Record<string, readonly string[]>>;
  /** At most so many people in all of these places together: those of one organisation, or of one referent. */
  caps?: readonly { places: readonly string[]; max: number }[];
  /** At least so many people of the group. */
  floors?: readonly { group: string; min: number }[];
  /** At most so many people of the group. */
  ceilings?: readonly { group: string; max: number }[];
  /** Lines that stand already: they are kept, and take their room. */
  fixed?: readonly { person: string; place: string }[];
}

export interface AssignmentLine {
  person: string;
  place: string;
  score: number;
}

export interface Assignment {
  /** One a person who has a place, by person. */
  lines: AssignmentLine[];
  /** How many people have a place. */
  placed: number;
  /** The sum of the scores. */
  total: number;
  /** Proven: nobody can place more people and, placing as many, nobody can reach a greater total. */
  optimal: boolean;
  /** No plan that places as many people has a greater total; the total itself where it is optimal. */
  bound: number;
  status: 'OPTIMAL' | 'FEASIBLE' | 'INFEASIBLE';
  /** Where it is infeasible: the groups whose floors cannot hold together, or the people whose fixed lines cannot. */
  unmet: string[];
}

/** Which of the open pairs are chosen, and how much more another plan could reach at most. */
export interface Solved {
  chosen: number[];
  optimal: boolean;
  /** Of the open pairs alone; not looked at where it is optimal. */
  bound: number;
}
