/**
 * A third party's tool: keeps a copy of its organisation's referrals in a file, and survives whatever happens to it, to the
 * network or to the hub. `npm run example:tool -- referrals.json`, with PASSERELLE_URL (http://localhost:4000 if not said) and
 * PASSERELLE_TOKEN (`npm run -s token -- tool` prints one of the demo).
 */
import WebSocket from 'ws';
import { Mirror } from '../dist/src/client/mirror.js';

const { PASSERELLE_URL: url = 'http://localhost:4000', PASSERELLE_TOKEN: token } = process.env;
const [file = 'referrals.json'] = process.argv.slice(2);
if (!token) {
  console.error(
    'PASSERELLE_TOKEN: a token or key with the scopes events:read, referrals:read and people:read',
  );
  process.exit(2);
}
const mirror = new Mirror({
  ...{ url, file, token: () => token, webSocketImpl: WebSocket },
  onEvent: ({ event, cursor }) => console.log(`${event.id} ${event.type}, cursor ${cursor}`),
  onTrouble: (error, wait) =>
    console.error(`${error.message ?? 'the connection ended'}; again in ${Math.round(wait)} ms`),
});
const follower = mirror.follow();
console.log(`${url}: mirrored into ${file}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void follower.stop());
await follower.ended.catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
