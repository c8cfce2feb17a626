import fc from 'fast-check';
import { heldAtOnce, type Placeable } from '../../src/matches/simulation.rules.ts';
import { bindingOf, excludes, isFeasible, judgedOf, type Judged } from '../../src/matching/judged.rules.ts';
import type { Pair, PersonKnown, PlaceAsking } from '../../src/matching/pair.rules.ts';
import { purposesOf, purposesServed } from '../../src/matching/purpose.rules.ts';
import { reasonsOf, scoreOf, weighedThemes } from '../../src/matching/score.rules.ts';
import { lackOf, Supply } from '../../src/matching/supply.rules.ts';
import { MatchRule } from '../../src/matching/verdict.rules.ts';
import { publics } from '../../src/offers/service.rules.ts';
import { NeedTheme } from '../../src/people/need.rules.ts';
import { FrenchLevel, Licence, TimeBand, TravelMode } from '../../src/people/profile.rules.ts';
import { MatchCriterion } from '../../src/programme/programme.rules.ts';
import { TargetPublic } from '../../src/programme/public.rules.ts';

const codes = <T extends string>(vocabulary: Record<T, string>) => Object.keys(vocabulary) as T[];
const some = <T extends string>(vocabulary: Record<T, string>) => fc.subarray(codes(vocabulary));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const days = ['2026-10-01', '2026-11-23', '2026-12-01', '2026-12-15', '2027-01-10'] as const;
const day = fc.constantFrom(...days);
const trades = fc.subarray(['A1203', 'A1204', 'A1414', 'K2304', 'N1103']);

const person: fc.Arbitrary<PersonKnown> = fc.record({
  id: fc.constant('per_1'),
  ageBand: maybe(fc.constantFrom('UNDER_26' as const, 'FROM_50' as const)),
  situations: some(TargetPublic),
  weeklyHoursLeast: maybe(fc.integer({ min: 0, max: 20 })),
  weeklyHoursMost: maybe(fc.integer({ min: 20, max: 48 })),
  licences: maybe(some(Licence)),
  frenchLevel: maybe(fc.constantFrom(...codes(FrenchLevel))),
  timeBands: maybe(some(TimeBand)),
  soughtKind: maybe(fc.constantFrom('INSERTION_WORKSITE' as const, 'JOB' as const)),
  epciCode: fc.constant('244400404'),
  communeCode: maybe(fc.constant('44109')),
  home: fc.constant({ latitude: 47.2, longitude: -1.55 }),
  wishedTrades: trades,
  refusedTrades: trades,
  travel: maybe(fc.record({ mode: fc.constantFrom(...codes(TravelMode)), maxMinutes: maybe(fc.integer({ min: 1, max: 240 })), maxKm: fc.constant(null) })),
  availableFrom: maybe(day),
  away: fc.subarray([{ from: '2026-11-20', to: '2026-12-05' }]),
  needs: maybe(fc.array(fc.record({ theme: fc.constantFrom(...codes(NeedTheme)), thematique: maybe(fc.constant('mobilite--preparer-un-permis')) }), { maxLength: 3 })),
  registeredOn: day,
  seesPathway: fc.boolean(),
}); // prettier-ignore

const place: fc.Arbitrary<PlaceAsking> = fc.record({
  id: fc.constant('vac_1'),
  offerId: fc.constant('off_1'),
  organisationId: fc.constant('org_1'),
  kind: fc.constantFrom('INSERTION_WORKSITE' as const, 'QUALIFYING_TRAINING' as const),
  trades,
  thematiques: fc.subarray(['mobilite--preparer-un-permis', 'logement-hebergement--changer-de-logement']),
  zone: fc.subarray(['244400404', '35']),
  remote: fc.boolean(),
  point: fc.constant({ latitude: 47.3, longitude: -1.55 }),
  startsOn: maybe(day),
  endsOn: maybe(day),
  open: fc.boolean(),
  free: maybe(fc.nat(2)),
  nextRank: fc.integer({ min: 1, max: 4 }),
  confirmedAt: maybe(day.map((each) => `${each}T08:00:00Z`)),
  publics: fc.subarray([...publics], { maxLength: 2 }),
  siae: fc.boolean(),
  weeklyHours: maybe(fc.integer({ min: 5, max: 39 })),
  licences: some(Licence),
  frenchLevel: maybe(fc.constantFrom('A1' as const, 'B2' as const)),
  timeBands: some(TimeBand),
}); // prettier-ignore

const pair: fc.Arbitrary<Pair> = fc.record({
  person,
  place,
  between: fc.record({
    metres: maybe(fc.nat(60_000)),
    iae: fc.constant(null),
    refused: maybe(fc.record({ until: maybe(fc.constant('2027-02-01')) })),
    waitingRank: maybe(fc.constant(2)),
  }),
  today: fc.constant('2026-11-23'),
});

const weights = codes(MatchCriterion).map((criterion, at) => ({ criterion, points: 7 + at * 5 }));
const scale = { weights, priorityPublics: ['RSA', 'QPV'] as TargetPublic[] };

