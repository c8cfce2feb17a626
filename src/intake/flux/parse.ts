import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FluxFault, type FluxRule } from './fault.ts';
import { type Household, HouseholdParts } from './household.ts';
import { type Node, schema } from './schema.ts';
import { isMisread, xmlOf } from './text.ts';

/** What the file says of itself. */
export interface FluxHead {
  /** The day it speaks of (DTREF). */
  referenceOn: string;
  monthly: boolean;
}

export interface Parsed {
  head: FluxHead;
  household: Household;
}

/** Where the parser stands: an open element, which child may come next, and how many of that one came. */
interface Frame {
  node: Node;
  line: number;
  next: number;
  times: number;
}

/**
 * Reads a flux as it comes and gives household after household; the first fault ends it. Text is looked at only where the
 * schema gives it a kind: of everything else no word is ever held.
 */
export async function* households(
  path: string,
  onBytes?: (count: number) => void,
): AsyncGenerator<Parsed, FluxHead> {
  const reader = new FluxReader();
  for await (const text of xmlOf(path, onBytes)) {
    yield* reader.feed(text);
    reader.refuse();
  }
  reader.end();
  return reader.head();
}

/** No tag stands further from the next one: the parser gathers what is between, read or not. */
const longest = 1 << 20;

class FluxReader {
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly frames: Frame[] = [];
  private readonly of: Partial<Record<string, string>> = {};
  private ready: Parsed[] = [];
  private count = 0;
  private fault: Error | null = null;
  private text: string | null = null;
  private parts: HouseholdParts | null = null;
  private lastTag = 0;

  constructor() {
    this.parser.on('error', () => this.fail('XML'));
    this.parser.on('doctype', () => this.fail('DOCTYPE'));
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('text', (text) => this.said(text));
    this.parser.on('cdata', (text) => this.said(text));
    this.parser.on('closetag', () => this.close());
  }

  /** What is whole of it, before the fault if there is one: a report names the fund even of a file that is refused. */
  feed(text: string): Parsed[] {
    try {
      this.parser.write(text);
      if (this.parser.position - this.lastTag > longest) this.fail('LENGTH', this.frames.at(-1)?.node);
    } catch (error) {
      this.fault = error as Error;
    }
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  refuse(): void {
    if (this.fault) throw this.fault;
  }

  end(): void {
    if (this.frames.length || !this.of['IdentificationFlux/DTREF']) this.fail('TRUNCATED');
    this.parser.close();
  }

  head(): FluxHead {
    const { 'IdentificationFlux/DTREF': referenceOn, 'IdentificationFlux/TYPEFLUX': type } = this.of;
    return { referenceOn: referenceOn!, monthly: type === 'M' };
  }

  private fail(rule: FluxRule, node?: Node): never {
    throw new FluxFault(rule, this.parser.line, node ? node.path || node.name : null);
  }

  private open({ name }: SaxesTagPlain): void {
    const parent = this.frames.at(-1);
    const node = parent ? this.child(parent, name) : name === schema.name ? schema : this.fail('ELEMENT');
    this.lastTag = this.parser.position;
    this.frames.push({ node, line: this.parser.line, next: 0, times: 0 });
    this.text = node.kind ? '' : null;
    if (node.name === 'InfosFoyerRSA') this.parts = new HouseholdParts(this.parser.line);
  }

  /** In the order of the schema, each as often as it allows. */
  private child(parent: Frame, name: string): Node {
    const at = parent.node.byName.get(name);
    if (at === undefined) return this.fail('ELEMENT', parent.node);
    const node = parent.node.children[at]!;
    if (at < parent.next) this.fail('ORDER', node);
    if (at > parent.next) this.pass(parent, at);
    if (++parent.times > node.most) this.fail('TIMES', node);
    return node;
  }

  /** Leaves behind those before `to`: each came often enough. */
  private pass(frame: Frame, to: number): void {
    const { children } = frame.node;
    for (; frame.next < to; frame.next++, frame.times = 0)
      if (frame.times < children[frame.next]!.least) this.fail('TIMES', children[frame.next]);
  }

  private said(text: string): void {
    if (this.text !== null) this.text += text;
  }

  private close(): void {
    const frame = this.frames.pop()!;
    this.lastTag = this.parser.position;
    const { node } = frame;
    this.pass(frame, node.children.length);
    if (node.kind) this.take(node);
    this.text = null;
    if (node.name === 'TransmissionFlux') this.checkTotal();
    if (node.name === 'InfosFoyerRSA') this.household();
    else this.parts?.close(node.path, frame.line, this.of['IdentificationFlux/DTREF']!);
  }

  private take(node: Node): void {
    const text = this.text!.trim();
    const wrong = text === '' && node.least > 0 ? 'LENGTH' : text && node.kind!(text);
    if (wrong) this.fail(wrong as FluxRule, node);
    if (isMisread(text)) this.fail('ENCODING', node);
    if (text === '') return;
    if (this.parts) this.parts.take(node.path, text);
    else this.of[node.path] = text;
  }

  private household(): void {
    const household = this.parts!.household(this.head().referenceOn);
    this.count++;
    this.parts = null;
    this.ready.push({ head: this.head(), household });
  }

  /** Those set aside as faulty come in a file of their own. */
  private checkTotal(): void {
    const said = (name: string) => Number(this.of[`TransmissionFlux/${name}`]);
    if (said('NBTOTDOSRSATRANSM') - said('NBTOTDOSRSATRANSMANO') !== this.count) this.fail('TOTAL');
  }
}
