/** A SIRET is fourteen digits whose Luhn sum is a multiple of ten; La Poste's establishments sum to one of five. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  const digits = [...text].map(Number);
  if (luhn(digits) % 10 === 0) return true;
  return text.startsWith('356000000') && digits.reduce((sum, digit) => sum + digit, 0) % 5 === 0;
}

function luhn(digits: number[]): number {
  return digits.reduce((sum, digit, at) => {
    const doubled = (digits.length - at) % 2 === 0 ? digit * 2 : digit;
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
}
