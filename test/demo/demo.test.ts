import { AgreementKind } from '../../src/agreements/agreement.rules.ts';
import { Opinion } from '../../src/agreements/opinion.rules.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import { sweepRetention } from '../../src/casefiles/retention.sweep.ts';
import { actors } from '../../src/demo/actors.ts';
import { loadDemo } from '../../src/demo/demo.ts';
import { recountAll } from '../../src/indicators/figure.sweep.ts';
import { deliverNotices } from '../../src/notices/deliver.sweep.ts';
import { folderPost } from '../../src/notices/post.ts';
import { OrganisationKind } from '../../src/partners/organisation.rules.ts';
import { ReferralState } from '../../src/referrals/referral.rules.ts';
import { contentsOf } from '../kit/copy.ts';
import { TestHub, testKeys } from '../kit/hub.ts';
import { World } from '../kit/world.ts';
import { codedColumns } from './coded-columns.ts';

let world: World;

beforeAll(async () => {
  world = await World.openDemo();
}, 60_000);
afterAll(() => world.close());

const count = async (what: string) =>
  (await world.rows<{ n: number }>(sql`select count(*)::integer as n from ${raw(what)}`))[0]!.n;

test('it holds a département at work', async () => {
  expect(await count('offer')).toBe(150);
  expect(await count('vacancy where series_id is null')).toBe(401);
  expect(await count('person')).toBe(2000);
  expect(await count('referral')).toBe(6000);
  expect(await count('organisation')).toBeGreaterThanOrEqual(60);
  expect(await count('placement')).toBeGreaterThan(1000);
  expect(await count(`person_identity i where not exists (select from referent where person_id = i.person_id)`))
    .toBeLessThan(100); // prettier-ignore
});

test.each([
  ['organisation', 'kind', Object.keys(OrganisationKind)],
  ['referral', 'state', Object.keys(ReferralState)],
])('every code of %s.%s occurs', async (table, column, codes) => {
  const rows = await world.rows<{ code: string }>(
    sql`select distinct ${raw(column)} as code from ${raw(table)}`,
  );
  expect(rows.map(({ code }) => code).sort()).toEqual([...codes].sort());
});

test.each(codedColumns)('%s.%s holds codes of its vocabulary alone', async (table, column, codes) => {
  const foreign = await world.rows(sql`select distinct code from ${raw(table)},
      lateral (select jsonb_array_elements_text(case jsonb_typeof(to_jsonb(${raw(column)}))
        when 'array' then to_jsonb(${raw(column)}) when 'null' then '[]' else jsonb_build_array(${raw(column)}) end)) each (code)
    where code <> all(${codes})`);
  expect(foreign).toEqual([]);
});

test('its figures are whole from the first day: to count everybody anew changes nothing', async () => {
  const figures = () =>
    world.db.write(world.hub, (tx) => tx.asFigures(() => tx.rows(sql`select
      (select count(*) from figure_stay) as stays, (select count(*) from figure_presence) as presences, (select count(*) from figure_path) as paths`)));
  const loaded = await figures();
  await recountAll(world.db);
  expect(await figures()).toEqual(loaded);
}); // prettier-ignore

test('first meetings are planned, held, missed, put off and off; one or two are still to be recorded', async () => {
  const states = await world.rows(sql`select distinct state from meeting_attendance order by 1`);
  expect(states.map(({ state }) => state)).toEqual(['CANCELLED', 'HELD', 'INVITED', 'NO_SHOW', 'RESCHEDULED']);
  expect(await count(`meeting where kind = 'COLLECTIVE' and state = 'PLANNED'`)).toBeGreaterThan(0);
  expect(await count(`meeting where kind = 'INDIVIDUAL' and state = 'PLANNED' and at > app.clock()`)).toBeGreaterThan(10);
  expect(await count(`meeting where state = 'PLANNED' and at < app.clock()`)).toBeGreaterThan(0);
}); // prettier-ignore

