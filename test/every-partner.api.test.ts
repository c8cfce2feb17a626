import { OrganisationKind, type Remit } from '../src/partners/organisation.rules.ts';
import { AgreementKind } from '../src/agreements/agreement.rules.ts';
import { agreed, draftOf, tableOf, type Table } from './kit/agreements.ts';
import { registerPerson } from './kit/people.ts';
import { councilOf, type Asking, type Partner, siret, World } from './kit/world.ts';

/**
 * No partner is a mere label: each kind reads something of its own and writes something of its own. What its trade
 * will bring later (fluxes, indicators) is added to its line here.
 */
let world: World;
let council: Partner;
let table: Table;

beforeAll(async () => {
  world = await World.open();
  council = await councilOf(world);
  table = tableOf(world);
});
afterAll(() => world.close());

interface Work {
  remit?: Remit;
  /** A write that only its own members may do. */
  write: (member: Asking, partner: Partner) => Promise<unknown>;
  /** What it then reads: not empty, and its own. */
  read: string;
}

const done = (payload: any) => {
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload.userErrors));
  return payload;
};

const draftOffer = (kind: string, title: string) => async (member: Asking) =>
  done(await member.run('draftOffer', 'NewOffer', { kind, title, commune: '44109' }, 'offer { id }'));
const addSite = async (member: Asking) =>
  done(await member.run('addSite', 'NewSite', { name: 'Annexe', commune: '44143' }, 'site { id }'));
const update = async (member: Asking, partner: Partner) =>
  done(
    await member.run(
      'updateOrganisation',
      'OrganisationUpdate',
      { organisation: partner.id, phone: '+33240999999' },
      'organisation { id }',
    ),
  );
const registerPartner = async (member: Asking) => {
  const input = {
    kind: 'INSERTION_ENTERPRISE',
    name: 'Nouvelle structure',
    siret: siret(90_000 + world.next()),
  };
  return done(await member.run('registerOrganisation', 'NewOrganisation', input, 'organisation { id }'));
};
const person = (over: object) => (member: Asking) => registerPerson(member, over);

const ownOffers = '{ mine: viewer { organisation { offers(first: 1) { nodes { id } } } } }';
const ownPeople = '{ mine: people(first: 1) { nodes { id identity { lastName } } } }';
const ownSites = '{ mine: viewer { organisation { sites(first: 1) { nodes { id } } } } }';
const ownRecord = '{ mine: viewer { organisation { id phone } } }';
const partners = '{ mine: organisations(filter: { text: "Nouvelle structure" }, first: 1) { nodes { id } } }';

const ownAgreements =
  '{ mine: agreements(first: 1) { nodes { terms { amounts { funder cents } fundedFte } } } }';
const ownOpinions = '{ mine: agreements(filter: { states: [UNDER_OPINION] }) { nodes { opinion } } }';

const agreeWithCouncil = async (member: Asking) =>
  agreed(member, 'draftAgreement', {
    ...{ kind: 'CAOM', title: 'Objectifs et moyens', from: '2026-01-01' },
    parties: [{ organisation: council.id, role: 'FUNDER' }],
    terms: { to: '2026-12-31', fundedFte: 40 },
  });
/** The city contract’s own funding line. */
const fund = async (member: Asking) => {
  const { input } = await draftOf(table, 'CITY_CONTRACT');
  const { id } = await agreed(member, 'draftAgreement', input);
  await agreed(member, 'submitAgreement', { agreement: id });
  return agreed(member, 'signAgreement', { agreement: id });
};
/** On a convention that a State service laid before it. */
const giveOpinion = async (member: Asking, partner: Partner) => {
  const { id } = await table.submitted();
  const asked = { agreement: id, council: partner.id, sessionOn: table.today };
  await agreed((await table.state).as, 'requestOpinion', asked);
  return agreed(member, 'giveOpinion', { agreement: id, opinion: 'FAVOURABLE' });
};

const works: Record<keyof typeof OrganisationKind, Work> = {
  COUNCIL: { write: person({}), read: ownPeople },
  COUNCIL_SERVICE: {
    remit: 'WATER_AND_ENVIRONMENT',
    write: draftOffer('INSERTION_WORKSITE', 'Rives de la Loire'),
    read: ownOffers,
  },
  STATE: { write: agreeWithCouncil, read: ownAgreements },
  STATE_SERVICE: { remit: 'EMPLOYMENT', write: registerPartner, read: partners },
  PLIE: { write: person({}), read: ownPeople },
  COMMUNE: { write: addSite, read: ownSites },
  ASSOCIATION: { write: draftOffer('LITERACY', 'Atelier de français'), read: ownOffers },
  INSERTION_ENTERPRISE: { write: draftOffer('INSERTION_WORKSITE', 'Espaces verts'), read: ownOffers },
  COMPANY: { write: draftOffer('JOB', 'Agent de production'), read: ownOffers },
  IAE_COUNCIL: { write: giveOpinion, read: ownOpinions },
  CITY_CONTRACT: { write: fund, read: ownAgreements },
  BENEFITS_FUND: { write: update, read: ownRecord },
  EMPLOYMENT_SERVICE: { write: person({}), read: ownPeople },
};

/** Whether an answer holds anything at all below its root. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

test.each(Object.entries(works))('%s writes something of its own, and reads it', async (kind, work) => {
  const of = { kind: kind as keyof typeof OrganisationKind, ...(work.remit && { remit: work.remit }) };
  const partner = kind === 'COUNCIL' ? council : await world.organisation(of);
  const member = await partner.member();
  await work.write(member, partner);
  expect(isEmpty((await member.get(work.read)).mine)).toBe(false);
});

test('a commune’s social centre (CCAS) follows people; its commune sees none of them', async () => {
  const commune = await (await world.organisation({ kind: 'COMMUNE' })).member();
  const ccas = await (await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' })).member();
  const { id } = await registerPerson(ccas);
  const ask = 'query ($id: ID!) { person(id: $id) { id } people { totalCount } }';
  expect((await ccas.get(ask, { id })).person).toEqual({ id });
  expect(await commune.get(ask, { id })).toEqual({ person: null, people: { totalCount: 0 } });
});

test.each(Object.keys(AgreementKind) as AgreementKind[])(
  'an agreement of kind %s is made by who leads such, and read by each of its parties',
  async (kind) => {
    const { lead, provider, input } = await draftOf(table, kind);
    const { id } = await agreed(lead.as, 'draftAgreement', input);
    await agreed(lead.as, 'submitAgreement', { agreement: id });
    if (kind === 'IAE_CONVENTION') {
      const { partner, as } = await table.iaeCouncil;
      const asked = { agreement: id, council: partner.id, sessionOn: table.today };
      await agreed(lead.as, 'requestOpinion', asked);
      await agreed(as, 'giveOpinion', { agreement: id, opinion: 'FAVOURABLE' });
    }
    expect((await agreed(lead.as, 'signAgreement', { agreement: id })).state).toBe('SIGNED');
    const query = 'query ($id: ID!) { agreement(id: $id) { state terms { amounts { cents } } } }';
    for (const each of [provider.as, await council.member({ roles: ['READER'] })])
      expect((await each.get(query, { id })).agreement).toMatchObject({ state: 'SIGNED', terms: { amounts: [{}] } });
  },
); // prettier-ignore
