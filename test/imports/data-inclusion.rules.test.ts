import { communeCodeOf, placeOf } from '../../src/imports/data-inclusion/place.rules.ts';
import * as services from '../../src/imports/data-inclusion/service.rules.ts';
import * as structures from '../../src/imports/data-inclusion/structure.rules.ts';
import { OfferKind } from '../../src/offers/offer.rules.ts';
import serviceSchema from '../../src/imports/data-inclusion/schema/service.json' with { type: 'json' };
import structureSchema from '../../src/imports/data-inclusion/schema/structure.json' with { type: 'json' };

describe('the networks of a structure', () => {
  test.each([
    [['aci'], 'INSERTION_ENTERPRISE', null, ['ACI']],
    [['coorace', 'ai', 'ei'], 'INSERTION_ENTERPRISE', null, ['AI', 'EI']],
    [['aci', 'ccas-cias'], 'COMMUNE', 'CCAS', ['ACI']],
    [['communes'], 'COMMUNE', null, []],
    [['plie'], 'PLIE', null, []],
    [['mutualite-sociale-agricole'], 'BENEFITS_FUND', null, []],
    [['mission-locale'], 'EMPLOYMENT_SERVICE', null, []],
    [['departements'], 'COUNCIL_SERVICE', null, []],
    [['geiq'], 'COMPANY', null, ['GEIQ']],
    [['emmaus'], 'ASSOCIATION', null, []],
    [null, 'ASSOCIATION', null, []],
  ])('%j make it %s', (reseaux_porteurs, kind, remit, accreditations) => {
    expect(structures.kindOf({ reseaux_porteurs })).toEqual({ kind, remit });
    expect(structures.accreditationsOf({ reseaux_porteurs })).toEqual(accreditations);
  });

  test('never make a second council, and tell when their name alone says too much', () => {
    for (const network of structureSchema.$defs.ReseauPorteur.enum)
      expect(structures.kindOf({ reseaux_porteurs: [network] }).kind).not.toBe('COUNCIL');
    expect(structures.isSensitive({ reseaux_porteurs: ['spip'] })).toBe(true);
    expect(structures.isSensitive({ reseaux_porteurs: ['mission-locale'] })).toBe(false);
  });
});

describe('the thématiques of a service', () => {
  test.each([
    [['mobilite--preparer-un-permis'], null, 'MOBILITY'],
    [['sante--addictions', 'sante--sante-mentale', 'numerique--acquerir-un-equipement'], null, 'HEALTH'],
    [['sante--constituer-un-dossier-mdph-invalidite'], null, 'RIGHTS_AND_LEGAL'],
    [['famille--garde-denfants'], null, 'CHILDCARE'],
    [
      ['numerique--acquerir-un-equipement', 'difficultes-financieres--acquerir-une-autonomie-budgetaire'],
      null,
      'DIGITAL',
    ],
    [['se-former--trouver-sa-formation'], 'formation', 'QUALIFYING_TRAINING'],
    [['trouver-un-emploi--maintien-dans-lemploi'], 'atelier', 'OTHER'],
    [null, null, 'OTHER'],
  ])('%j (%s) make it %s', (thematiques, type, kind) => {
    expect(services.kindOf({ thematiques, type })).toBe(kind);
  });

  test('all give a kind of the catalogue, and none a work offer', () => {
    for (const thematique of serviceSchema.$defs.Thematique.enum) {
      const kind = services.kindOf({ thematiques: [thematique], type: null });
      expect(OfferKind).toHaveProperty(kind);
      expect(['INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB', 'JOB', 'IMMERSION']).not.toContain(kind);
    }
  });
});

describe('the place of a row', () => {
  const nantes = { code: '44109', latitude: 47.2, longitude: -1.55 };
  const communes = new Map([[nantes.code, nantes]]);

  test('is its own point, else its commune’s, and nowhere when the commune is unknown', () => {
    expect(placeOf({ code_insee: '44109', latitude: 47.21, longitude: -1.5 }, communes)).toMatchObject({
      communeCode: '44109', latitude: 47.21, approximate: false,
    }); // prettier-ignore
    expect(placeOf({ code_insee: '44109', latitude: 471, longitude: -1.5 }, communes)).toMatchObject({
      latitude: 47.2, approximate: true,
    }); // prettier-ignore
    expect(placeOf({ code_insee: '99999' }, communes)).toMatchObject({ communeCode: null, latitude: null });
  });

  test('an arrondissement is its city’s', () => {
    expect(['75113', '69383', '13216', '2a004', '75056'].map(communeCodeOf)).toEqual([
      '75056', '69123', '13055', '2A004', '75056',
    ]); // prettier-ignore
  });
});
