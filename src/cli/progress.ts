import cliProgress from 'cli-progress';

/** A bar on a terminal, nothing anywhere else: logs and pipes want no moving line. */
export class Progress {
  private bar: cliProgress.SingleBar | null = null;

  readonly show = (done: number, total: number): void => {
    if (!process.stderr.isTTY) return;
    this.bar ??= this.begin(total);
    this.bar.update(Math.min(done, total));
  };

  end(): void {
    this.bar?.stop();
    this.bar = null;
  }

  private begin(total: number): cliProgress.SingleBar {
    const format = '{bar} {percentage} %  {eta_formatted} left';
    const bar = new cliProgress.SingleBar({ format, clearOnComplete: true, stream: process.stderr });
    bar.start(total, 0);
    return bar;
  }
}
