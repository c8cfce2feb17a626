/**
 * For as long as is said, everything that can go wrong with the journal at once: two hub processes restarted in turn and killed,
 * PostgreSQL crashed and revived, connections cut, sixteen writers whose commits overtake each other or are rolled back, eighteen
 * readers by socket, stream and asking, half of them killed again and again. What each heard must be the journal it was entitled to.
 * `node bench/torture.mjs [minutes = 5]`; the build does each once (test/events/processes).
 */
import { spawnSync } from 'node:child_process';

const [minutes = '5'] = process.argv.slice(2);
const jest = 'node_modules/jest/bin/jest.js';
const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', jest, '--maxWorkers=1'];
const { status } = spawnSync(process.execPath, [...flags, 'test/events/processes'], {
  env: { ...process.env, TORTURE_MINUTES: minutes },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
