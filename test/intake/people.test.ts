import sql from 'sql-template-tag';
import { peopleSheet } from '../../src/intake/people.sheet.ts';
import { asExcel, importingAs, shortly } from '../kit/intake.ts';
import { coordinator, followers } from '../kit/people.ts';
import { type Asking, World, type Partner } from '../kit/world.ts';

/** A partner's own people, from its spreadsheet. */

let world: World;
let plie: Partner;
let asking: Asking;
beforeAll(async () => {
  world = await World.open();
  ({ plie } = await followers(world));
  asking = await coordinator(plie);
});
afterAll(() => world.close());

const importing = (content: string | Buffer, options: object = {}, as: Pick<Asking, 'memberId'> = asking) =>
  importingAs(world, as, {
    kind: peopleSheet,
    content,
    defaults: { legalBasis: 'PUBLIC_INTEREST' },
    ...options,
  });
const heading = 'numero;nom;prenom;date_de_naissance;commune_insee;telephone;besoins\n';
const found = async (reference: string) =>
  (
    await asking.get(
      `query ($r: String) { person(externalReference: $r) { id version soughtKind identity { lastName firstName birthDate }
        contact { phone address commune { code } } needs { nodes { theme } } referent { member { id } legalBasis } } }`,
      { r: reference },
    )
  ).person;
