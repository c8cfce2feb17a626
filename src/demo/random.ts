/** Chance that repeats itself: the same seed draws the same demo on every machine. */
export class Random {
  private state: number;

  constructor(private readonly seed: string) {
    // FNV-1a spreads neighbouring names over the whole range
    let hash = 0x811c9dc5;
    for (const letter of seed) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    this.state = hash >>> 0;
  }

  /** A stream of its own for one purpose, so that a change there leaves the others as they were. */
  stream(purpose: string): Random {
    return new Random(`${this.seed}/${purpose}`);
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }

  /** Some of them, each once, in their order. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = from.map((_, at) => at);
    while (left.length > count) left.splice(Math.floor(this.next() * left.length), 1);
    return left.map((at) => from[at]!);
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    return entries.at(-1)![0];
  }

  /** A UUIDv7 of that instant: its order is that of time, its other bits are drawn. */
  uuid(at: number): string {
    const time = at.toString(16).padStart(12, '0');
    const bits = () => Math.floor(this.next() * 0x10000).toString(16).padStart(4, '0'); // prettier-ignore
    const variant = (0x8000 | Math.floor(this.next() * 0x4000)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${bits().slice(1)}-${variant}-${bits()}${bits()}${bits()}`;
  }
}
