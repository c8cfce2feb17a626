/**
 * `npm run bench` tells which measurements there are; `npm run bench -- <name> [its arguments]` compiles the hub and takes one.
 * Each is a file of bench/ that says at its top what it measures and what may be given to it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const run = (...args) => spawnSync(process.execPath, args, { cwd: at('.'), stdio: 'inherit' }).status ?? 1; // ended by a signal
const [name, ...given] = process.argv.slice(2);

if (name && existsSync(at(`bench/${name}.mjs`)) && /^[\w-]+$/.test(name)) {
  process.exitCode = run('node_modules/typescript/bin/tsc', '-b') || run(`bench/${name}.mjs`, ...given);
} else {
  if (name) console.error(`There is no bench/${name}.mjs.`);
  for (const file of readdirSync(at('bench')).filter((each) => each.endsWith('.mjs'))) tell(file);
  process.exitCode = name ? 2 : 0;
}

function tell(file) {
  const [, said] = /^\/\*\*([^]*?)\*\//.exec(readFileSync(at(`bench/${file}`), 'utf8'));
  const words = said.replace(/^ *\* ?/gm, '').trim();
  console.log(`${file.replace('.mjs', '')}\n${words.replace(/^/gm, '    ')}\n`);
}
