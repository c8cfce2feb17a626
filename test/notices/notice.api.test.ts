import sql from 'sql-template-tag';
import { forgetNotices } from '../../src/notices/forget.sweep.ts';
import { Notifier } from '../../src/notices/notifier.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hashOfToken, newToken } from '../../src/notices/secret.ts';
import { saveStop } from '../../src/notices/stop.store.ts';
import { smtpPost } from '../../src/notices/post.ts';
import { sweepReminders } from '../../src/referrals/reminder.sweep.ts';
import { addressOf, Posted } from '../kit/notices.ts';
import * as kit from '../kit/pathway.ts';
import { registerPerson } from '../kit/people.ts';
import { sweepReviews } from '../../src/pathway/engagement.sweep.ts';
import { done, Scene, vacancyOf } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { eventually, type Asking } from '../kit/world.ts';

let posted: Posted;
let scene: Scene;

beforeAll(async () => {
  posted = await Posted.open();
  scene = await Scene.open(posted.world, { title: 'Entretien des berges' });
});
afterAll(() => posted.close());

const address = (member: Asking) => addressOf(posted.world, member.memberId);
const noticed = (kind: string, referral: string) =>
  posted.world.rows(
    sql`select id, member_id, state, reason, delivery from notice where kind = ${kind} and referral_id = ${referral}`,
  );
const choose = (as: Asking, input: object, member = as.memberId) =>
  as.run('setNoticePreferences', 'NoticePreferences', { member, ...input }, 'member { id language version }');

describe('a referral that was sent', () => {
  test('is told at once to who may answer it, with a day and a link, in their language', async () => {
    const { id } = await scene.sent();
    await posted.tell();
    const [message] = posted.mailbox.to(await address(scene.provider)).slice(-1);
    expect(message!.subject).toMatch(
      /^Passerelle : une orientation attend votre réponse avant le \S+ \d+ \S+$/,
    );
    expect(message!.text).toContain('vers « Entretien des berges »');
    expect(message!.text).toMatch(/https:\/\/hub\.example\/n\/[\w-]{43}/);
    expect(message!.raw).toContain('List-Unsubscribe: <https://hub.example/notices>');
    expect(message!.raw).not.toContain(id);
    expect(await noticed('REFERRAL_TO_ANSWER', id)).toMatchObject([
      { member_id: scene.provider.memberId, state: 'SENT' },
    ]);
  });

  test('is told of its answer to who sent it, and not to who answered', async () => {
    const { id } = await scene.acknowledged();
    await posted.tell();
    expect(await noticed('ANSWER_RECEIVED', id)).toMatchObject([
      { member_id: scene.coordinator.memberId, state: 'SENT' },
    ]);
  });

  test('is told no more once it was answered', async () => {
    const { id } = await scene.sent();
    await posted.follow();
    done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
    await posted.tell();
    expect(await noticed('REFERRAL_TO_ANSWER', id)).toMatchObject([{ state: 'DROPPED', reason: 'ANSWERED' }]);
  });

  test('is told to no member who was suspended meanwhile', async () => {
    const other = await Scene.open(posted.world);
    const manager = await other.receiver.member();
    const { id } = await other.sent();
    await posted.follow();
    await manager.run(
      'suspendMember',
      'MemberSuspension',
      { member: other.provider.memberId },
      'member { id }',
    );
    await posted.deliver();
    expect(await noticed('REFERRAL_TO_ANSWER', id)).toMatchObject([{ state: 'DROPPED', reason: 'NOT_OPEN' }]);
  });

  test('is told to the managers where nobody answers by role', async () => {
    const other = await Scene.open(posted.world);
    const manager = await other.receiver.member();
    await manager.run(
      'suspendMember',
      'MemberSuspension',
      { member: other.provider.memberId },
      'member { id }',
    );
    const { id } = await other.sent();
    await posted.follow();
    expect(await noticed('REFERRAL_TO_ANSWER', id)).toMatchObject([
      { member_id: manager.memberId, delivery: 'DAILY' },
    ]);
  });
});

