import { lineOf, type ProfileFacts, type Stated } from './profile.rules.ts';
import { replaced } from './rectification.rules.ts';

/** What became of a subject that was brought under a partner's own number. */
export type Upserted = 'CREATED' | 'CHANGED' | 'UNCHANGED';

/** What is given and says something else than what is known; undefined when nothing does. */
export function differing<G extends object>(
  known: object | null,
  given: G | null | undefined,
): G | undefined {
  if (!given) return undefined;
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return replaced(known, said) ? given : undefined;
}

/** Lines of a profile that say something else than what is stated: the same again is no new statement, and keeps its day. */
export function restating<F extends ProfileFacts>(
  known: { stated: Stated } | null,
  given: F,
  columns: (facts: ProfileFacts) => object,
): F | undefined {
  const lines = Object.entries(given).filter(([name, value]) => {
    const line = lineOf[name as keyof ProfileFacts];
    if (value === undefined || line === undefined) return false;
    const isStated = known?.stated[line] !== undefined;
    return (value !== null) !== isStated || differing(known, columns({ [name]: value })) !== undefined;
  });
  return lines.length ? (Object.fromEntries(lines) as F) : undefined;
}
