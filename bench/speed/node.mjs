/** What the peers run on: their packages and a newer Node, fetched once from npm into a folder git does not know. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../peers/', import.meta.url));
const fetched = `${folder}node_modules/node-${process.platform}-${process.arch}/bin/node`;

/** Installs what bench/peers/package-lock.json names, unless it stands. */
export function installPeers() {
  const said = (file) => (existsSync(folder + file) ? JSON.parse(readFileSync(folder + file, 'utf8')) : null);
  const wanted = said('package.json');
  const stands = Object.entries(wanted.dependencies).every(
    ([name, version]) => said(`node_modules/${name}/package.json`)?.version === version,
  );
  if (stands) return;
  console.log('fetching the peers from npm, once');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  if (status) throw new Error('npm could not fetch the peers');
}

/** The Node all peers run on: PostGraphile 5 asks for 22 or later. Where npm has none for this machine, our own. */
export function newerNode() {
  return existsSync(fetched) ? fetched : process.execPath;
}