test('services tell who came, half of the employers how many hours were worked; nobody is met at night', async () => {
  expect(await count('attendance')).toBeGreaterThan(50);
  expect(await count(`worked_hours where worked between 1 and 200`)).toBeGreaterThan(50);
  expect(await count(`meeting where to_char(at at time zone 'Europe/Paris', 'HH24') not between '08' and '19'
    and at < app.clock() - interval '2 days'`)).toBe(0);
}); // prettier-ignore

test('one was closed in August, one will be; providers ask before they answer; some answers came late', async () => {
  expect(await count(`closure where to_char(from_day, 'MM') = '08' and to_day < app.clock()::date`)).toBe(1);
  expect(await count(`closure where from_day > app.clock()::date`)).toBe(1);
  expect(await count(`information_request i join clock_stop s on s.source_id = i.id where i.state = 'OPEN'`)).toBe(3);
  expect(await count(`referral where answered_late`)).toBeGreaterThan(0);
  expect(await count(`referral where answered_at is not null and answer_minutes is null`)).toBe(0);
  const unsaid = `referral where state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED') and reminder_due_at`;
  expect(await count(`${unsaid} > app.clock()`)).toBeGreaterThan(10);
  expect(await count(`${unsaid} <= app.clock()`)).toBe(0);
}); // prettier-ignore

describe('what must always hold', () => {
  test.each([
    ['held counts the referrals that hold a place', `vacancy v where held <>
      (select count(*) from referral where vacancy_id = v.id and holds_place)`],
    ['taken counts the placements that take one', `vacancy v where taken <>
      (select count(*) from placement where vacancy_id = v.id and takes_place and state <> 'UNDONE')`],
    ['what was accepted for counted places holds one', `referral r join vacancy v on v.id = r.vacancy_id
      where v.places is not null and (r.state in ('ACCEPTED', 'CANCELLATION_REQUESTED')) <> r.holds_place`],
    ['nobody waits where a place is free', `referral r join vacancy v on v.id = r.vacancy_id
      where r.state = 'WAITLISTED' and v.state = 'OPEN' and v.free > 0`],
    ['nobody waits for a closed vacancy', `referral r join vacancy v on v.id = r.vacancy_id
      where v.state = 'CLOSED' and r.state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED')`],
    ['a placement goes with its referral', `referral r left join placement p on p.referral_id = r.id
      where (r.state = 'PLACED' and p.state is distinct from 'STARTED' and p.state is distinct from 'SUSPENDED')
        or (r.state = 'CLOSED' and p.state is distinct from 'ENDED')
        or (r.state not in ('PLACED', 'CLOSED') and p.id is not null)`],
    ['no one holds two exclusive placements at once', `placement a join placement b
      on a.person_id = b.person_id and a.id < b.id and a.exclusive and b.exclusive
      where daterange(a.started_on, a.ended_on) && daterange(b.started_on, b.ended_on)`],
    ['history ends where the referral is', `referral r where r.state <> 'DRAFT' and r.state <>
      (select to_state from referral_move where referral_id = r.id order by id desc limit 1)`],
    ['each line of history starts where the last one ended', `(select from_state, lag(to_state, 1, 'DRAFT')
      over (partition by referral_id order by id) as before from referral_move) line where from_state <> before`],
    ['nothing live is overdue', `referral where due_at < app.clock()`],
    ['nothing lies in the future', `referral_move where at > app.clock()`],
    ['work is done under a contract', `placement p join offer o on o.id = p.offer_id
      where o.exclusive and not exists (select from contract where placement_id = p.id)`],
    ['contracts of one placement do not overlap', `contract a join contract b on a.placement_id = b.placement_id
      and a.id < b.id where daterange(a.from_day, a.to_day, '[]') && daterange(b.from_day, b.to_day, '[]')`],
    ['an ended placement has its outcome and follow-ups', `placement p where state = 'ENDED' and not (
      exists (select from outcome where placement_id = p.id and known_until is null)
      and exists (select from follow_up where placement_id = p.id))`],
    ['what was sent elsewhere names its successor', `referral r where next_id is null
      and exists (select from referral where previous_id = r.id)`],
    ['the seats of a meeting are those of who was there or is to come', `meeting m where seats_taken <>
      (select count(*) from meeting_attendance where meeting_id = m.id and state in ('INVITED', 'HELD', 'NO_SHOW'))`],
    ['nobody was met before the hour', `meeting_attendance where at > recorded_at and state in ('HELD', 'NO_SHOW')`],
    ['a meeting to come stops the clock of who awaits an answer', `meeting_attendance a join referral r on r.id = a.referral_id
      where a.state = 'INVITED' and a.at > app.clock() and r.state in ('SENT', 'ACKNOWLEDGED') and r.stopped_until is null`],
    ['the referent follows with a right of its own', `referent r where until is null and not exists (
      select from person_access where source_id = r.id and reason = 'REFERENT' and valid_until is null)`],
    ['a grant that runs opens what it names, to whom it names', `sharing_grant g, unnest(g.organisation_ids) o (id),
      unnest(g.categories) c (category) where (g.ended_at is null) <> exists (select from person_access a
        where a.source_id = g.id and a.organisation_id = o.id and a.category = c.category and a.reason = 'GRANT'
          and a.valid_from <= app.clock() and a.valid_until > app.clock())`],
    ['what emergencies opened is closed again', `broken_glass g where not exists (select from person_access a
      where a.source_id = g.id and a.valid_until = g.closes_at and a.valid_until < app.clock())`],
    ['the council reads everybody', `person p where not exists (select from person_access a join organisation o
      on o.id = a.organisation_id where a.person_id = p.id and o.kind = 'COUNCIL' and a.reason = 'PROGRAMME')`],
    ['what a link joined is one person, and counted once while it waits', `person_link l join person_count c
      on c.person_id = l.person_id where (l.state in ('PROPOSED', 'CONFIRMED')) <> (c.counted_as = l.into_id)
        or (l.state = 'CONFIRMED') <> (c.same_as = l.into_id)`],
    ['a commune with its CCAS apart never follows', `referral r join organisation o on o.id = r.sender_id
      where o.kind = 'COMMUNE' and o.remit is distinct from 'CCAS'`],
  ])('%s', async (_, broken) => expect(await count(broken)).toBe(0)); // prettier-ignore
});

