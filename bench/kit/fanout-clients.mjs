/** Many sockets of one process that note when each event came; told what to do by messages. */
import WebSocket from 'ws';

const at = () => performance.timeOrigin + performance.now();
const heard = new Map();
const faults = { errors: 0, closed: 0 };
const open = [];

const doing = {
  /** Opens so many, a hundred at a time; of a hub each subscribes, and is let in before the next hundred. */
  async open({ url, token, query, count }) {
    for (let left = count; left > 0; left -= 100)
      await Promise.all(Array.from({ length: Math.min(100, left) }, () => one(url, token, query)));
    return open.length;
  },
  heard(event) {
    const times = heard.get(event) ?? [];
    heard.delete(event);
    return { count: times.length, last: times.at(-1) ?? 0, times };
  },
  faults: () => faults,
  close() {
    for (const each of open.splice(0)) {
      each.removeAllListeners('close');
      each.terminate();
    }
  },
};

function one(url, token, query) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/graphql`,
      token ? 'graphql-transport-ws' : undefined,
      { perMessageDeflate: false },
    );
    socket.on('error', (error) => (faults.errors++, reject(error)));
    socket.on('close', () => faults.closed++);
    socket.on('open', () => {
      open.push(socket);
      if (!token) return resolve();
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    });
    socket.on('message', (data) => {
      const now = at();
      const text = data.toString('latin1');
      if (text.startsWith('{"type":"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
        return resolve();
      }
      const event = /evt_\w+/.exec(text)?.[0];
      if (!event) return faults.errors++;
      const times = heard.get(event);
      if (times) times.push(now);
      else heard.set(event, [now]);
    });
  });
}

process.on('message', async ({ call, args }) => process.send({ call, answer: await doing[call](...args) }));
process.send({ call: 'ready' });
process.on('disconnect', () => process.exit());
