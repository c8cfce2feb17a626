/** How a peer that is not asked our own documents is asked, and how its answer is read as ours. */
import { readFileSync } from 'node:fs';

/** Raw has one address for each operation, and needs no document. */
export const byHand = { path: (operation) => `/${operation}`, documents: () => undefined };

const mutations = { M1: 'referPerson', M2: 'acceptReferral', M3: 'answerReferrals' };

/** PostGraphile names things after the tables, and its functions take what they need. */
export const fromTables = {
  documents: (operation) =>
    readFileSync(new URL(`postgraphile/${operation}.graphql`, import.meta.url), 'utf8'),
  variables(operation, given, { member }) {
    const { input } = given;
    if (operation === 'M1') {
      const { person, vacancy, personAgreement } = input;
      const { on: agreedOn, how: agreedHow } = personAgreement;
      return { input: { person, vacancy, agreedOn, agreedHow, member } };
    }
    if (operation === 'M2') return { input: { referral: input.referral, member } };
    if (operation === 'M3') return { input: { referrals: input.lines.map(({ referral }) => referral), member } };
    if (operation === 'Q4') return { words: given.text.split(' '), kinds: given.kinds, places: given.places };
    return given;
  },
  read(operation, { data }) {
    const name = mutations[operation];
    if (!name) return { data: withoutMarks(data) };
    const { result } = data.done;
    return { data: { [name]: operation === 'M3' ? { lines: result.map(lineOf), userErrors: [] } : movedOf(result) } };
  },
}; // prettier-ignore

/** Its lists of moves are pages, in lower case; whom a name is of is asked for the access log. */
function withoutMarks(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutMarks);
  const { personId: _, ...kept } = value;
  const all = Object.fromEntries(Object.entries(kept).map(([key, each]) => [key, withoutMarks(each)]));
  if (all.history)
    all.history = all.history.nodes.map(({ move, ...more }) => ({ move: move.toUpperCase(), ...more }));
  return all;
}

function movedOf({ code, ...referral }) {
  const field = code === 'NO_PLACE_LEFT' ? ['vacancy'] : null;
  return { referral: referral.id === null ? null : referral, userErrors: code === null ? [] : [{ code, field }] };
} // prettier-ignore

function lineOf(result) {
  return { id: result.id, ...movedOf(result) };
}
