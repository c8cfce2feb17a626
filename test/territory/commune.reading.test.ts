import { Readable } from 'node:stream';
import { readCommunes } from '../../src/territory/commune.reading.ts';

const read = (text: string) => readCommunes(Readable.from([Buffer.from(text)]));

test('the headings of INSEE: only communes count, the proper name is taken', async () => {
  const { communes, skipped } = await read(
    'TYPECOM,COM,REG,DEP,NCC,NCCENR,LIBELLE\n' +
      'COM,44180,52,44,VALLONS DE L ERDRE,Vallons-de-l’Erdre,Vallons-de-l’Erdre\n' +
      'COMD,44180,52,44,SAINT MARS LA JAILLE,Saint-Mars-la-Jaille,Saint-Mars-la-Jaille\n',
  );
  expect(communes).toEqual([{ line: 2, code: '44180', name: 'Vallons-de-l’Erdre' }]);
  expect(skipped).toBe(1);
});

test('the headings of La Poste: a line per postal code, one commune; arrondissements are none', async () => {
  const { communes, skipped } = await read(
    '\uFEFF#Code_commune_INSEE;Nom_de_la_commune;Code_postal;coordonnees_gps\r\n' +
      '44109;NANTES;44300;47.2316, -1.5482\r\n44109;NANTES;44000;47.2316, -1.5482\r\n75101;PARIS 01;75001;\r\n',
  );
  expect(communes).toEqual([
    {
      line: 2,
      code: '44109',
      name: 'NANTES',
      postalCodes: ['44000', '44300'],
      latitude: 47.2316,
      longitude: -1.5482,
    },
  ]);
  expect(skipped).toBe(1);
});

test('the JSON of geo.api.gouv.fr, with its GeoJSON centre', async () => {
  const { communes } = await read(
    JSON.stringify([
      {
        code: '49007',
        nom: 'Angers',
        codesPostaux: ['49000', '49100'],
        codeEpci: '244900015',
        population: 157_555,
        centre: { type: 'Point', coordinates: [-0.5583, 47.4819] },
      },
    ]),
  );
  expect(communes).toEqual([
    {
      line: 1,
      code: '49007',
      name: 'Angers',
      postalCodes: ['49000', '49100'],
      epciCode: '244900015',
      population: 157_555,
      latitude: 47.4819,
      longitude: -0.5583,
    },
  ]);
});

test('what a spreadsheet does to numbers is undone', async () => {
  const { communes } = await read('code_insee;population;latitude;longitude\n1004;"15 934";45,95;5,36\n');
  expect(communes).toEqual([
    { line: 2, code: '01004', population: 15_934, latitude: 45.95, longitude: 5.36 },
  ]);
});

test.each([
  ['nantes;;;', 'code is no INSEE code'],
  [';44109;;', 'code is missing'],
  ['44109;x;;', 'population is no whole number'],
  ['44109;-1;;', 'population is below zero'],
  ['44109;1;6689000;355000', 'latitude is off the Earth; longitude is off the Earth'],
  ['44109;1;47.2;', 'latitude and longitude go together'],
])('%s is refused: %s', async (row, reason) => {
  const { communes, refused } = await read(`code;population;latitude;longitude\n44001;1;;\n${row}\n`);
  expect(refused).toEqual([{ line: 3, reason: expect.stringContaining(reason) }]);
  expect(communes).toHaveLength(1);
});

test('a name that is not UTF-8 is refused, not stored broken', async () => {
  const { refused } = await readCommunes(
    Readable.from([Buffer.from('code,nom\n49023,Beaupr\xe9au\n', 'latin1')]),
  );
  expect(refused).toEqual([{ line: 2, reason: 'name is not UTF-8' }]);
});

test('a file that is no list of communes is refused whole', async () => {
  await expect(read('id,name\n1,x\n')).rejects.toThrow('no list of communes');
  await expect(read('[{"code": "44109"}, {')).rejects.toThrow();
});
