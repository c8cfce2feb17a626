import type { Transaction } from './transaction.ts';

/** Something that happened in a lower slice and that upper slices may have to act upon, in the same transaction. */
export interface Fact<Payload> {
  readonly name: string;
  /** Only carries the type. */
  readonly payload?: Payload;
}

export function fact<Payload>(name: string): Fact<Payload> {
  return { name };
}

type Reaction = (tx: Transaction, payload: never) => Promise<void>;

/** Facts travel up by declaration: main.ts registers reactions in a fixed order, so imports need not go upward. */
export class Reactions {
  private readonly byFact = new Map<string, Reaction[]>();

  on<Payload>(said: Fact<Payload>, reaction: (tx: Transaction, payload: Payload) => Promise<void>): this {
    this.byFact.set(said.name, [...(this.byFact.get(said.name) ?? []), reaction as Reaction]);
    return this;
  }

  async say<Payload>(tx: Transaction, said: Fact<Payload>, payload: Payload): Promise<void> {
    for (const reaction of this.byFact.get(said.name) ?? []) await reaction(tx, payload as never);
  }
}
