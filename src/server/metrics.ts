import { Counter, Gauge, Registry } from 'prom-client';

/** What one process counts of itself, for who watches over the hub: numbers, and nobody's name or id. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = this.counter('http_requests_total', 'Requests answered, by status.', ['code']);
  private readonly sweeps = this.gauge(
    'sweep_last_run_timestamp_seconds',
    'When this process last finished each sweep; of several processes the latest counts.',
    ['sweep'],
  );

  answered(code: number): void {
    this.requests.inc({ code });
  }

  swept(sweep: string, at: Date): void {
    this.sweeps.set({ sweep }, at.getTime() / 1000);
  }

  gauge(name: string, help: string, labelNames: string[] = []) {
    return new Gauge({ name: `passerelle_${name}`, help, labelNames, registers: [this.registry] });
  }

  private counter(name: string, help: string, labelNames: string[]) {
    return new Counter({ name: `passerelle_${name}`, help, labelNames, registers: [this.registry] });
  }
}
