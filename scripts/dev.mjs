/** Compiles and restarts the server on each change; Ctrl-C stops both. */
import { spawn, spawnSync } from 'node:child_process';

const node = (...args) => [process.execPath, args, { stdio: 'inherit' }];
const tsc = 'node_modules/typescript/bin/tsc';

spawnSync(...node(tsc));
spawnSync(...node('tools/graphiql/build-if-needed.mjs'));
const running = [
  spawn(...node(tsc, '--watch', '--preserveWatchOutput')),
  spawn(...node('--watch', '--watch-preserve-output', 'dist/src/main.js')),
];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => running.forEach((child) => child.kill(signal)));
}
