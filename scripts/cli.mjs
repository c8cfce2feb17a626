/** Runs a command of src/cli (`npm run -s token -- …`), compiling first, without a word, when nothing is compiled yet. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => new URL(`../${path}`, import.meta.url);
const [name] = process.argv.splice(2, 1);
const command = at(`dist/src/cli/${name}.js`);

if (!existsSync(command)) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [fileURLToPath(at('node_modules/typescript/bin/tsc'))],
    {
      cwd: fileURLToPath(at('.')),
      encoding: 'utf8',
    },
  );
  if (status !== 0) {
    console.error(stdout);
    process.exit(1);
  }
}
process.argv[1] = fileURLToPath(command);
await import(command.href);
