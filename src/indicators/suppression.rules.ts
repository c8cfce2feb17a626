/**
 * Which cells of a table of people are kept back, so that nobody can work out a small one from the others. A cell under the
 * threshold is kept back, an empty one too; then as many others beside it as it takes for what is missing to hold twice the
 * threshold: whatever adds up to the cells shown, each cell kept back may be anything from nothing to that much.
 */

/** A cell and what it is made of: its parts add up to it, people stand in one of them each. */
export interface Cell {
  code: string;
  value: number;
  parts: readonly Cell[];
}

export interface Rule {
  threshold: number;
  /** Codes kept back in an earlier edition: shown now, they would tell what they were. */
  already: ReadonlySet<string>;
}

/** The codes kept back. Where the whole cannot hide its parts, nothing is shown at all. */
export function keptBack(whole: Cell, rule: Rule): Set<string> {
  const hidden = new Set<string>();
  const shown = whole.value >= enough(rule) && !rule.already.has(whole.code) && hideWithin(whole, rule, hidden);
  if (!shown) hideAll(whole, hidden);
  return hidden;
} // prettier-ignore

const enough = ({ threshold }: Rule) => 2 * threshold;

/** Hides among the parts of a cell that is shown; false where they cannot hide behind each other. */
function hideWithin(cell: Cell, rule: Rule, hidden: Set<string>): boolean {
  const back = smallOf(cell.parts, rule);
  for (;;) {
    if (!widen(cell.parts, back, rule)) return false;
    // a part whose own parts cannot hide within it goes with them
    const torn = cell.parts.find((part) => !back.has(part) && !hideWithin(part, rule, new Set()));
    if (!torn) break;
    back.add(torn);
  }
  for (const part of cell.parts)
    if (back.has(part)) hideAll(part, hidden);
    else hideWithin(part, rule, hidden);
  return true;
}

function smallOf(parts: readonly Cell[], { threshold, already }: Rule): Set<Cell> {
  return new Set(parts.filter(({ code, value }) => value < threshold || already.has(code)));
}

/** Adds the smallest parts until what is missing is at least two cells and wide enough; false where there are none left. */
function widen(parts: readonly Cell[], back: Set<Cell>, rule: Rule): boolean {
  if (!back.size) return true;
  const others = parts.filter((part) => !back.has(part)).sort((one, other) => one.value - other.value);
  const missing = () => [...back].reduce((sum, { value }) => sum + value, 0);
  while (back.size < 2 || missing() < enough(rule)) {
    const next = others.shift();
    if (!next) return false;
    back.add(next);
  }
  return true;
}

function hideAll(cell: Cell, hidden: Set<string>): void {
  hidden.add(cell.code);
  for (const part of cell.parts) hideAll(part, hidden);
}

/**
 * The same where people may stand in several parts: none is more than the whole, and together they are no less. One
 * hidden alone would be at least what the others leave of the whole, and so would small ones alone together.
 */
export function keptBackOverlapping({ code, value, parts }: Cell, rule: Rule): Set<string> {
  const all = [code, ...parts.map((part) => part.code)];
  if (value < enough(rule) || rule.already.has(code)) return new Set(all);
  const back = smallOf(parts, rule);
  return new Set(widen(parts, back, rule) ? Array.from(back, (part) => part.code) : all);
}
