import { readFileSync, readdirSync } from 'node:fs';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { buildSchema } from '../../src/server/schema.ts';
import { World } from '../kit/world.ts';

/** Every GraphQL document shown in the docs is one the hub takes, and every answer shown is the one it gives. */
const pages = [
  'README.md',
  'README.fr.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

interface Example {
  page: string;
  document: string;
  /** Each answer shown, and the actor of the demo it is given to. */
  answers: { actor: string; answer: string }[];
}

/** A block of JSON after a document is its answer: to the association, or to who stands beside `json`. */
function examplesOf(page: string): Example[] {
  const found: Example[] = [];
  for (const [, language, actor, text] of readFileSync(page, 'utf8').matchAll(
    /```(\w+)(?: (\S+))?\n([^]*?)```/g,
  )) {
    if (language === 'graphql') found.push({ page, document: text!, answers: [] });
    if (language === 'json') found.at(-1)?.answers.push({ actor: actor ?? 'association', answer: text! });
  }
  return found;
}

const examples = pages.flatMap(examplesOf);
let schema: GraphQLSchema;
let world: World;

beforeAll(async () => {
  schema = buildSchema().executable;
  world = await World.openDemo();
}, 60_000);
afterAll(() => world.close());

test('there are examples to check, with answers on both first screens', () => {
  const answered = examples.filter(({ answers }) => answers.length).map(({ page }) => page);
  expect(answered).toEqual(expect.arrayContaining(['README.md', 'README.fr.md']));
});

test.each(examples)('an example of $page is a document of the schema: $document', ({ document }) => {
  expect(validate(schema, parse(document)).map((error) => error.message)).toEqual([]);
});

test.each(readdirSync('bench/speed/operations'))(
  'what is measured as %s is a document of the schema',
  (file) => {
    const document = parse(readFileSync(`bench/speed/operations/${file}`, 'utf8'));
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  },
);

const shown = examples.flatMap(({ page, document, answers }) =>
  answers.map((each) => ({ page, document, ...each })),
);

test.each(shown)(
  'the answer shown in $page to $actor is the one given',
  async ({ document, actor, answer }) => {
    expect(await (await world.actor(actor)).get(document)).toEqual(JSON.parse(answer).data);
  },
);

test('the main job of the README: refer Nadia to the river banks, and the provider’s screen shows it', async () => {
  const [refer, watch] = ['mutation Refer', 'subscription'].map(
    (start) =>
      examples.find(
        (example) => example.page === 'README.md' && example.document.trimStart().startsWith(start),
      )!.document,
  );
  const council = await world.actor('council');
  const screen = await world.listening(await world.actor('enterprise'), watch!);
  const { people, vacancies } = await council.get(
    `{ people(filter: { text: "Nadia K" }) { nodes { id } } vacancies(filter: { text: "Entretien des berges", freePlacesAtLeast: 2 }) { nodes { id } } }`,
  );
  const { referPerson } = await council.get(refer!, {
    person: people.nodes[0].id,
    vacancy: vacancies.nodes[0].id,
  });
  expect(referPerson).toMatchObject({ userErrors: [], referral: { state: 'SENT' } });
  const [seen] = await screen.until(1);
  expect(seen.referralUpdated).toMatchObject({
    event: { type: 'referral.sent' },
    referral: { state: 'SENT', person: { ageBand: expect.any(String), identity: null } },
  });
});
