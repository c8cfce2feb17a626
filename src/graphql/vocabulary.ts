import { registerEnumType } from 'type-graphql';
import { meaningsOf } from '../kernel/vocabulary.ts';

/** Makes a controlled list an enum of the schema, each value with its sentence. */
export function registerVocabulary<T extends object>(name: string, description: string, codes: T): T {
  const meanings = meaningsOf(codes);
  const valuesConfig = Object.fromEntries(
    Object.keys(codes).map((code) => [code, { description: meanings[code] }]),
  );
  registerEnumType(codes, { name, description, valuesConfig: valuesConfig as never });
  return codes;
}
