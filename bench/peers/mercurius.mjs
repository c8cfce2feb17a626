/**
 * Mercurius with JIT and loaders over the hub's tables, as a careful user would write it: the hub's own words for the fields
 * that are asked, named prepared statements for plain rows, one for each level, under the hub's policies.
 */
import { fastify } from 'fastify';
import mercurius from 'mercurius';
import { asViewer, pool, ready, viewerOf } from './kit.mjs';

const schema = `
  type Commune { code: ID! name: String! }
  type Organisation { id: ID! name: String! kind: String! vacancies(first: Int!): Vacancies! }
  type Site { id: ID! name: String! }
  type Offer { id: ID! title: String! kind: String! state: String! confirmedAt: String commune: Commune organisation: Organisation! }
  type Vacancy { id: ID! title: String state: String! startsOn: String places: Int free: Int distanceKm: Float site: Site
    organisation: Organisation! offer: Offer referrals(first: Int!): Referrals! }
  type Identity { lastName: String firstName: String }
  type Person { id: ID! reference: String! identity: Identity referrals(first: Int!): Referrals! }
  type Placement { id: ID! state: String! startedOn: String! contractEndsOn: String }
  type Move { move: String! fromState: String toState: String! at: String! }
  type Referral { id: ID! state: String! version: Int! sentAt: String deadline: String person: Person offer: Offer vacancy: Vacancy
    sender: Organisation placement: Placement history: [Move!]! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Organisations { nodes: [Organisation!]! pageInfo: PageInfo! }
  type Vacancies { nodes: [Vacancy!]! pageInfo: PageInfo! }
  type Offers { nodes: [Offer!]! pageInfo: PageInfo! totalCount: Int! }
  type Referrals { nodes: [Referral!]! pageInfo: PageInfo! }
  enum VacancyState { OPEN CLOSED FILLED }
  enum OfferKind { INSERTION_ENTERPRISE_JOB QUALIFYING_TRAINING LITERACY INSERTION_WORKSITE }
  enum Order { DEADLINE }
  enum How { PHONE }
  enum Answer { ACCEPT }
  scalar Date
  input Near { commune: ID! km: Float! }
  input VacancyFilter { states: [VacancyState!] }
  input OfferFilter { text: String kinds: [OfferKind!] freePlacesAtLeast: Int }
  input OrganisationFilter { epci: ID }
  input ReferralFilter { toAnswer: Boolean }
  input Agreement { given: Boolean! how: How! on: Date! }
  input NewReferral { person: ID! vacancy: ID send: Boolean! personAgreement: Agreement }
  input ReferralAcceptance { referral: ID! }
  input Line { referral: ID! move: Answer! }
  input ReferralAnswers { lines: [Line!]! }
  type UserError { code: String! field: [String!] }
  type Payload { referral: Referral userErrors: [UserError!]! }
  type LinePayload { id: ID! referral: Referral userErrors: [UserError!]! }
  type LinesPayload { lines: [LinePayload!]! userErrors: [UserError!]! }
  type Query {
    vacancies(first: Int!, near: Near!, filter: VacancyFilter): Vacancies!
    person(id: ID!): Person
    organisations(first: Int!, filter: OrganisationFilter): Organisations!
    offers(first: Int!, filter: OfferFilter): Offers!
    referrals(first: Int!, orderBy: Order!, filter: ReferralFilter): Referrals!
  }
  type Mutation {
    referPerson(input: NewReferral!): Payload!
    acceptReferral(input: ReferralAcceptance!): Payload!
    answerReferrals(input: ReferralAnswers!): LinesPayload!
  }`;

const texts = new Map();

/** Rows as the viewer of the request. */
async function read({ settings }, name, text, values) {
  if (!texts.has(name)) texts.set(name, asViewer(text, values.length));
  const asked = { name, text: texts.get(name), values: [...values, ...Object.values(settings)] };
  return (await pool.query(asked)).rows;
}