test.each(actors)('$name has something of its own to read', async ({ name, kind, email }) => {
  const client = world.client(kind === 'TOOL' ? testKeys.toolKey(name) : await testKeys.memberToken(email));
  const data = await client.get(
    `{ viewer { organisation { id } } vacancies(first: 1) { totalCount } people(first: 1) { totalCount }
       sent: referrals(first: 1) { totalCount } }`,
  );
  expect(data.viewer.organisation.id).toMatch(/^org_/);
  expect(data.vacancies.totalCount).toBeGreaterThan(100);
  const withoutPeople = ['state', 'caf'].includes(name);
  const own = data.people.totalCount + data.sent.totalCount;
  if (withoutPeople) expect(own).toBe(0);
  else expect(own).toBeGreaterThan(0);
});

test('a workshop’s sessions, a cycle of one group, a host, a successor sought and a choice to make are there to be seen', async () => {
  expect(await count(`vacancy v join vacancy_series s on s.id = v.series_id where v.sessions <> '[]'`)).toBeGreaterThan(3);
  expect(await count(`vacancy where jsonb_array_length(sessions) > 5`)).toBeGreaterThan(0);
  expect(await count(`vacancy v where (v.sessions <> '[]') and (v.sessions -> 0 ->> 'on' <> v.starts_on::text
    or v.sessions -> -1 ->> 'on' <> v.ends_on::text)`)).toBe(0);
  expect(await count(`vacancy v join organisation o on o.id = v.host_id where o.kind = 'COMMUNE'`)).toBeGreaterThan(0);
  expect(await count(`placement p join vacancy v on v.id = p.replaced_by_id
    where p.state = 'STARTED' and v.state = 'OPEN' and v.offer_id = p.offer_id`)).toBe(1);
  const council = world.client(await testKeys.memberToken(actors[0]!.email));
  const { peopleToChooseFor } = await council.get('{ peopleToChooseFor { nodes { acceptancesToChoose { id } } } }');
  expect(peopleToChooseFor.nodes.length).toBeGreaterThan(0);
}); // prettier-ignore

