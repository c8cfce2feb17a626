import Sequencer from '@jest/test-sequencer'; // comes with jest

/** Files of more than some seconds, the longest first: begun late, one would run on alone when all others are done. */
const longest = [
  ...[
    'server/every-input.api',
    'server/every-query.api',
    'db/restore',
    'privacy/matrix.api',
    'server/every-mutation.api',
  ],
  ...[
    'server/started',
    'events/processes',
    'demo/demo',
    'matching/assignment.rules',
    'intake/command',
    'db/walls-agree',
  ],
  ...[
    'db/plans',
    'referrals/race.api',
    'people/walls.api',
    'placements/placement.api',
    'server/fanout.api',
    'year/year.api',
  ],
].map((file) => `test/${file}.test.ts`);

const rank = (path) => {
  const found = longest.findIndex((file) => path.endsWith(file));
  return found < 0 ? longest.length : found;
};

export default class LongestFirst extends Sequencer {
  async sort(tests) {
    return (await super.sort(tests)).sort((a, b) => rank(a.path) - rank(b.path));
  }
}
