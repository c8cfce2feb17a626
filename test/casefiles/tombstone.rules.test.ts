import fc from 'fast-check';
import { lineOf, readLines, type Tombstone } from '../../src/casefiles/tombstone.rules.ts';
import { newId } from '../../src/kernel/ids.ts';

const tombstone: fc.Arbitrary<Tombstone> = fc.record({
  person: fc.constant(null).map(() => newId('Person')),
  at: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  reason: fc.constantFrom('PERSON_REQUEST', 'RETENTION', 'DECEASED'),
});

test('what is written is read again, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.array(tombstone), (all) => {
      const text = `# kept apart from the backups\n${all.map(lineOf).join('\n')}\n\n`;
      expect(readLines(text)).toEqual({ tombstones: all, damaged: 0 });
    }),
    { numRuns: 30 },
  );
});

test('a line cut short or altered erases nobody, and is told', () => {
  fc.assert(
    fc.property(tombstone, fc.nat(60), (one, at) => {
      const line = lineOf(one);
      const letter = line[at] === '7' ? '8' : '7';
      const altered = line.slice(0, at) + letter + line.slice(at + 1);
      expect(readLines(altered)).toEqual({ tombstones: [], damaged: 1 });
      expect(readLines(line.slice(0, at + 1)).tombstones).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
