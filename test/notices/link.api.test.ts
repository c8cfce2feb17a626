import sql from 'sql-template-tag';
import { addressOf, Posted, tokenIn } from '../kit/notices.ts';
import { done, Scene } from '../kit/referrals.ts';
import { eventually } from '../kit/world.ts';

let posted: Posted;
let scene: Scene;
let to: string;

beforeAll(async () => {
  posted = await Posted.open();
});
beforeEach(async () => {
  scene = await Scene.open(posted.world, { title: 'Entretien des berges' });
  to = await addressOf(posted.world, scene.provider.memberId);
});
afterAll(() => posted.close());

const address = (path: string) => `${posted.world.server.url}${path}`;
const get = (path: string, headers: Record<string, string> = {}) => fetch(address(path), { headers });
const post = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(address(path), { method: 'POST', body: new URLSearchParams(form), headers });
const signedIn = (token: string, as: { token: string } = scene.provider) =>
  get(`/n/${token}`, { authorization: `Bearer ${as.token}` });

/** A referral sent, and the token of the link its provider was mailed. */
async function mailed(allowed = true) {
  if (allowed) await allow();
  const { id } = await scene.sent();
  await posted.tell();
  return { id, token: tokenIn(posted.mailbox.to(to).at(-1)!.text) };
}

async function allow() {
  const manager = await scene.receiver.member();
  const input = { organisation: scene.receiver.id, answersByMail: true };
  const { organisation } = await manager.run(
    'updateOrganisation',
    'OrganisationUpdate',
    input,
    'organisation { answersByMail }',
  );
  expect(organisation.answersByMail).toBe(true);
}

async function codeFor(token: string): Promise<string> {
  const before = posted.mailbox.to(to).length;
  expect((await post(`/n/${token}/code`)).status).toBe(200);
  await eventually(() => posted.mailbox.to(to).length > before);
  return /\b(\d{6})\b/.exec(posted.mailbox.to(to).at(-1)!.text)![1]!;
}

const stateOf = async (id: string) =>
  (await posted.world.rows(sql`select state, reason, acknowledged_by from referral where id = ${id}`))[0];
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a link opens', () => {
  test('however often a scanner looks, the referral for the member who is signed in, once', async () => {
    const { id, token } = await mailed(false);
    for (const _ of [1, 2, 3]) expect((await get(`/n/${token}`)).status).toBe(200);
    const opened = await signedIn(token);
    expect(await opened.json()).toEqual({
      kind: 'REFERRAL_TO_ANSWER',
      referral: id,
      deadline: expect.any(String),
      url: `https://tool.example/r/${id}`,
    });
    expect((await signedIn(token)).status).toBe(404);
    expect((await get(`/n/${token}`)).status).toBe(404);
  });

  test('for nobody else, and is not used up by them', async () => {
    const { token } = await mailed(false);
    const colleague = await scene.receiver.member();
    const tool = await scene.receiver.tool(['referrals:read'], scene.provider.memberId);
    for (const other of [colleague, tool, scene.coordinator])
      expect((await signedIn(token, other)).status).toBe(404);
    expect((await signedIn(token, { token: 'no-token-of-ours' })).status).toBe(401);
    expect((await signedIn(token)).status).toBe(200);
  });

  test('a page in the member’s language, which loads and runs nothing and names nobody', async () => {
    const { token } = await mailed();
    const answer = await get(`/n/${token}`, { 'accept-language': 'en' });
    const page = await answer.text();
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('Entretien des berges');
    expect(page).not.toMatch(/<script|Member|@/);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('nothing any more after 72 hours, after any answer, or where nobody ever sent it: always the same page', async () => {
    const { token, id } = await mailed();
    const second = await mailed(false);
    done(await scene.move(scene.provider, 'acknowledgeReferral', id));
    const { clock } = posted.world;
    const gone = [await get(`/n/${token}`), await get(`/n/${'x'.repeat(43)}`), await get('/n/short')];
    const now = clock.now();
    clock.advanceDays(3);
    gone.push(await get(`/n/${second.token}`), await post(`/n/${second.token}/code`));
    clock.set(now);
    expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(new Set(await Promise.all(gone.map((each) => each.text()))).size).toBe(1);
  });

  test('nothing once a message was sent again with a new one', async () => {
    posted.mailbox.replies.push({ step: 'END', to, reply: '451 later', times: 1 });
    const { token } = await mailed(false).catch(async () => {
      posted.world.clock.set(new Date(Date.parse(posted.world.clock.now()) + 60_000).toISOString());
      await posted.deliver();
      return { token: tokenIn(posted.mailbox.to(to).at(-1)!.text) };
    });
    const [{ count }] = await posted.world.rows(
      sql`select count(*)::int from notice_link join notice on notice.id = notice_id where member_id = ${scene.provider.memberId}`,
    );
    expect(count).toBe(1);
    expect((await get(`/n/${token}`)).status).toBe(200);
  });
});

