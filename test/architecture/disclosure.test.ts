import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { templateDatabase, urlsOf } from '../kit/cluster.ts';

/**
 * Nothing of a category is read without a note for the access log. The tables of a category are those whose policy
 * asks `app.may_see(person_id, <category>)` or `sees(…)` of one, or of each row's own; their columns carry the note, so
 * that whatever selects them takes it. What the parties of a referral see with it is no record of a person; a link
 * between records names nobody: the records it leads to are noted when they are read.
 */
/** Whose rows say themselves what they tell: that of their policy, and what else they were made of. */
const sayingMore = ['assignment_line'];

let tables: { name: string; category: string }[];

beforeAll(async () => {
  const hub = new pg.Client({ connectionString: urlsOf(templateDatabase).hub });
  await hub.connect();
  const { rows } = await hub.query<{ name: string; category: string }>(`
    select tablename as name,
      (regexp_match(qual, $$app\\.(?:may_see\\(person_id, |may_change\\(person_id, |people_open\\()'?(\\w+)$$))[1] as category
    from pg_policies where cmd = 'SELECT' and tablename not in ('access_log', 'person_link') and qual !~ 'sender_id'
      and qual ~ $$app\\.(may_(see|change)\\(person_id, (category|'(?!CORE)\\w+')|people_open\\('(?!CORE)\\w+')$$ order by 1`);
  tables = rows.map((row) => (sayingMore.includes(row.name) ? { ...row, category: 'category' } : row));
  await hub.end();
});

const root = join(import.meta.dirname, '../../src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('demo'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

test('each table of a category is declared with it', () => {
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['person_identity', 'person_contact', 'need']));
  const declared = ({ name, category }: (typeof tables)[number]) =>
    category === 'category'
      ? new RegExp(`[^y]\\('${name}'(?=[^;]*category(: sql|, of))`, 's')
      : new RegExp(
          `categoryTable\\(\\s*'${name}',\\s*\\w+,\\s*'${category}',?\\s*\\)|\\('${name}'[^;]*category: '${category}',\\s*of:`,
        );
  const undeclared = tables.filter((each) => !sources.some(({ text }) => declared(each).test(text)));
  expect(undeclared).toEqual([]);
}); // prettier-ignore

/** Where such a table is named in SQL, and why nothing is handed out there without a note. */
const named: Record<string, string> = {
  'sharing/glass.store.ts': 'finds one person by exact identity, as the hub; hands out their id alone',
  'people/person.list.ts': 'filters and orders: what standing on the page tells is noted with it',
  'worklist/worklist.store.ts':
    'who follows and has nothing under way: standing on the page is noted with it',
  'people/need.store.ts': 'its declared columns; locks and saves',
  'people/situation.store.ts': 'its declared columns; locks and saves',
  'people/profile.store.ts': 'its declared columns; saves',
  'doubles/compare.store.ts': 'as the hub: who is to decide about a link, by ids alone',
  'doubles/sight.actions.ts': 'as the hub: whom a confirmed link opens a record to, by ids alone',
  'agenda/unmet.store.ts':
    'counts of whose needs the viewer reads; where they are few each is noted, as in a list',
  'pathway/engagement.store.ts': 'its declared columns; locks and saves',
  'pathway/pathway.store.ts': 'its declared columns; locks and saves',
  'indicators/figure.store.ts': 'as the role of figures: of whom there is something to count, by ids alone',
  'indicators/wanted.store.ts': 'as the role of figures: counts people, and hands out numbers alone',
  'eligibility/diagnosis.store.ts': 'its declared columns; locks and saves',
  'entitlements/entitlement.store.ts': 'its declared columns; that somebody had a right on a day, to figures',
  'intake/flux/identify.ts':
    'as the hub: whom of those known an adult of a fund’s file is, by ids alone; told in no answer',
  'intake/flux/write.ts': 'as the hub: what a fund told, compared with what it tells; handed to nobody',
  'intake/flux/undo.ts': 'as the hub: what was believed before a file; handed to nobody',
  'intake/flux/leaving.ts': 'as the hub: whether somebody has another right here; handed to nobody',
  'intake/flux/file.store.ts': 'as the hub: whose right stands in no file, by ids alone',
  'eligibility/pass.store.ts': 'its declared columns; that no pass runs today is a warning, never the fact',
  'referrals/decline.store.ts': 'whether something of the person changed since a refusal, never what',
  'referrals/verdict.store.ts': 'the hub judges by them; what is kept and told is a verdict, never the fact',
  'referrals/next-best.store.ts':
    'orders vacancies by distance from home, for who reads it anyway; hands out vacancies alone',
  'matches/person-known.store.ts':
    'its rows carry the note of all they were read from, each category by itself',
  'planning/facts.store.ts':
    'who is whose referent, for the thread that solves; a line is noted by what it was made of when it is shown',
  'planning/line.store.ts': 'its declared columns; locks and saves',
  'matches/shortlist.store.ts':
    'hands out ids; whoever is then shown is read, and noted, by person-known.store.ts',
  'matches/concerned.store.ts':
    'ids of whom to compare; who is then shown, or one of few counted, is read, and noted, by person-known.store.ts',
  'indicators/fact.store.ts': 'as the role of figures: counts signatures by their days; no row of anybody',
  'indicators/unmet-count.store.ts':
    'as the role of figures: counts needs by theme and place; no row of anybody',
  'indicators/published.store.ts': 'as the hub: since when there are needs at all',
  'notices/follow.store.ts':
    'as the hub: whose pathway an engagement is on, to tell its referent; never what it says',
  'people/referent.store.ts': 'its declared columns; saves',
  'casefiles/erasure.store.ts': 'ends the referent of somebody erased',
  'people/rectification.store.ts':
    'what the viewer’s own organisation replaced, to give it back; written again under its rights, and handed to nobody',
  'intake/person.undo.ts': 'as the hub: whether anything hangs on a registration, never what',
  'casefiles/retention.store.ts': 'when somebody last acted; hands out dates alone',
};

test('SQL names such a table only where somebody thought about what it hands out', () => {
  const naming = new RegExp(`\\b(from|join|update|into)\\s+(public\\.)?(${tables.map(({ name }) => name).join('|')})\\b`);
  const files = sources.filter(({ text }) => text.split('\n').some((line) => !/^\s*(\/?\*|\/\/)/.test(line) && naming.test(line)));
  expect(files.map(({ file }) => file).filter((file) => !named[file])).toEqual([]);
  expect(Object.keys(named).filter((file) => !files.some((each) => each.file === file))).toEqual([]);
}); // prettier-ignore
