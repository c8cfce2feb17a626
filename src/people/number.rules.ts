import { invalid } from '../kernel/refusal.ts';

export interface Numbers {
  franceTravail?: string | null;
  passIae?: string | null;
}

const shapes: Record<keyof Numbers, RegExp> = {
  // seven digits and a letter or digit, until 2024; eleven digits since
  franceTravail: /^(\d{7}[0-9A-Z]|\d{11})$/,
  passIae: /^\d{12}$/,
};

/** As they are kept and compared: without spaces, in capitals; what is not given stays not given. */
export function checkedNumbers(given: Numbers): Numbers {
  const kept: Numbers = {};
  for (const name of Object.keys(shapes) as (keyof Numbers)[]) {
    const number = given[name];
    if (number === undefined) continue;
    kept[name] = number === null ? null : number.replace(/\s/g, '').toUpperCase();
    if (kept[name] !== null && !shapes[name].test(kept[name]!)) throw invalid(`numbers.${name}`, 'NUMBER');
  }
  return kept;
}

export function isPassNumber(text: string): boolean {
  return shapes.passIae.test(text);
}
