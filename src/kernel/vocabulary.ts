/** A controlled list: codes with the sentence that describes each. The codes are the values. */
export type Codes<K extends string> = { readonly [key in K]: key };
export type Vocabulary<V> = V[keyof V] & string;

const meanings = new WeakMap<object, Readonly<Record<string, string>>>();

/** Declares a list once, for TypeScript, the database's checks and the schema's descriptions. */
export function vocabulary<K extends string>(entries: Record<K, string>): Codes<K> {
  const codes = Object.freeze(Object.fromEntries(Object.keys(entries).map((key) => [key, key]))) as Codes<K>;
  meanings.set(codes, entries);
  return codes;
}

export function meaningsOf(codes: object): Readonly<Record<string, string>> {
  return meanings.get(codes) ?? {};
}
