/** A trade of the ROME: a letter from A to N and four digits, e.g. `A1203`. The list is France Travail's. */
export function isRome(code: string): boolean {
  return /^[A-N]\d{4}$/.test(code);
}
