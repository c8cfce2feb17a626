/** The figures as people read them: a row a peer, and what it makes of PostGraphile and of raw. */
const against = ['postgraphile', 'raw'];

export function table(results, peers) {
  const lines = [
    `| | at | peer | a second | p50 ms | p99 ms | µs server + PostgreSQL | ${against.map((name) => `× ${name}`).join(' | ')} |`,
    `| --- | ---: | --- | ---: | ---: | ---: | ---: | ${against.map(() => '---:').join(' | ')} |`,
  ];
  for (const { operation, cells } of results)
    for (const { connections, peers: of } of cells)
      for (const name of peers.filter((each) => each in of))
        lines.push(row(operation, connections, name, of));
  return lines.join('\n');
}

function row(operation, connections, name, of) {
  const { rate, p50, p99, node, server } = of[name];
  const times = against.map((other) => (of[other] ? `${(rate / of[other].rate).toFixed(2)} (${(work(of[other]) / work(of[name])).toFixed(2)})` : '–')); // prettier-ignore
  return `| ${operation} | ${connections} | ${name} | ${rate.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${node.toFixed(0)} + ${server.toFixed(0)} | ${times.join(' | ')} |`;
}

const work = ({ node, server }) => node + server;
