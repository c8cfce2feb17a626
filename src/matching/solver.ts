import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The solver's code as this machine runs it. Declared here: the types of a program without a browser have no such thing. */
export interface Compiled {
  readonly compiled: unique symbol;
}

interface Engine {
  compile(binary: Uint8Array): Promise<Compiled>;
  Instance: new (compiled: Compiled, imports: object) => object;
}

const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;

/** To be done once: it takes longer than most problems do. */
export async function compileSolver(): Promise<Compiled> {
  return engine.compile(await readFile(createRequire(import.meta.url).resolve('highs/runtime')));
}

/** What the solver is told, so that it takes this and does not compile its own: `wasmModule` is in its types alone. */
export function of(compiled: Compiled): object {
  const instantiateWasm = (imports: object, done: (instance: object) => void) =>
    done(new engine.Instance(compiled, imports)); // at once: what this throws, its load is refused with
  return { instantiateWasm };
}