test('what only informs goes in one message, in the morning of a business day', async () => {
  const other = await Scene.open(posted.world, { title: 'Jardin potager' });
  const [one, two] = [await other.sent(), await other.sent()];
  for (const { id } of [one, two])
    done(await other.move(other.coordinator, 'withdrawReferral', id, { reason: 'MISTAKE' }));
  await posted.tell();
  const mine = () =>
    address(other.provider).then((to) =>
      posted.mailbox.to(to).filter(({ subject }) => /nouvelles/.test(subject)),
    );
  expect(await mine()).toEqual([]);
  const { clock } = posted.world;
  const now = clock.now();
  clock.set('2026-11-24T06:59:00.000Z');
  await posted.deliver();
  expect(await mine()).toEqual([]);
  clock.set('2026-11-24T07:00:00.000Z');
  const logins = loginsOf(await address(other.provider));
  await posted.deliver();
  expect(logins()).toBe(1);
  clock.set(now);
  const digests = await mine();
  expect(digests).toHaveLength(1);
  expect(digests[0]!.raw).toMatch(
    /^List-Unsubscribe:\s+<https:\/\/hub\.example\/notices\/stop\/[\w-]{43}>\r?$/m,
  );
  expect(digests[0]!.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  expect(digests[0]!.text.match(/« Jardin potager » est close/g)).toHaveLength(2);
});

test('the morning’s message stops by one click of the mail reader, once; what asks for an act is still told', async () => {
  const member = await scene.receiver.member({ roles: ['PROVIDER'] });
  const token = newToken();
  const [notice] = await posted.world.rows<{ id: string }>(sql`select id from notice limit 1`);
  await posted.world.db.write(posted.world.hub, async (tx) => {
    const id = newId('Notice');
    await tx.change(sql`insert into notice (id, event_id, kind, member_id, organisation_id, subject_type, subject_id, delivery, state, created_at, closed_at)
      select ${id}, event_id, 'GRANT_ENDED', ${member.memberId}, organisation_id, subject_type, subject_id, 'DAILY', 'SENT', ${tx.now}, ${tx.now}
      from notice where id = ${notice!.id}`, 1);
    await saveStop(tx, { noticeId: id, tokenHash: hashOfToken(token), usedAt: null });
  });
  const path = `${posted.world.server.url}/notices/stop/${token}`;
  const deliveries = async () =>
    Object.fromEntries(
      (await member.get('{ viewer { noticePreferences { kind delivery } } }')).viewer.noticePreferences
        .map(({ kind, delivery }: any) => [kind, delivery]),
    );
  expect(await (await fetch(path)).text()).toContain('<form method="post"');
  expect(await deliveries()).toMatchObject({ PLACEMENT_STARTED: 'DAILY', REFERRAL_TO_ANSWER: 'AT_ONCE' });
  const click = () => fetch(path, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  const both = await Promise.all([click(), click()]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect(await deliveries()).toMatchObject({ PLACEMENT_STARTED: 'NONE', REFERRAL_TO_ANSWER: 'AT_ONCE' });
  expect((await fetch(path)).status).toBe(404);
  const elsewhere = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
  expect((await fetch(path, elsewhere)).status).toBe(400);
}); // prettier-ignore

/** How often the hub looked up who this member is, until it is asked. */
function loginsOf(email: string): () => number {
  const { pool } = posted.world.db;
  const query = pool.query.bind(pool) as (...args: any[]) => any;
  let logins = 0;
  pool.query = ((...args: any[]) => {
    if (args[0]?.name === 'login-member' && args[0].values[0] === email) logins++;
    return query(...args);
  }) as typeof pool.query;
  return () => {
    pool.query = query as typeof pool.query;
    return logins;
  };
}

test('the journal is read on in as many statements, however many lines it has grown by', async () => {
  const { db } = posted.world;
  const followed = async (referrals: number) => {
    await posted.follow();
    for (let n = 0; n < referrals; n++) await scene.acknowledged();
    let statements = 0;
    db.onStatement = (text) => void (statements += /person_access|from referral/.test(text) ? 1 : 0);
    expect(await posted.follow()).toBe(2 * referrals);
    db.onStatement = () => {};
    return statements;
  };
  expect(await followed(1)).toBe(2);
  expect(await followed(4)).toBe(2);
  await posted.deliver();
});

describe('preferences', () => {
  test('a member chooses per kind and language; a manager of the same organisation may not', async () => {
    const other = await Scene.open(posted.world);
    expect(
      await choose(other.provider, {
        choices: [{ kind: 'REFERRAL_TO_ANSWER', delivery: 'NONE' }],
        language: 'EN',
      }),
    ).toMatchObject({ member: { language: 'EN' }, userErrors: [] });
    const { viewer } = await other.provider.get('{ viewer { noticePreferences { kind delivery chosen } } }');
    expect(viewer.noticePreferences).toContainEqual({
      kind: 'REFERRAL_TO_ANSWER',
      delivery: 'NONE',
      chosen: true,
    });
    expect(viewer.noticePreferences).toContainEqual({ kind: 'REMINDER', delivery: 'AT_ONCE', chosen: false });
    const manager = await other.receiver.member();
    expect((await choose(manager, {}, other.provider.memberId)).userErrors[0].code).toBe('NOT_ALLOWED');
    const before = posted.mailbox.received.length;
    const { id } = await other.sent();
    await posted.tell();
    expect(posted.mailbox.received).toHaveLength(before);
    const shown = await other.provider.get(
      '{ viewer { notices { totalCount nodes { kind state delivery reason closedAt referral { id state } } } } }',
    );
    expect(shown.viewer.notices).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          kind: 'REFERRAL_TO_ANSWER',
          state: 'NOT_MAILED',
          delivery: 'NONE',
          referral: { id, state: 'SENT' },
        },
      ],
    });
    const colleague = await other.receiver.member({ roles: ['PROVIDER'] });
    expect((await colleague.get('{ viewer { notices { totalCount } } }')).viewer.notices.totalCount).toBe(0);
    await choose(other.provider, { choices: [{ kind: 'REFERRAL_TO_ANSWER', delivery: null }] });
    await other.sent();
    await posted.tell();
    expect(posted.mailbox.to(await address(other.provider)).at(-1)!.subject).toMatch(
      /^Passerelle: a referral awaits your answer before \w+day \d+ \w+$/,
    );
  });

  test('one kind is named once, at the version read', async () => {
    const twice = {
      choices: [
        { kind: 'MEETING', delivery: 'NONE' },
        { kind: 'MEETING', delivery: 'DAILY' },
      ],
    };
    expect((await choose(scene.provider, twice)).userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['choices', '1', 'kind'],
    });
    expect((await choose(scene.provider, { version: 99 })).userErrors[0].code).toBe('STALE');
  });

  test('two choices at once are both kept', async () => {
    const member = await scene.receiver.member({ roles: ['PROVIDER'] });
    await Promise.all(
      ['MEETING', 'REMINDER'].map((kind) => choose(member, { choices: [{ kind, delivery: 'DAILY' }] })),
    );
    const { viewer } = await member.get('{ viewer { noticePreferences { kind chosen } } }');
    expect(
      viewer.noticePreferences
        .filter(({ chosen }: any) => chosen)
        .map(({ kind }: any) => kind)
        .sort(),
    ).toEqual(['MEETING', 'REMINDER']);
  });

  test('a tool has no notices of its own', async () => {
    const tool = await scene.receiver.tool(['referrals:read', 'referrals:write'], scene.provider.memberId);
    expect(await tool.get('{ viewer { notices { nodes { id } } noticePreferences { kind } } }')).toEqual({
      viewer: { notices: null, noticePreferences: null },
    });
  });
});