test('a score is the sum of its points, each a whole number from 0 to its weight', () => {
  fc.assert(
    fc.property(pair, (each) => {
      const reasons = reasonsOf(each, scale);
      expect(reasons.map(({ criterion, max }) => ({ criterion, points: max }))).toEqual(weights);
      for (const { points, max } of reasons)
        expect(Number.isInteger(points) && points >= 0 && points <= max).toBe(true);
      expect(scoreOf(reasons)).toBe(reasons.reduce((sum, { points }) => sum + points, 0));
    }),
  );
});

test('who is excluded has a failing rule, and what binds is that rule; who is not has none', () => {
  fc.assert(
    fc.property(pair, (each) => {
      const judged = judgedOf(each);
      const failing = judged.filter(({ verdict }) => verdict === 'FAIL');
      expect(isFeasible(judged)).toBe(failing.length === 0);
      expect(bindingOf(judged)).toBe(failing[0] ?? judged.find(({ verdict }) => verdict === 'UNKNOWN') ?? null);
      for (const { verdict, change } of judged) expect(change !== null).toBe(verdict === 'FAIL');
    }),
  );
}); // prettier-ignore

/** The pair after the change a rule asks for, and nothing else. */
function applied({ rule, change, values }: Judged, before: Pair): Pair {
  const { person: of, place: at } = before;
  const { by, to } = change!;
  const personIs = (more: Partial<PersonKnown>) => ({ ...before, person: { ...of, ...more } });
  const placeIs = (more: Partial<PlaceAsking>) => ({ ...before, place: { ...at, ...more } });
  switch (rule) {
    case 'PLACE':
      return placeIs({ open: true, free: 1, endsOn: null });
    case 'REFUSAL':
      return { ...before, ...(to[0] && { today: to[0] }), between: { ...before.between, refused: null } };
    case 'TRADE':
      return personIs({ refusedTrades: of.refusedTrades.filter((each) => !to.includes(each)) });
    case 'TRAVEL':
      return personIs({ travel: { mode: 'CAR', maxKm: Number(values.reach) + by! + 0.05 } });
    case 'DATES':
      return placeIs({ startsOn: to[0]! });
    case 'WEEKLY_HOURS':
      return Number(to[0]) > Number(values.most)
        ? personIs({ weeklyHoursMost: Number(values.most) + by! })
        : personIs({ weeklyHoursLeast: Number(values.least) - by! });
    case 'TIME_BANDS':
      return personIs({ timeBands: [...of.timeBands!, ...(to as TimeBand[])] });
    case 'LICENCE':
      return personIs({ licences: [...of.licences!, ...(to as Licence[])] });
    case 'FRENCH_LEVEL':
      return personIs({ frenchLevel: to[0] as FrenchLevel });
    case 'PUBLIC':
      return placeIs({ publics: ['tous-publics'] });
    case 'RESIDENCE':
      return placeIs({ zone: [of.epciCode!] });
    case 'IAE':
      throw new Error('the hub never finds anybody ineligible');
  }
}

test('the smallest change makes its rule pass', () => {
  const tried = new Set<MatchRule>();
  fc.assert(
    fc.property(pair, (each) => {
      for (const failing of judgedOf(each).filter(({ verdict }) => verdict === 'FAIL')) {
        tried.add(failing.rule);
        const again = judgedOf(applied(failing, each)).find(({ rule }) => rule === failing.rule)!;
        expect([failing, again.verdict === 'FAIL']).toEqual([failing, false]);
      }
    }),
    { numRuns: 300 },
  );
  expect([...tried].sort()).toEqual(
    codes(MatchRule)
      .filter((rule) => rule !== 'IAE')
      .sort(),
  );
});

test('a kilometre less than the smallest change would not do', () => {
  fc.assert(
    fc.property(pair, (each) => {
      const far = judgedOf(each).find(({ rule, verdict }) => rule === 'TRAVEL' && verdict === 'FAIL');
      fc.pre(far !== undefined && far.change!.by! > 1);
      const reach = (Number(far!.values.reach) + far!.change!.by! - 1) * 1000;
      expect(each.between.metres!).toBeGreaterThan(reach - 50);
    }),
  );
});

test('neither health, justice, asylum, homelessness nor family moves a verdict or a point, whatever the programme puts first', () => {
  const closed: TargetPublic[] = ['AAH', 'TH', 'DETENTION_MJ', 'ASE', 'REF_DA', 'PSH_PR', 'PI'];
  expect(weighedThemes).not.toEqual(expect.arrayContaining(['SANTE']));
  expect(weighedThemes).not.toEqual(expect.arrayContaining(['CONTRAINTES_FAMILIALES']));
  fc.assert(
    fc.property(pair, fc.subarray(closed), (each, more) => {
      const without = each.person.situations.filter((code) => !closed.includes(code));
      const told = (situations: TargetPublic[]) => {
        const with_ = { ...each, person: { ...each.person, situations } };
        return { rules: judgedOf(with_), points: reasonsOf(with_, { weights, priorityPublics: codes(TargetPublic) }) };
      };
      expect(told([...without, ...more])).toEqual(told(without));
    }),
  );
}); // prettier-ignore

