/** Who asks in a bench: partners that see nearly all, much, little and next to nothing of the programme. */
import { hubViewer, scopes } from '../../dist/src/kernel/viewer.js';

const member = (organisation, kind, of = {}) => ({
  ...hubViewer('bench'), kind: 'MEMBER', organisation, organisationKind: kind, member: organisation.replace('org_', 'mem_'),
  roles: ['MANAGER'], scopes, people: 'ALL', cause: null, ...of,
}); // prettier-ignore

export async function viewersOf(admin) {
  const ranked = async (column) =>
    (
      await admin.query(`select ${column} as id, count(*)::int as rows from referral
        where ${column} <> (select id from organisation where kind = 'COUNCIL') group by 1 order by 2 desc, 1`)
    ).rows;
  const [followers, providers] = [await ranked('follower_id'), await ranked('receiver_id')];
  const council = (await admin.query(`select id from organisation where kind = 'COUNCIL'`)).rows[0].id;
  const some = (list, share) => list[Math.floor((list.length - 1) * share)].id;
  const portfolio = followers[0].id;
  return {
    council: member(council, 'COUNCIL'),
    'council, a territory': member(council, 'COUNCIL', { people: 'TERRITORY', territory: ['244400404'] }),
    'largest follower': member(followers[0].id, 'PLIE'),
    'middling follower': member(some(followers, 0.5), 'PLIE'),
    'a portfolio': member(portfolio, 'PLIE', {
      people: 'PORTFOLIO',
      member: portfolio.replace('org_', 'mem_').slice(0, -2) + portfolio.slice(-1) + '1',
    }),
    'largest provider': member(providers[0].id, 'ASSOCIATION'),
    'middling provider': member(some(providers, 0.5), 'ASSOCIATION'),
    'smallest provider': member(some(providers, 1), 'ASSOCIATION'),
  };
}

/** Ids of what this viewer sees, for loads and edges: its own where it has any. */
export async function someOf(admin, viewer) {
  const ids = async (text, ...values) => (await admin.query(text, values)).rows.map(({ id }) => id);
  const { organisation } = viewer;
  const people = await ids(
    `select person_id as id from person_access where organisation_id = $1 and category = 'IDENTITY' and valid_until is null
     order by id limit 20`,
    organisation,
  );
  const party =
    viewer.organisationKind === 'COUNCIL' ? '$1::text is not null' : '$1 in (sender_id, receiver_id)';
  return {
    people,
    offers: await ids(`select distinct offer_id as id from (select offer_id from referral where ${party} limit 400) r limit 20`, organisation),
    referrals: await ids(`select id from referral where ${party} and sent_at is not null order by id desc limit 20`, organisation),
    placements: await ids(`select id from placement where ${party} order by id desc limit 20`, organisation),
  }; // prettier-ignore
}
