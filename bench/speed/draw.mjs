/** Who asks what of each operation: drawn from the programme by its own order, the same for the same programme. */
import { readFileSync } from 'node:fs';

export const reads = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'];
export const writes = ['M1', 'M2', 'M3'];

export function documentOf(operation) {
  return readFileSync(new URL(`operations/${operation}.graphql`, import.meta.url), 'utf8');
}

/** By operation the asks of a read: by whom (an address to sign in with) and with which variables. */
export async function drawReads(admin, cast) {
  const rows = async (text, ...values) => (await admin.query(text, values)).rows;
  const { council, followers, providers } = cast;
  const communes = await rows(`select commune_code as commune, 5 + 5 * (row_number() over () % 4)::int as km
    from (select commune_code, count(*) from vacancy where state = 'OPEN' group by 1 order by 2 desc, 1 limit 64) busy`);
  const people = await Promise.all(followers.map((follower) => followedBy(rows, follower)));
  const epcis =
    await rows(`select epci_code as epci from organisation join commune on commune.code = commune_code
    where epci_code is not null group by 1 order by count(*) desc, 1 limit 16`);
  const titles =
    await rows(`select distinct on (md5(title)) split_part(title, ' ', 1) as text, kind from offer
    where state = 'PUBLISHED' order by md5(title) limit 64`);
  const turn = (list, at) => list[at % list.length];
  return {
    Q1: communes.map((variables, at) => ({ by: turn(followers, at), variables })),
    Q2: followers.flatMap((by, at) => people[at].map(({ person }) => ({ by, variables: { person } }))),
    Q3: epcis.map((variables) => ({ by: council, variables })),
    Q4: titles.map(({ text, kind }, at) => ({
      by: turn(followers, at),
      variables: { text, kinds: at % 3 ? null : [kind], places: at % 2 ? null : 1 },
    })),
    Q5: providers.map((by) => ({ by, variables: {} })),
  };
}

const followedBy = (rows, { organisation }) =>
  rows(
    `select person_id as person from referral where follower_id = $1 and sent_at is not null
       and exists (select from person_access reach where reach.person_id = referral.person_id and reach.organisation_id = $1
         and reach.category = 'PATHWAY' and reach.valid_until is null)
     group by 1 having count(*) > 3 order by md5(person_id) limit 16`,
    organisation,
  );

/** The partners who ask: the council, the largest of those who follow people, the largest providers. */
export async function castOf(admin) {
  const largest = async (column, most) =>
    (
      await admin.query(`select ${column} as organisation from referral
        where ${column} <> (select id from organisation where kind = 'COUNCIL') group by 1 order by count(*) desc, 1 limit ${most}`)
    ).rows.map(asManager);
  const [council] = (await admin.query(`select id as organisation from organisation where kind = 'COUNCIL'`)).rows;
  return { council: asManager(council), followers: await largest('follower_id', 4), providers: await largest('receiver_id', 16) };
} // prettier-ignore

/** The first member of each partner sees all of its people. */
function asManager({ organisation }) {
  const number = Number(organisation.slice('org_01'.length));
  return {
    organisation,
    member: `mem_01${String(number * 10).padStart(24, '0')}`,
    email: `m0@org${number}.example`,
  };
}