describe('nothing is lost or told twice', () => {
  test('by two hubs that read and send at the same time', async () => {
    const other = await Scene.open(posted.world);
    const colleague = await other.receiver.member({ roles: ['PROVIDER'] });
    const sent = [await other.sent(), await other.sent(), await other.sent()];
    await Promise.all([posted.tell(), posted.tell(), posted.tell()]);
    for (const member of [other.provider, colleague])
      expect(posted.mailbox.to(await address(member))).toHaveLength(sent.length);
  });

  test('by a process that dies after it made notices and before it said how far it had read', async () => {
    const { db } = posted.world;
    const { id } = await (await Scene.open(posted.world)).sent();
    db.onStatement = (text) => {
      if (text.includes('update journal_position')) throw new Error('killed');
    };
    await expect(posted.follow()).rejects.toThrow('killed');
    db.onStatement = () => {};
    expect(await noticed('REFERRAL_TO_ANSWER', id)).toEqual([]);
    await posted.follow();
    expect(await noticed('REFERRAL_TO_ANSWER', id)).toHaveLength(1);
    await posted.deliver();
  });

  test('by a process that dies after it took a notice: another sends it when the lease is over', async () => {
    const { db, clock } = posted.world;
    const { id } = await (await Scene.open(posted.world)).sent();
    await posted.follow();
    await db.write(posted.world.hub, (tx) =>
      tx.change(
        sql`update notice set due_at = due_at + interval '5 minutes', attempts = 1 where referral_id = ${id}`,
      ),
    );
    expect(await posted.deliver()).toBe(0);
    clock.set('2026-11-23T08:06:00.000Z');
    expect(await posted.deliver()).toBe(1);
  });
});