describe('a link answers, where the provider allowed it', () => {
  test('after the code: as that member, by the ordinary move, and once', async () => {
    const { id, token } = await mailed();
    const code = await codeFor(token);
    const answered = await post(`/n/${token}`, { code, answer: 'acknowledge', reason: 'OTHER' });
    expect(answered.status).toBe(200);
    expect(await stateOf(id)).toMatchObject({
      state: 'ACKNOWLEDGED',
      acknowledged_by: scene.provider.memberId,
    });
    const [event] = await posted.world.rows(
      sql`select actor_id, caused_by from event where subject_id = ${id} and type = 'referral.acknowledged'`,
    );
    expect(event).toEqual({ actor_id: scene.provider.memberId, caused_by: null });
    expect((await post(`/n/${token}`, { code, answer: 'decline', reason: 'OTHER' })).status).toBe(404);
  });

  test('two answers at once are one', async () => {
    const { id, token } = await mailed();
    const code = await codeFor(token);
    const both = await Promise.all(
      [1, 2].map(() => post(`/n/${token}`, { code, answer: 'decline', reason: 'NO_POSITION' })),
    );
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ state: 'DECLINED', reason: 'NO_POSITION' });
  });

  test('with the right code alone, five tries long; a new one may be asked three times', async () => {
    const { id, token } = await mailed();
    let code = await codeFor(token);
    for (const _ of [1, 2, 3, 4, 5])
      expect(
        (await post(`/n/${token}`, { code: wrong(code), answer: 'acknowledge', reason: 'OTHER' })).status,
      ).toBe(422);
    const exhausted = await post(`/n/${token}`, { code, answer: 'acknowledge', reason: 'OTHER' });
    expect(exhausted.status).toBe(422);
    expect(await stateOf(id)).toMatchObject({ state: 'SENT' });
    await codeFor(token);
    code = await codeFor(token);
    const sent = posted.mailbox.received.length;
    expect((await post(`/n/${token}/code`)).status).toBe(200);
    expect((await post(`/n/${token}`, { code, answer: 'waitlist', reason: 'OTHER' })).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ state: 'WAITLISTED' });
    expect(posted.mailbox.received).toHaveLength(sent);
  });

  test('a code lasts ten minutes, and is kept by no table', async () => {
    const { token } = await mailed();
    const code = await codeFor(token);
    const [kept] = await posted.world.rows(
      sql`select * from notice_link where code_hash is not null and used_at is null order by notice_id desc limit 1`,
    );
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${code}"|${token}`));
    const { clock } = posted.world;
    const now = clock.now();
    clock.set(new Date(Date.parse(now) + 600_001).toISOString());
    expect((await post(`/n/${token}`, { code, answer: 'acknowledge', reason: 'OTHER' })).status).toBe(422);
    clock.set(now);
  });

  test('what the move refuses is said, and the link stays', async () => {
    const { id, token } = await mailed();
    const code = await codeFor(token);
    const vacancy = await scene.vacancy(1);
    done(await scene.move(scene.provider, 'bindReferral', id, { vacancy }));
    await posted.world.db.write(posted.world.hub, (tx) =>
      tx.change(sql`update vacancy set state = 'CLOSED', closed_at = ${tx.now} where id = ${vacancy}`),
    );
    const refused = await post(`/n/${token}`, { code, answer: 'waitlist', reason: 'OTHER' });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('role="alert"')]);
    expect((await post(`/n/${token}`, { code, answer: 'decline', reason: 'NO_POSITION' })).status).toBe(200);
  });

  test('nowhere else: not where it was not allowed, not from another site, not without an answer', async () => {
    const { token } = await mailed(false);
    expect((await post(`/n/${token}/code`)).status).toBe(404);
    const allowed = await mailed();
    expect((await post(`/n/${allowed.token}/code`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect(
      (await post(`/n/${allowed.token}`, { code: '000000', answer: 'accept', reason: 'OTHER' })).status,
    ).toBe(404);
  });
});

test('whoever tries links is slowed', async () => {
  const tries = [];
  for (let n = 0; n < 25; n++) tries.push((await get(`/n/${'y'.repeat(43)}`)).status);
  expect(tries.at(-1)).toBe(429);
}); // prettier-ignore