test('partners agreed on something of every kind, and a session of the IAE council heard dossiers in every way', async () => {
  const signed = await world.rows(sql`select distinct kind from agreement where state = 'SIGNED' order by kind`);
  expect(signed.map(({ kind }) => kind)).toEqual(Object.keys(AgreementKind).sort());
  const council = await world.actor('council');
  const { agreements } = await council.get('{ agreements(filter: { states: [UNDER_OPINION, SIGNED] }, first: 100) { nodes { kind realised { fundedFte occupiedFte } terms { amounts { cents } } } } }');
  const occupied = agreements.nodes.filter(({ realised }: any) => realised?.occupiedFte > 0);
  expect(occupied.length).toBeGreaterThan(5);
  expect(occupied.filter(({ realised: { fundedFte, occupiedFte } }: any) => fundedFte && occupiedFte > 3 * fundedFte)).toEqual([]);
  const [{ on }] = await world.rows(sql`select session_on as on from agreement where opinion = 'UNFAVOURABLE'`);
  const { iaeSession } = await council.get(`{ iaeSession(on: "${on}") { dossiers { opinion realised { occupiedFte } exits { ended } } } }`);
  expect(iaeSession.dossiers.map(({ opinion }: any) => opinion).sort()).toEqual(Object.keys(Opinion).sort());
  const plie = await world.actor('plie');
  const { agreements: protocols } = await plie.get('{ agreements(filter: { kinds: [PLIE_PROTOCOL] }) { nodes { participants { entered exits { count } } } } }');
  expect(protocols.nodes[0].participants.entered).toBeGreaterThan(20);
}); // prettier-ignore

test('two people were erased: nothing says who they were, and what they did still counts', async () => {
  const erased = `person p join erasure e on e.person_id = p.id where p.erased_at is not null`;
  expect(await count(erased)).toBe(2);
  const left = ['person_identity', 'person_contact', 'person_profile', 'referral_note'].map(
    (table) => `exists (select from ${table} where person_id = p.id)`,
  );
  expect(await count(`${erased} and (${left.join(' or ')})`)).toBe(0);
  expect(await count(`referral where person_id in (select person_id from erasure)`)).toBeGreaterThan(0);
  expect(await count(`person_access a join erasure e using (person_id) where valid_until is null`)).toBe(0);
});

test('two people are under notice of erasure, and the night finds nothing to change', async () => {
  expect(await count(`retention_notice where state = 'OPEN' and erase_on > app.clock()`)).toBe(2);
  expect(await sweepRetention(world.db)).toEqual({ noticed: 0, kept: 0, erased: 0, failed: 0 });
});

