import { hubPool } from '../../src/db/open.ts';
import { templateDatabase, urlsOf } from '../kit/cluster.ts';

test('whatever is read in one breath goes over two connections, and leaves the others to who writes', async () => {
  const pool = hubPool(urlsOf(templateDatabase).hub, { max: 8 });
  try {
    const ask = (n: number) =>
      pool.query({ name: `number ${n % 3}`, text: 'select $1::int as n', values: [n] });
    for (let round = 0; round < 2; round++) {
      const numbers = Array.from({ length: 40 }, (_, n) => n);
      const answers = await Promise.all(numbers.map(ask));
      expect(answers.map(({ rows }) => rows[0].n)).toEqual(numbers);
      expect(pool.totalCount).toBeLessThanOrEqual(2);
    }
  } finally {
    await pool.end();
  }
});
