interface Weighed {
  score: number;
  metres: number | null;
}

/** Where a match stands among others, as a text: the higher score first, of equals the nearer, then by id. */
export function standsAt({ score, metres }: Weighed, id: string): string {
  const padded = (of: number) => String(of).padStart(9, '0');
  return `${padded(999_999_999 - score)} ${metres === null ? 'unknown' : padded(metres)} ${id}`;
}
