import type { ExecutionResult } from 'graphql';
import type { WebSocket } from 'ws';
import type { Answer, Outlet } from './listener.ts';
import { untilTaken } from './outlet.ts';

const tryAgainLater = 1013;
const tooSlow = 'Messages wait: read faster, come back and go on from your last cursor';
const goodbyeWithin = 2_000;

/** One operation on a socket: frames of graphql-transport-ws, written beside those of the library. */
export class SocketOutlet implements Outlet {
  private readonly id: string;
  private end!: { done: () => void; failed: (error: unknown) => void };
  private readonly ended: Promise<IteratorResult<ExecutionResult>>;

  constructor(
    private readonly socket: WebSocket,
    id: string,
    /** Bytes that may wait in this process; the system's own buffers come on top. */
    private readonly mostWaiting: number,
  ) {
    this.id = JSON.stringify(id);
    this.ended = new Promise((resolve, reject) => {
      this.end = { done: () => resolve({ done: true, value: undefined }), failed: reject };
    });
    this.ended.catch(() => {}); // told to whoever waits for it, if anybody still does
  }

  send(answer: Answer): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    const frame = answer.as(this.id, ({ text }) => `{"id":${this.id},"type":"next","payload":${text}}`);
    socket.send(frame, { binary: false });
    if (socket.bufferedAmount > this.mostWaiting) this.cut();
  }

  fail(error: unknown): void {
    this.end.failed(error);
  }

  ready(): Promise<void> {
    const { socket, mostWaiting } = this;
    return untilTaken({
      waiting: () => (socket.readyState === socket.OPEN ? socket.bufferedAmount : 0),
      most: mostWaiting / 4,
      cut: () => this.cut(),
    });
  }

  /** What the library waits for: nothing but the end, from either side. */
  until(leave: () => void): AsyncIterableIterator<ExecutionResult> {
    const iterator: AsyncIterableIterator<ExecutionResult> = {
      next: () => this.ended,
      return: () => {
        leave();
        this.end.done();
        return this.ended;
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    void this.ended.catch(leave);
    return iterator;
  }

  /** A reader that takes nothing does not read that it is closed either: it is cut off. */
  private cut(): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    socket.close(tryAgainLater, tooSlow);
    setTimeout(() => socket.terminate(), goodbyeWithin).unref();
  }
}