const pageOf = (rows, size) => ({
  nodes: rows.slice(0, size),
  pageInfo: {
    hasNextPage: rows.length > size,
    endCursor: rows.length ? Buffer.from(rows[Math.min(rows.length, size) - 1].id).toString('base64') : null,
  },
});
const vacancy = `vacancy.id, vacancy.title, vacancy.state, vacancy.starts_on as "startsOn", vacancy.places, vacancy.free,
  vacancy.site_id as "siteId", vacancy.organisation_id as "organisationId", vacancy.offer_id as "offerId"`;
const offer = `offer.id, offer.title, offer.kind, offer.state, offer.confirmed_at as "confirmedAt", offer.commune_code as "communeCode",
  offer.organisation_id as "organisationId"`;
const referral = `referral.id, referral.state, referral.version, referral.sent_at as "sentAt", referral.due_at as deadline, referral.person_id as "personId",
  referral.offer_id as "offerId", referral.vacancy_id as "vacancyId", referral.sender_id as "senderId"`;

const outcome = ({ code, ...row }) => ({
  referral: row.id === null ? null : row,
  userErrors: code === null ? [] : [{ code, field: code === 'NO_PLACE_LEFT' ? ['vacancy'] : null }],
});

const resolvers = {
  Query: {
    async vacancies(_, { first, near: { commune, km } }, context) {
      const rows = await read(context, 'near', `select ${vacancy}, bench.kilometres(vacancy, $1) as "distanceKm"
        from bench.vacancies_near($1, $2) vacancy limit $3`, [commune, km, first + 1]); // prettier-ignore
      return pageOf(rows, first);
    },
    async person(_, { id }, context) {
      return (await read(context, 'person', 'select id, reference from person where id = $1', [id]))[0];
    },
    async organisations(_, { first, filter }, context) {
      const text = 'select id, name, kind from bench.partners_of($1) limit $2';
      return pageOf(await read(context, 'partners', text, [filter.epci, first + 1]), first);
    },
    async offers(_, { first, filter: { text, kinds, freePlacesAtLeast } }, context) {
      const asked = [text.split(' '), kinds, freePlacesAtLeast];
      const [rows, [{ count }]] = await Promise.all([
        read(context, 'found', `select ${offer} from bench.offers_found($1, $2, $3) offer limit $4`, [...asked, first + 1]),
        read(context, 'counted', 'select count(*)::int as count from bench.offers_found($1, $2, $3)', asked),
      ]); // prettier-ignore
      return { ...pageOf(rows, first), totalCount: count };
    },
    async referrals(_, { first }, context) {
      const text = `select ${referral} from bench.inbox() referral limit $1`;
      return pageOf(await read(context, 'inbox', text, [first + 1]), first);
    },
  },
  Mutation: {
    async referPerson(_, { input: { person, vacancy: place, personAgreement } }, context) {
      const { on, how } = personAgreement;
      const values = [person, place, on, how, context.viewer.member];
      return outcome(
        (await read(context, 'refer', 'select * from bench.refer($1, $2, $3, $4, $5)', values))[0],
      );
    },
    async acceptReferral(_, { input }, context) {
      const values = [input.referral, context.viewer.member];
      return outcome((await read(context, 'accept', 'select * from bench.accept($1, $2)', values))[0]);
    },
    async answerReferrals(_, { input: { lines } }, context) {
      const values = [lines.map((line) => line.referral), context.viewer.member];
      const rows = await read(context, 'answer', 'select * from bench.answer($1, $2)', values);
      return { lines: rows.map((row) => ({ id: row.id, ...outcome(row) })), userErrors: [] };
    },
  },
};

/** One statement for all objects of a level; each finds its own. */
function byKey(name, key, text, column = 'id') {
  return async (queries, context) => {
    const ids = [...new Set(queries.map(({ obj }) => obj[key]).filter(Boolean))];
    const rows = ids.length ? await read(context, name, text, [ids]) : [];
    const known = new Map(rows.map((row) => [row[column], row]));
    return queries.map(({ obj }) => known.get(obj[key]) ?? null);
  };
}

