import {
  checkOffer,
  checkPublishable,
  checkSiaeKind,
  checkSuspension,
  exclusiveByDefault,
  isStale,
  OfferKind,
  offerMoves,
  OfferState,
  type OfferMove,
} from '../../src/offers/offer.rules.ts';
import { orderMeant, wordsMeant } from '../../src/offers/offer-search.rules.ts';
import { thematiques, thematiquesMeant } from '../../src/programme/thematique.rules.ts';

describe('the life of an offer', () => {
  const allowed: Record<OfferState, Partial<Record<OfferMove, OfferState>>> = {
    DRAFT: { publish: 'PUBLISHED', update: 'DRAFT', archive: 'ARCHIVED' },
    PUBLISHED: { update: 'PUBLISHED', confirm: 'PUBLISHED', suspend: 'SUSPENDED', archive: 'ARCHIVED' },
    SUSPENDED: { resume: 'PUBLISHED', update: 'SUSPENDED', confirm: 'SUSPENDED', archive: 'ARCHIVED' },
    ARCHIVED: {},
  };
  const pairs = Object.keys(OfferState).flatMap((state) =>
    offerMoves.moves.map((move): [OfferState, OfferMove] => [state as OfferState, move]),
  );

  test.each(pairs)('%s, %s: moves or refuses as the table says', (state, move) => {
    const to = allowed[state][move];
    const act = () => offerMoves.next(state, move, 'PROVIDER');
    if (to) expect(act()).toBe(to);
    else expect(act).toThrow(/WRONG_STATE/);
  });
});

test('work is exclusive, services, training and immersions are not', () => {
  expect(Object.values(OfferKind).filter(exclusiveByDefault)).toEqual([
    'INSERTION_WORKSITE',
    'INSERTION_ENTERPRISE_JOB',
    'JOB',
  ]);
});

describe('the kind of SIAE', () => {
  const held = [{ kind: 'ACI', fromDay: '2024-01-01', toDay: '2026-11-23' }];
  const worksite = { kind: 'INSERTION_WORKSITE', siaeKind: 'ACI' } as const;

  test('an accreditation held that day is enough, and not said is nothing to check', () => {
    expect(() => checkSiaeKind(worksite, held, '2026-11-22')).not.toThrow();
    expect(() => checkSiaeKind({ kind: 'JOB' }, [], '2026-11-22')).not.toThrow();
  });

  test('the day it ends it no longer holds, nor before it began', () => {
    for (const day of ['2026-11-23', '2023-12-31'])
      expect(() => checkSiaeKind(worksite, held, day)).toThrow(/NOT_ACCREDITED/);
  });

  test('a work site is an ACI’s, an enterprise job is not, an ordinary job is nobody’s', () => {
    expect(() => checkSiaeKind({ ...worksite, siaeKind: 'EI' }, held, '2026-01-01')).toThrow(/KIND/);
    for (const kind of ['INSERTION_ENTERPRISE_JOB', 'JOB', 'HEALTH'] as const)
      expect(() => checkSiaeKind({ kind, siaeKind: 'ACI' }, held, '2026-01-01')).toThrow(/KIND/);
  });
});

test('an offer is stale once nobody confirmed it for more than 90 days, while it is in the catalogue', () => {
  const offer = { state: 'PUBLISHED', confirmedAt: '2026-08-25T08:00:00.000Z' } as const;
  expect(isStale(offer, '2026-11-23T08:00:00.000Z')).toBe(false);
  expect(isStale(offer, '2026-11-23T08:00:00.001Z')).toBe(true);
  expect(isStale({ ...offer, state: 'SUSPENDED' }, '2026-12-01T08:00:00.000Z')).toBe(true);
  expect(isStale({ ...offer, confirmedAt: null }, '2026-11-23T08:00:00.000Z')).toBe(true);
  expect(isStale({ ...offer, state: 'ARCHIVED' }, '2027-11-23T08:00:00.000Z')).toBe(false);
});

test('to be published it needs a title, a description and a commune', () => {
  const whole = { title: 'Berges', description: 'Entretien', communeCode: '44109' };
  expect(() => checkPublishable(whole)).not.toThrow();
  for (const lack of [{ title: ' ' }, { description: null }, { description: ' ' }, { communeCode: null }])
    expect(() => checkPublishable({ ...whole, ...lack })).toThrow(/REQUIRED/);
});

test('codes of other bodies are held to their lists', () => {
  expect(thematiques).toHaveLength(69);
  expect(() =>
    checkOffer({ thematiques, publics: ['jeunes'], fees: 'gratuit', romeCodes: ['A1203'], weeklyHours: 26 }),
  ).not.toThrow();
  const wrong = [
    { thematiques: ['mobilite'] },
    { publics: ['young'] },
    { fees: 'cher' },
    { receptionModes: ['x'] },
    { mobilisationModes: ['x'] },
    { mobilisableBy: ['x'] },
    { serviceType: 'x' },
    { eligibilityZone: ['-'] },
    { romeCodes: ['A123'] },
    { weeklyHours: NaN },
    { weeks: 0 },
    { mobilisationLink: 'javascript:x' },
    { contactEmail: 'nobody' },
    { title: 'ab' },
    { romeCodes: Array<string>(101).fill('A1203') },
  ];
  for (const offer of wrong) expect(() => checkOffer(offer)).toThrow(/INVALID_INPUT/);
});

test('a suspension may end today, not yesterday', () => {
  expect(() => checkSuspension('2026-11-23', '2026-11-23')).not.toThrow();
  expect(() => checkSuspension('2026-11-22', '2026-11-23')).toThrow(/PAST/);
});

describe('what a search means', () => {
  test('a category stands for its thématiques, a code for itself', () => {
    expect(thematiquesMeant(['lecture-ecriture-calcul', 'mobilite--preparer-un-permis'])).toEqual([
      'lecture-ecriture-calcul--maitriser-le-calcul',
      'lecture-ecriture-calcul--maitriser-le-francais',
      'mobilite--preparer-un-permis',
    ]);
    expect(thematiquesMeant(['constructor'])).toEqual(['constructor']);
  });

  test('little words say nothing beside longer ones', () => {
    expect(wordsMeant('  l’entretien de la   rivière ')).toEqual(['entretien', 'rivière']);
    expect(wordsMeant('où')).toEqual(['où']);
    expect(wordsMeant(' …!')).toEqual([]);
  });

  test('nearest first only near something', () => {
    expect(orderMeant(null, true)).toBe('DISTANCE');
    expect(orderMeant(undefined, false)).toBe('FRESHNESS');
    expect(orderMeant('TITLE', true)).toBe('TITLE');
    expect(() => orderMeant('DISTANCE', false)).toThrow(/REQUIRED/);
  });
});
