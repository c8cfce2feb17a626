/**
 * Years of a département, more and longer than the build lives them (test/year): each from a seed of its own, each held to
 * the same laws. `npm run bench -- year [years = 50] [first seed = 1] [steps a year = 400] [people = 25]`; a year that goes
 * wrong says its seed, what broke and what had just happened, and `npm run bench -- year 1 <seed>` lives it again.
 */
import { spawnSync } from 'node:child_process';

const [years = '50', from = '1', steps = '400', people = '25'] = process.argv.slice(2);
const env = { ...process.env, YEAR_SEEDS: years, YEAR_FROM: from, YEAR_STEPS: steps, YEAR_PEOPLE: people };
const jest = 'node_modules/jest/bin/jest.js';
const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', jest, '--maxWorkers=1'];
const { status } = spawnSync(process.execPath, [...flags, 'test/year'], {
  env: { ...env, YEAR_TALLY: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