function manyOf(name, text) {
  return async (queries, context) => {
    const size = queries[0].params.first;
    const rows = await read(context, name, text, [queries.map(({ obj }) => obj.id), size + 1]);
    const known = Map.groupBy(rows, (row) => row.parent);
    return queries.map(({ obj }) => pageOf(known.get(obj.id) ?? [], size));
  };
}

const organisation = (key) =>
  byKey('organisations', key, 'select id, name, kind from organisation where id = any($1)');
const offerOf = byKey('offers', 'offerId', `select ${offer} from offer where id = any($1)`);
const pageOfEach = (columns, rows) => `select parent.id as parent, child.* from unnest($1::text[]) parent (id)
  cross join lateral (select ${columns} from ${rows} limit $2) child`;

const loaders = {
  Organisation: {
    vacancies: manyOf('recruitments', pageOfEach(vacancy, `vacancy where organisation_id = parent.id
      and (state in ('OPEN', 'FILLED') or organisation_id = app.viewer_organisation()) order by id`)),
  },
  Offer: {
    organisation: organisation('organisationId'),
    commune: byKey('communes', 'communeCode', 'select code, name from commune where code = any($1)', 'code'),
  },
  Vacancy: {
    site: byKey('sites', 'siteId', 'select id, name from site where id = any($1)'),
    organisation: organisation('organisationId'),
    offer: offerOf,
    referrals: manyOf('sent', pageOfEach(referral, 'referral where vacancy_id = parent.id order by id desc')),
  },
  Person: {
    async identity(queries, context) {
      const text = 'select person_id as id, last_name as "lastName", first_name as "firstName" from person_identity where person_id = any($1)';
      const rows = await read(context, 'identities', text, [queries.map(({ obj }) => obj.id)]);
      for (const { id } of rows) context.shown.add(id);
      const known = new Map(rows.map((row) => [row.id, row]));
      return queries.map(({ obj }) => known.get(obj.id) ?? null);
    },
    referrals: manyOf('ofPerson', pageOfEach(referral, 'referral where person_id = parent.id order by id desc')),
  },
  Referral: {
    person: byKey('people', 'personId', 'select id, reference from person where id = any($1)'),
    offer: offerOf,
    vacancy: byKey('vacancies', 'vacancyId', `select ${vacancy} from vacancy where id = any($1)`),
    sender: organisation('senderId'),
    placement: byKey('placed', 'id', `select id, state, started_on as "startedOn", contract_ends_on as "contractEndsOn", referral_id as referral
      from placement where referral_id = any($1) and state <> 'UNDONE'`, 'referral'),
    async history(queries, context) {
      const text = `select referral_id as parent, upper(move) as move, from_state as "fromState", to_state as "toState", at
        from referral_move where referral_id = any($1) order by id`;
      const rows = await read(context, 'history', text, [queries.map(({ obj }) => obj.id)]);
      const known = Map.groupBy(rows, (row) => row.parent);
      return queries.map(({ obj }) => known.get(obj.id) ?? []);
    },
  },
}; // prettier-ignore

const app = fastify();
app.register(mercurius, {
  ...{ schema, resolvers, loaders, jit: 1, graphiql: false },
  async context({ headers }) {
    return { ...(await viewerOf(headers)), shown: new Set() };
  },
});
await app.ready();
// names are shown once the line is written
app.graphql.addHook('onResolution', async (execution, context) => {
  if (context.shown.size)
    await read(context, 'note', 'select bench.note($1, $2, $3) as noted', [[...context.shown], context.viewer.member, 'referrals']);
}); // prettier-ignore
ready(await app.listen({ port: 0, host: '127.0.0.1' }), () => app.close());