const counted = async () => {
  const tables = [
    'person',
    'person_identity',
    'event',
    'import_batch',
    'intake',
    'intake_change',
    'need',
    'person_access',
  ];
  const [row] = await world.rows(
    sql([
      `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
    ] as any),
  );
  return row;
};

test('an Excel file: `;`, CRLF, windows-1252, quotes over two lines, French days, the lost nought of a telephone', async () => {
  const { verdicts, counts, batch } = await importing(
    asExcel(
      'Numéro;NOM;Prénom;Date de naissance;Commune INSEE;Téléphone;Adresse;Besoins;Référent\n' +
        'EX-1;Lefœuvre;Zoé;02/03/1987;44109;612345678;"12 rue de l’Étang\nbâtiment C";mobilite, LOGEMENT;moi\n' +
        ';;;;;;;;\n' +
        'EX-2;"Le ""Grand""";Noël;;;;;;\n',
    ),
  );
  expect(shortly(verdicts)).toEqual(['2 CREATED', '5 CREATED']);
  expect([counts.created, batch]).toEqual([2, expect.stringMatching(/^imp_/)]);
  expect(await found('EX-1')).toMatchObject({
    identity: { lastName: 'Lefœuvre', firstName: 'Zoé', birthDate: '1987-03-02' },
    contact: { phone: '0612345678', address: '12 rue de l’Étang\r\nbâtiment C', commune: { code: '44109' } },
    needs: { nodes: expect.arrayContaining([{ theme: 'MOBILITE' }, { theme: 'LOGEMENT' }]) },
    referent: { member: { id: asking.memberId }, legalBasis: 'PUBLIC_INTEREST' },
  });
  expect(await found('EX-2')).toMatchObject({ identity: { lastName: 'Le "Grand"' } });
});

test.each([
  ['UTF-8 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  [
    'UTF-8 without, commas, English headings',
    (text: string) =>
      Buffer.from(
        text.replaceAll(';', ',').replace('numero,nom,prenom', 'external_reference,last_name,first_name'),
      ),
  ],
  ['UTF-16, tabs', (text: string) => Buffer.from(`\uFEFF${text.replaceAll(';', '\t')}`, 'utf16le')],
  ['a line `sep=;` before the headings', (text: string) => Buffer.from(`sep=;\n${text}`)],
])('%s', async (name, encoded) => {
  const reference = `ENC-${name.length}`;
  const { verdicts } = await importing(encoded(`numero;nom;prenom\n${reference};Évrard;Anaïs\n`));
  expect(verdicts.map(({ outcome, id }) => [outcome, id])).toEqual([['CREATED', reference]]);
  expect((await found(reference)).identity).toMatchObject({ lastName: 'Évrard', firstName: 'Anaïs' });
});

test('the same file again says unchanged, and writes nothing; one that differs changes that much', async () => {
  const rows = 'AG-1;Morvan;Lise;1990-05-17;44109;;MOBILITE\nAG-2;Cadiou;Paul;;44143;0240000000;\n';
  await importing(heading + rows);
  const before = await counted();
  const again = await importing(heading + rows);
  expect(shortly(again.verdicts)).toEqual(['2 UNCHANGED', '3 UNCHANGED']);
  expect(await counted()).toEqual({
    ...before,
    import_batch: before.import_batch + 1,
    intake: before.intake + 1,
  });
  const changed = await importing(
    `${heading}AG-1;Morvan;Lise;1990-05-17;44143;;MOBILITE,LOGEMENT\n${rows.split('\n')[1]!}`,
  );
  expect(shortly(changed.verdicts)).toEqual(['2 CHANGED', '3 UNCHANGED']);
  expect(await found('AG-1')).toMatchObject({ contact: { commune: { code: '44143' } }, version: 2 });
  // an empty cell says nothing, and clears nothing
  expect(shortly((await importing('numero;nom;prenom;telephone\nAG-2;Cadiou;Paul;\n')).verdicts)).toEqual([
    '2 UNCHANGED',
  ]);
  expect((await found('AG-2')).contact.phone).toBe('0240000000');
});

test('a dry run says the same of each row, and writes nothing at all', async () => {
  const content = `${heading}DR-1;Le Roux;Ana;;44109;;SANTE\nDR-2;;Ana;;;;\nDR-3;Le Roux;Eva;;99999;;\n`;
  const before = await counted();
  const rehearsed = await importing(content, { dryRun: true });
  expect(await counted()).toEqual(before);
  expect(rehearsed.batch).toBeNull();
  const done = await importing(content);
  expect(done.verdicts).toEqual(rehearsed.verdicts);
  expect(shortly(done.verdicts)).toEqual([
    '2 CREATED',
    '3 REFUSED INVALID_INPUT.REQUIRED (nom)',
    '4 REFUSED UNKNOWN_COMMUNE (commune_insee)',
  ]);
});

test('a bad row never stops the others, and each says why: the code, the column, a sentence', async () => {
  const big = 'x'.repeat(1 << 20);
  const { verdicts } = await importing(
    heading +
      'BR-1;Bon;Un;;;;\n' +
      'BR-2;Nom;Un;31/02/1990;;;\n' +
      `BR-3;${big};Un;;;;\n` +
      'BR-4;Nom;Un;;;appelez-moi;\n' +
      'BR-5;Nom;Un;;;;PISCINE\n' +
      'BR-1;Encore;Un;;;;\n' +
      'BR-6;Nom;Un;;;;;;trop\n' +
      ';Nom;Un;;;;\n' +
      'BR-7;Bon;Deux;;;;\n',
  );
  expect(shortly(verdicts)).toEqual([
    '2 CREATED',
    '3 REFUSED INVALID_INPUT.DAY (date_de_naissance)',
    '4 REFUSED INVALID_INPUT.LENGTH (nom)',
    '5 REFUSED INVALID_INPUT.PHONE (telephone)',
    '6 REFUSED INVALID_INPUT.NO_SUCH_CODE (besoins)',
    '7 REFUSED INVALID_INPUT.TWICE_IN_FILE',
    '8 REFUSED INVALID_INPUT.TOO_MANY_CELLS',
    '9 REFUSED INVALID_INPUT.REQUIRED (numero)',
    '10 CREATED',
  ]);
  expect(verdicts[5]!.reason).toMatch(/line 2/);
});

describe('a social security number', () => {
  const nir = '255081416802538';
  test.each([
    ['NIR', 'nir'],
    ['N° de sécurité sociale', 'numéro'],
    ['no_secu', 'secu'],
  ])('under the heading « %s »: the file is refused before a row is read', async (title) => {
    const content = `numero;nom;prenom;${title}\nNI-1;Nom;Un;${nir}\n`;
    await expect(importing(content)).rejects.toThrow(/column 4 looks like the social security number/);
  });

  test.each([
    ['with its key', nir],
    ['spaced', '2 55 08 14 168 025 38'],
    ['with a key that is wrong', '255081416802539'],
    ['thirteen digits', '2550814168025'],
    ['of Corsica', '1 84 12 2A 004 017 10'],
  ])('in a cell, %s: its row is refused, and it is told, stored and logged nowhere', async (_, written) => {
    const file = `numero;nom;prenom;adresse\nNI-2;Nom;Un;${written}\n${written};Nom;Deux;\nNI-3;${written};Trois;\n`;
    const { verdicts } = await importing(file);
    expect(shortly(verdicts)).toEqual([
      '2 REFUSED INVALID_INPUT.NIR (adresse)',
      '3 REFUSED INVALID_INPUT.NIR (numero)',
      '4 REFUSED INVALID_INPUT.NIR (nom)',
    ]);
    expect(JSON.stringify(verdicts)).not.toContain(written);
    expect(await found('NI-2')).toBeNull();
  });
});

test('the report names nobody: of a row, its line and the partner’s own number', async () => {
  const { verdicts } = await importing(`${heading}RE-1;Kerouanton;Maëlle;1990-05-17;99999;0612345678;\n`);
  const told = JSON.stringify(verdicts);
  for (const word of ['Kerouanton', 'Maëlle', '1990', '0612345678', '99999'])
    expect(told).not.toContain(word);
  expect(verdicts).toEqual([
    {
      file: 'file.csv',
      row: 1,
      line: 2,
      source: null,
      id: 'RE-1',
      outcome: 'REFUSED',
      reason: expect.any(String),
    },
  ]);
});

describe('who imports', () => {
  const row = (n: number) => `${heading}WH-${n};Nom;Un;;44109;;\n`;
  test('has the rights of the member named, row by row: no wall is passed', async () => {
    await importing(row(1));
    const colleague = await coordinator(plie, { people: 'PORTFOLIO' });
    expect(shortly((await importing(row(1), {}, colleague)).verdicts)).toEqual([
      '2 REFUSED NOT_FOUND (numero)',
    ]);
    const reader = await plie.member({ roles: ['READER'] });
    expect(shortly((await importing(row(2), {}, reader)).verdicts)).toEqual(['2 REFUSED NOT_ALLOWED']);
    const elsewhere = await coordinator(plie, { people: 'TERRITORY', territory: ['244900015'] });
    expect(shortly((await importing(row(2), {}, elsewhere)).verdicts)).toEqual(['2 REFUSED INVALID_INPUT.TERRITORY (commune_insee)']); // prettier-ignore
  });

  test('is the one whom the journal names', async () => {
    await importing(row(3));
    const { id } = await found('WH-3');
    const [event] = await world.rows(
      sql`select actor_kind, actor_id, organisation_id from event where subject_id = ${id}`,
    );
    expect(event).toEqual({ actor_kind: 'MEMBER', actor_id: asking.memberId, organisation_id: plie.id });
  });

  test('nobody, when the member may not sign in, nor who lost a right while it lasted', async () => {
    const gone = await coordinator(plie);
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`update member set state = 'SUSPENDED' where id = ${gone.memberId}`),
    );
    await expect(importing(row(4), {}, gone)).rejects.toThrow('may not sign in');
    const losing = await coordinator(plie);
    const many = Array.from({ length: 40 }, (_, n) => `LO-${n};Nom;Un;;;;`).join('\n');
    const onVerdicts = async ([verdict]: readonly { row: number }[]) => {
      if (verdict!.row === 10)
        await world.db.write(world.hub, (tx) => tx.change(sql`update member set roles = '{READER}' where id = ${losing.memberId}`)); // prettier-ignore
    };
    await expect(importing(heading + many, { onVerdicts }, losing)).rejects.toThrow(
      /rights of this member changed/,
    );
    const rows = await world.rows(sql`select 1 from person_handle where external_reference like 'LO-%'`);
    expect(rows).toHaveLength(24);
  });

  test('who is known elsewhere is registered all the same, and compared as anybody is', async () => {
    const content = `numero;nom;prenom;date_de_naissance\nDB-1;Quéméré;Ewen;1979-01-09\n`;
    await importing(content);
    const other = await coordinator(await world.organisation({ kind: 'PLIE' }));
    expect(shortly((await importing(content, {}, other)).verdicts)).toEqual(['2 CREATED']);
    const rows = await world.rows(sql`select found_by from person_count where found_id is not null`);
    expect(rows).toHaveLength(1);
  });
});

test('cut off half way, the same file goes on in the same batch, and makes nobody twice', async () => {
  const rows = Array.from({ length: 30 }, (_, n) => `CU-${n};Nom;Un;;44109;;\n`).join('');
  const cutAt = (row: number) => ({
    onVerdicts: ([verdict]: readonly { row: number }[]) => {
      if (verdict!.row === row) throw new Error('the power is cut');
    },
  });
  await expect(importing(heading + rows, cutAt(12))).rejects.toThrow(/12 rows created .* stand/s);
  const [{ id: begun }] = await world.rows(
    sql`select id from import_batch where state = 'RUNNING' order by id desc`,
  );
  const { batch, counts } = await importing(heading + rows);
  expect([batch, counts.created, counts.unchanged]).toEqual([begun, 18, 12]);
  expect(
    await world.rows(sql`select 1 from person_handle where external_reference like 'CU-%'`),
  ).toHaveLength(30);
  const [kept] = await world.rows(
    sql`select state, created, unchanged, fingerprint = id as forgotten from import_batch where id = ${batch}`,
  );
  expect(kept).toEqual({ state: 'DONE', created: 30, unchanged: 12, forgotten: true });
});

test('one file imported twice at the same time makes nobody twice', async () => {
  const rows = Array.from({ length: 12 }, (_, n) => `TW-${n};Nom;Un;;44109;;\n`).join('');
  const both = await Promise.all([importing(heading + rows), importing(heading + rows)]);
  expect(both.map(({ counts }) => counts.refused)).toEqual([0, 0]);
  expect(both[0].counts.created + both[1].counts.created).toBe(12);
  expect(both[0].batch).toBe(both[1].batch);
});

describe('a file that is refused whole, before anything is written', () => {
  test.each([
    ['numero;nom;prenom;shoe size\nA;B;C;38\n', /unknown: « shoe size »\. Known: numero, nom/],
    ['numero;nom\nA;B\n', /missing: prenom/],
    ['numero;nom;prenom;last_name\nA;B;C;B\n', /« nom » stands twice/],
    ['Durand;Nadia;1990\nMartin;Paul;1991\n', /the first line names no column\. Expected: numero/],
    [`numero;nom;prenom;255081416802538\n`, /unknown: number 4\./],
    ['numero;nom;prenom\nA;"Durand;C\nB;D;E\n', /a quote .* is never closed/],
    ['numero;nom;prenom\n', /holds no row/],
    ['', /is empty/],
    [Buffer.from([0x50, 0x4b, 0x03, 0x04, 0]), /is a workbook/],
    [Buffer.concat([Buffer.from('numero;nom;prenom\nA;Éléonore;Zoé'), Buffer.from([0xe9])]), /is damaged/],
  ])('%j', async (content, said) => {
    const before = await counted();
    await expect(importing(content)).rejects.toThrow(said);
    await expect(importing(content)).rejects.not.toThrow(/Durand|Nadia|255081416802538/);
    expect(await counted()).toEqual(before);
  });
});
