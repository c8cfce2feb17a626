/** The n-th SIRET of the demo: the check sums of company and establishment are right, and no company bears it. */
export function nthSiret(n: number): string {
  const siren = withKey(`9990${String(n).padStart(4, '0')}`);
  return withKey(`${siren}0001`);
}

/** The digits and the one that makes their Luhn sum a multiple of ten. */
function withKey(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}
