import { createSourceEventStream, type DocumentNode, type ExecutionResult } from 'graphql';
import { owesPurpose } from '../audit/purpose.store.ts';
import { Live } from '../events/live.ts';
import { isAfter } from '../events/place.ts';
import { scopeKey } from '../kernel/viewer.ts';
import { Listener, type Outlet } from './listener.ts';
import type { Admitted } from './live-admission.ts';
import { LiveGroup, type Together } from './live-group.ts';
import type { OpenSocket } from './open-sockets.ts';
import { shapeOf, type Shape } from './shape.ts';

/** A subscription that was let in: what it runs, by whose rights, and where its answers go. */
interface Subscribing {
  admitted: Admitted;
  rights: OpenSocket;
  outlet: Outlet;
}

interface Entering {
  listener: Listener;
  /** What makes it one with others; null where nobody else may hear the same. */
  key: string | null;
  together: Together;
}

/**
 * All subscriptions of this process, whatever their door. Who asks the same with the same eyes listens together; who comes
 * back after an absence hears what it missed by itself, then joins them: both read one journal in one order, each from a
 * position, so that nothing lies between.
 */
export class Fanout {
  private readonly shared = new Map<string, LiveGroup>();
  private readonly groupOf = new Map<Listener, LiveGroup>();
  private readonly shapes = new WeakMap<DocumentNode, Shape>();

  get listening(): number {
    return this.groupOf.size;
  }

  /** In how many groups they are worked out. */
  get groups(): number {
    return new Set(this.groupOf.values()).size;
  }

  /** Answers how to leave again, or what is wrong with the operation. */
  async subscribe({ admitted, rights, outlet }: Subscribing): Promise<(() => void) | ExecutionResult> {
    const { args, operation, asked } = admitted;
    const source = await createSourceEventStream(args);
    if (!(source instanceof Live)) return source as ExecutionResult;
    const listener = new Listener(source, { ctx: args.contextValue, rights, outlet });
    const { following, from, beginning } = source;
    const { checkpointEvery } = beginning;
    const together = { args, operation, asked, following, from, known: listener.asked, patient: true };
    const every = checkpointEvery === null ? null : checkpointEvery * 1000;
    this.enter({ listener, key: this.keyOf(admitted), together: { ...together, checkpointEvery: every } });
    return () => this.leave(listener);
  }

  stop(): void {
    for (const group of new Set(this.groupOf.values())) group.close();
  }

  private enter(entering: Entering): void {
    if (this.mayJoin(entering)) this.join(entering);
    else this.listenApart(entering);
  }

  private mayJoin({ listener, key, together }: Entering): boolean {
    if (key === null || !listener.asked.known) return false;
    const { feed } = together.args.contextValue;
    const group = this.shared.get(key);
    return !isAfter(group?.position ?? feed.at, listener.position);
  }

  private join({ listener, key, together }: Entering): void {
    let group = this.shared.get(key!);
    if (!group) {
      group = new LiveGroup({ ...together, from: listener.position, known: { known: true }, patient: false }, {
        caughtUp: () => {},
        empty: () => this.shared.delete(key!),
      }); // prettier-ignore
      this.shared.set(key!, group);
      group.begin();
    }
    group.listeners.add(listener);
    this.groupOf.set(listener, group);
  }

  private listenApart(entering: Entering): void {
    const { listener, together } = entering;
    const caughtUp = (group: LiveGroup) => {
      listener.position = group.position;
      if (listener.left || !this.mayJoin(entering)) return;
      group.close();
      this.join(entering);
    };
    const group = new LiveGroup(together, { caughtUp, empty: () => {} });
    group.listeners.add(listener);
    this.groupOf.set(listener, group);
    group.begin();
  }

  private leave(listener: Listener): void {
    listener.left = true;
    this.groupOf.get(listener)?.leave(listener);
    this.groupOf.delete(listener);
  }

  private keyOf({ args, operation }: Admitted): string | null {
    const { document, contextValue: ctx } = args;
    if (owesPurpose(ctx)) return null; // what may be told hangs on whose portfolio they are in
    let shape = this.shapes.get(document);
    if (!shape) this.shapes.set(document, (shape = shapeOf(args.schema, document)));
    const { text, place, personal } = shape;
    const { kind, roles, scopes, member, client } = ctx.viewer;
    const variables = Object.entries(args.variableValues ?? {}).filter(([name]) => name !== place);
    return JSON.stringify([
      ...[text, operation.name?.value, variables.sort(([one], [other]) => (one < other ? -1 : 1))],
      ...[scopeKey(ctx.viewer), kind, [...roles].sort(), [...scopes].sort(), ctx.locale],
      ...(personal ? [member, client] : []),
    ]);
  }
}