describe('the story', () => {
  test('Nadia finds the banks first, 6.2 km away, with two places of six left', async () => {
    const council = world.client(await testKeys.memberToken(actors[0]!.email));
    const { vacancies } =
      await council.get(`{ vacancies(near: { commune: "44215", km: 15 }, orderBy: DISTANCE, first: 5,
      filter: { domains: [GREEN_SPACES], freePlacesAtLeast: 1 }) {
      nodes { distanceKm places free offer { title stale organisation { name } } site { commune { name } } } } }`);
    expect(vacancies.nodes[0]).toMatchObject({
      distanceKm: expect.closeTo(6.2, 1),
      places: 6,
      free: 2,
      offer: { title: 'Entretien des berges', stale: false, organisation: { name: 'Les Berges Vives' } },
      site: { commune: { name: 'Rezé' } },
    });
  });

  test('W is full with one waiting', async () => {
    const [w] = await world.rows(sql`select v.state, v.free, (select count(*)::integer from referral
        where vacancy_id = v.id and state = 'WAITLISTED') as waiting
      from vacancy v join site s on s.id = v.site_id where s.name = 'Jardins de l’Erdre'`);
    expect(w).toEqual({ state: 'FILLED', free: 0, waiting: 1 });
  });

  test('three referrals of the coordinator would expire tomorrow', async () => {
    const rows = await world.rows(sql`select r.id from referral r join member m on m.id = r.sender_member_id
      where m.email = ${actors[0]!.email} and r.state in ('SENT', 'ACKNOWLEDGED')
        and r.due_at between app.clock() + '1 day' and app.clock() + '2 days'`);
    expect(rows).toHaveLength(3);
  });

  test('she says stop: what was shared with the banks ends, and her place there is free', async () => {
    const council = world.client(await testKeys.memberToken(actors[0]!.email));
    const [p2] = await world.rows(sql`select person_id as person, organisation_ids[1] as organisation from sharing_grant
      join person_identity using (person_id) where last_name = 'Perrot' and ended_at is null`);
    const live = await council.get(`query ($p: ID!, $o: ID!) { referrals(filter: { person: $p, receiver: $o }) { nodes { state offer { title } } } }`, { p: p2.person, o: p2.organisation });
    expect(live.referrals.nodes).toEqual([{ state: 'ACCEPTED', offer: { title: 'Entretien des berges' } }]);
  }); // prettier-ignore

  test('one person has two acceptances, and two people share a name', async () => {
    const twice = await world.rows(sql`select person_id from referral r join offer o on o.id = r.offer_id
      where o.exclusive and r.state = 'ACCEPTED' group by person_id having count(*) > 1`);
    expect(twice.length).toBeGreaterThan(0);
    expect(
      await count(`person_identity where first_name = 'Marie' and last_name = 'Martin'`),
    ).toBeGreaterThan(1);
  });
});

test('it is loaded once', async () => {
  expect(await loadDemo(world.db, testKeys)).toBe(false);
  expect(await count('referral')).toBe(6000);
});

test('killed in the middle, it goes on where it was, also by two hubs at once, to the same rows', async () => {
  const other = await TestHub.open();
  try {
    const { db } = other.hub;
    const write = db.write.bind(db);
    let left = 25;
    db.write = (viewer, work) => {
      if (left-- === 0) throw new Error('killed');
      return write(viewer, work);
    };
    await expect(loadDemo(db, testKeys)).rejects.toThrow('killed');
    db.write = write;
    other.clock.advanceDays(1);
    await Promise.all([loadDemo(db, testKeys), loadDemo(db, testKeys)]);
    const [one, two] = [await contentsOf(world.server.database), await contentsOf(other.database)];
    for (const mayDiffer of [
      'access_log',
      'event',
      'event_audience',
      'demo_load',
      'person_access',
      'outcome',
      'migrations',
      // counted, and published, at the moment of loading
      ...['figure_stay', 'figure_presence', 'figure_path', 'published_table', 'published_cell'],
    ]) {
      expect(two[mayDiffer]!.rows).toBe(one[mayDiffer]!.rows); // transaction numbers and identities are their own
      delete one[mayDiffer];
      delete two[mayDiffer];
    }
    expect(two).toEqual(one);
  } finally {
    await other.close();
  }
}, 90_000);

// last: what is sent is no longer as it was loaded
test('the first morning’s mail of its actors is written into files, which name nobody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'));
  const { log } = world.server.hub;
  const office = {
    ...{ post: folderPost(folder), from: 'hub@passerelle.example', publicUrl: 'http://localhost:4000' },
    ...{ digestHour: 8, referralUrl: null, health: false },
  };
  const sent = await deliverNotices(world.db, office, log);
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  rmSync(folder, { recursive: true });
  expect([sent, files.length]).toEqual([await count('notice'), sent]);
  expect(files.some((file) => /^Subject: Passerelle : une orientation attend votre réponse avant le /m.test(file))).toBe(true);
  const people = await world.rows<{ name: string }>(sql`select last_name as name from person_identity join referral using (person_id)
    join notice on notice.referral_id = referral.id`);
  expect(people.length).toBeGreaterThan(5);
  const told = files.map((file) => file.slice(file.indexOf('\n\n')));
  expect(people.filter(({ name }) => told.some((text) => new RegExp(`\\b${name}\\b`, 'i').test(text)))).toEqual([]);
}); // prettier-ignore
