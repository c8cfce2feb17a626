/** The département a commune lies in, by its code: overseas it has three characters. */
export function departementOf(commune: string): string {
  return commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
}
