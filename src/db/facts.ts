/** Something that happened in a lower slice and that upper slices may have to act upon, in the same transaction. */
export interface Fact<Payload> {
  readonly name: string;
  /** Only carries the type. */
  readonly payload?: Payload;
}

export function fact<Payload>(name: string): Fact<Payload> {
  return { name };
}

type Reaction<Tx> = (tx: Tx, payload: never) => Promise<void>;

/** Facts travel up by declaration: reactions are registered in a fixed order, so imports need not go upward. */
export class Reactions<Tx> {
  private readonly byFact = new Map<string, Reaction<Tx>[]>();

  on<Payload>(said: Fact<Payload>, reaction: (tx: Tx, payload: Payload) => Promise<void>): this {
    this.byFact.set(said.name, [...(this.byFact.get(said.name) ?? []), reaction as Reaction<Tx>]);
    return this;
  }

  async say<Payload>(tx: Tx, said: Fact<Payload>, payload: Payload): Promise<void> {
    for (const reaction of this.byFact.get(said.name) ?? []) await reaction(tx, payload as never);
  }
}
