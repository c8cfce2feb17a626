import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Asked } from './asked.ts';
import { errorsOf, formattedError } from './errors.ts';
import type { Answer, Outlet } from './listener.ts';
import { untilTaken } from './outlet.ts';

const stillThereEvery = 15_000;

/** A response that is never done: one event a message, its id the cursor, so that a browser comes back with it by itself. */
export class StreamOutlet implements Outlet {
  private readonly leaving: (() => void)[] = [];
  private readonly pulse: NodeJS.Timeout;
  private over = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly asked: Asked,
    /** Bytes that may wait in this process; the system's own buffers come on top. */
    private readonly mostWaiting: number,
  ) {
    response.once('close', () => this.left());
    response.on('error', () => {}); // it closes then
    this.pulse = setInterval(() => this.write(':\n\n'), stillThereEvery).unref();
  }

  /** Called once the response is over, at once if it is. */
  onEnd(leave: () => void): void {
    if (this.over) leave();
    else this.leaving.push(leave);
  }

  send(answer: Answer): void {
    this.write(answer.as('stream', ({ text, cursor }) => `id: ${cursor}\nevent: next\ndata: ${text}\n\n`));
  }

  /** What is wrong is told in the stream: of a refused one a browser would show nothing. */
  refuse({ errors = [] }: ExecutionResult): void {
    const said = { errors: errors.map((error) => formattedError(error, this.asked)) };
    this.write(`event: next\ndata: ${JSON.stringify(said)}\n\n`);
    this.complete();
  }

  fail(error: unknown): void {
    this.refuse({ errors: errorsOf(error) });
  }

  private complete(): void {
    if (this.over) return;
    this.write('event: complete\ndata:\n\n');
    this.response.end();
    this.left();
  }

  /** Ends in the midst: a browser then comes back by itself, with the cursor of the last event it had. */
  cut(): void {
    this.response.end();
    this.left();
  }

  ready(): Promise<void> {
    const { response, mostWaiting } = this;
    return untilTaken({
      waiting: () => (this.over ? 0 : response.writableLength),
      most: mostWaiting / 4,
      cut: () => response.destroy(),
    });
  }

  private write(bytes: string | Buffer): void {
    const { response } = this;
    if (this.over || response.destroyed) return;
    response.write(bytes);
    if (response.writableLength > this.mostWaiting) response.destroy();
  }

  private left(): void {
    this.over = true;
    clearInterval(this.pulse);
    for (const leave of this.leaving.splice(0)) leave();
  }
}
