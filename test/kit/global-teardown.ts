import type { Cluster } from '../../src/db/embedded.ts';

export default async function tearDown(): Promise<void> {
  await (globalThis as { testCluster?: Cluster }).testCluster?.stop();
}