test('a referral left unanswered is told again at half, to managers, and to its sender with where else to go', async () => {
  const other = await Scene.open(posted.world, { title: 'Verger partagé' });
  const manager = await other.receiver.member();
  await offerInTables(other.receiver, { title: 'Rives du lac' }).then((offer) =>
    vacancyOf(other.receiver, offer, 2),
  );
  const { id } = await other.sent();
  const { clock } = posted.world;
  const now = clock.now();
  for (let day = 0; day < 18; day++) {
    clock.advanceDays(1);
    await sweepReminders(posted.world.db);
    await posted.tell();
  }
  clock.set(now);
  expect(await noticed('REMINDER', id)).toMatchObject([
    { member_id: other.provider.memberId, state: 'SENT' },
  ]);
  expect(await noticed('ESCALATION', id)).toMatchObject([{ member_id: manager.memberId, state: 'SENT' }]);
  expect(await noticed('EXPIRING', id)).toMatchObject([
    { member_id: other.coordinator.memberId, state: 'SENT' },
  ]);
  const [last] = posted.mailbox.to(await address(other.coordinator)).slice(-1);
  expect(last!.text).toMatch(
    /délai s’achève avant le \w+ \d+ \S+\.\nLes places ouvertes les plus proches :\n- /,
  );
  expect(last!.text).toContain('- Rives du lac');
});

test('a hub tells by itself, soon after it happened, and stops when told', async () => {
  const { db, server } = posted.world;
  const { hub } = server;
  const other = await Scene.open(posted.world);
  const office = { ...posted.office, post: smtpPost(posted.mailbox.url) };
  const notifier = new Notifier({ db, feed: hub.feed, office, log: hub.log });
  const to = await address(other.provider);
  await other.sent();
  await eventually(() => posted.mailbox.to(to).length === 1, 15_000);
  await notifier.stop();
});

test('notices are forgotten after ninety days, with their links', async () => {
  posted.world.clock.advanceDays(120);
  expect(await forgetNotices(posted.world.db)).toBeGreaterThan(5);
  expect(await posted.world.rows(sql`select 1 from notice_link union all select 1 from notice`)).toEqual([]);
}); // prettier-ignore

test('an engagement to sign, and a review that is near, are told to the referent alone, without a name', async () => {
  posted.world.clock.set('2027-03-01T08:00:00.000Z'); // behind all the rest
  const own = await Scene.open(posted.world);
  const council = await (await posted.world.organisation({ kind: 'COUNCIL' })).member({ roles: ['COORDINATOR'], people: 'ALL' });
  const { id: person } = await registerPerson(own.coordinator, { referent: {} });
  const { pathway } = await kit.orient(council, { person, orientation: 'SOCIAL', on: '2027-02-02' });
  const draft = async () => (await kit.draftEngagement(council, { pathway: pathway.id, kind: 'ENGAGEMENT' })).engagement.id as string;
  const told = (kind: string, engagement: string) => posted.world.rows(sql`select member_id, state, reason from notice where kind = ${kind} and subject_id = ${engagement} order by created_at, id`);
  const engagement = await draft();
  await posted.tell();
  posted.world.clock.advanceDays(1);
  await posted.deliver();
  const here = { member_id: own.coordinator.memberId };
  expect(await told('ENGAGEMENT_TO_SIGN', engagement)).toMatchObject([{ ...here, state: 'SENT' }]);
  expect(posted.mailbox.to(await address(own.coordinator)).at(-1)!.text).toContain('Un contrat d’engagement que votre organisme prépare attend une signature.');
  await kit.signEngagement(council, { engagement, by: 'REFERENT' });
  await posted.follow();
  await kit.signEngagement(own.coordinator, { engagement, by: 'PERSON', reviewOn: '2027-03-05' });
  await sweepReviews(posted.world.db);
  await posted.follow();
  posted.world.clock.advanceDays(1);
  await posted.deliver();
  expect((await told('ENGAGEMENT_TO_SIGN', engagement)).at(-1)).toMatchObject({ ...here, state: 'DROPPED', reason: 'ANSWERED' });
  expect(await told('REVIEW_DUE', engagement)).toMatchObject([{ ...here, state: 'SENT' }]);
  // whoever no longer follows the person is told nothing of them
  const next = await draft();
  await posted.follow();
  const elsewhere = await posted.world.organisation({ kind: 'PLIE' });
  const referent = await elsewhere.member();
  await council.run('assignReferent', 'ReferentAssignment', { person, organisation: elsewhere.id, member: referent.memberId, legalBasis: 'PUBLIC_INTEREST' }, 'person { id }');
  posted.world.clock.advanceDays(1);
  await posted.deliver();
  expect(await told('ENGAGEMENT_TO_SIGN', next)).toMatchObject([{ ...here, state: 'DROPPED', reason: 'NOT_OPEN' }]);
}); // prettier-ignore