test('the year of birth moves nothing but the publics of the young and of seniors', () => {
  fc.assert(
    fc.property(pair, (each) => {
      const aged = (ageBand: PersonKnown['ageBand']) => {
        const at = { ...each, person: { ...each.person, ageBand } };
        return { points: reasonsOf(at, scale), rules: judgedOf(at).filter(({ rule }) => rule !== 'PUBLIC') };
      };
      expect(aged('UNDER_26')).toEqual(aged('FROM_50'));
    }),
  );
}); // prettier-ignore

test('a licence for a lorry drives the car; a lower level of French does not', () => {
  fc.assert(
    fc.property(pair, (each) => {
      const asking = { ...each.place, licences: ['B' as const], frenchLevel: 'B1' as const };
      const verdicts = (licences: Licence[] | null, frenchLevel: FrenchLevel | null) => {
        const judged = judgedOf({ ...each, place: asking, person: { ...each.person, licences, frenchLevel } });
        return ['LICENCE', 'FRENCH_LEVEL'].map((rule) => judged.find((one) => one.rule === rule)!.verdict);
      };
      expect(verdicts(['CE'], 'B1')).toEqual(['PASS', 'PASS']);
      expect(verdicts(['AM'], 'A2')).toEqual(['FAIL', 'FAIL']);
      expect(verdicts(null, 'UNKNOWN')).toEqual(['UNKNOWN', 'UNKNOWN']);
      expect(verdicts([], null)).toEqual(['FAIL', 'UNKNOWN']);
    }),
    { numRuns: 5 },
  );
}); // prettier-ignore

test('places are found by exactly what they would serve', () => {
  fc.assert(
    fc.property(person, fc.array(place, { maxLength: 6 }), (somebody, places) => {
      const numbered = places.map((each, at) => ({ ...each, id: `vac_${at}` }));
      const supply = new Supply(numbered);
      for (const purpose of purposesOf(somebody))
        expect(new Set(supply.serving(somebody, purpose))).toEqual(
          new Set(numbered.filter((each) => purposesServed(somebody, each).includes(purpose))),
        );
    }),
  );
});

test('somebody is served where a place fits; else what they lack is a rule that fails at each place it alone stands before', () => {
  fc.assert(
    fc.property(pair, fc.array(place, { minLength: 1, maxLength: 5 }), ({ between, today, person: somebody }, places) => {
      const paired = (of: PersonKnown, at: PlaceAsking) => ({ person: of, place: at, between, today });
      const failing = places.map((each) => judgedOf(paired(somebody, each)).filter(({ verdict }) => verdict === 'FAIL'));
      expect(places.map((each) => excludes(paired(somebody, each)))).toEqual(failing.map(({ length }) => length > 0));
      const alone = failing.filter(({ length }) => length === 1).map(([only]) => only!.rule);
      const lack = lackOf(somebody, places, paired);
      const often = (rules: MatchRule[], of: MatchRule) => rules.filter((each) => each === of).length;
      const among = alone.length ? alone : failing.flat().map(({ rule }) => rule);
      expect(lack === null).toBe(among.length === 0);
      for (const rule of among) expect(often(among, lack!)).toBeGreaterThanOrEqual(often(among, rule));
    }),
  );
}); // prettier-ignore

test('so many are held at once as there could be, each in a place that would serve', () => {
  const most = (people: number[][], free: number[]): number => {
    const [first, ...rest] = people;
    if (!first) return 0;
    const seated = first.filter((at) => free[at]! > 0).map((at) => 1 + most(rest, free.with(at, free[at]! - 1)));
    return Math.max(most(rest, free), ...seated);
  };
  const reached = fc.subarray([0, 1, 2], { minLength: 1 });
  fc.assert(
    fc.property(fc.array(reached, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 3, maxLength: 3 }), (people, free) => {
      const found = people.map((places) => ({ places }) as Placeable);
      expect(heldAtOnce(found, free.map((each) => ({ free: each }) as PlaceAsking))).toBe(most(people, free));
    }),
  );
}); // prettier-ignore

test('nobody’s sex, origin or name is among what rules and weights are given', () => {
  const known = Object.keys(fc.sample(person, 1)[0]!).sort();
  expect(known).toEqual([
    ...['ageBand', 'availableFrom', 'away', 'communeCode', 'epciCode', 'frenchLevel', 'home', 'id', 'licences', 'needs'],
    ...['refusedTrades', 'registeredOn', 'seesPathway', 'situations', 'soughtKind', 'timeBands', 'travel'],
    ...['weeklyHoursLeast', 'weeklyHoursMost', 'wishedTrades'],
  ]);
}); // prettier-ignore
