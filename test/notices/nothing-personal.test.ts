import { Writable } from 'node:stream';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { serializers } from '../../src/config/log.ts';
import { eventTypes, type EventType } from '../../src/events/event-types.ts';
import { record } from '../../src/events/journal.ts';
import { newId } from '../../src/kernel/ids.ts';
import { NoticeKind } from '../../src/notices/kind.rules.ts';
import { tellings } from '../../src/notices/tellings.ts';
import { subjectOf, textOf, unquoted } from '../kit/mailbox.ts';
import { Posted, tokenIn } from '../kit/notices.ts';
import { registerPerson } from '../kit/people.ts';
import { started } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { breakGlass, sentence, shared } from '../kit/sharing.ts';

/** Whatever happens to people whose names nobody could miss, no byte that leaves by mail or into a log is about them. */
const person = {
  identity: {
    lastName: 'Zébulonova',
    firstName: 'Quetzalcoatline',
    birthName: 'Xanthopoulos',
    birthDate: '1987-03-19',
  },
  contact: {
    phone: '+33698765432',
    email: 'quetzal@zebulon.example',
    address: '77 impasse des Hippogriffes',
  },
  numbers: { franceTravail: '1234567X' },
};
const need = { theme: 'MOBILITE', detail: 'Ne conduit plus depuis l’ornithorynque' };
const note = 'Préfère être appelée Philomène-Wilhelmine';
const secrets = [
  ...['Zébulonova', 'Quetzalcoatline', 'Xanthopoulos', '1987-03-19', '698765432'],
  ...[
    'quetzal@',
    'zebulon.example',
    'Hippogriffes',
    '1234567X',
    'MOBILITE',
    'ornithorynque',
    'Philomène',
    'Wilhelmine',
  ],
];

let posted: Posted;
let logged = '';

beforeAll(async () => {
  const out = new Writable({ write: (chunk, _, next) => ((logged += String(chunk)), next()) });
  posted = await Posted.open({ log: pino({ level: 'trace', serializers }, out) });
});
afterAll(() => posted.close());

/** Everything a mail holds, as it travels and as it reads. */
const bytes = () =>
  posted.mailbox.received.map(({ raw }) =>
    [
      raw,
      unquoted(raw),
      unquoted(raw.replace(/=\r?\n/g, '')),
      subjectOf(raw),
      textOf(raw),
      decoded(raw),
    ].join('\n'),
  );
const decoded = (raw: string) =>
  raw.replace(/^[A-Za-z0-9+/]{40,}={0,2}$/gm, (line) => Buffer.from(line, 'base64').toString('utf8'));

/** A person followed, referred, placed, shared and opened in an emergency; told in one language. */
async function life(language: 'FR' | 'EN') {
  const { world } = posted;
  const scene = await Scene.open(world, { title: 'Entretien des berges' });
  for (const member of [
    scene.coordinator,
    scene.provider,
    await scene.sender.member(),
    await scene.receiver.member(),
  ]) {
    const choices = Object.keys(NoticeKind).map((kind) => ({
      kind,
      delivery: kind.length % 2 ? 'AT_ONCE' : 'DAILY',
    }));
    await member.run(
      'setNoticePreferences',
      'NoticePreferences',
      { member: member.memberId, language, choices },
      'member { id }',
    );
  }
  const { id } = await registerPerson(scene.coordinator, person);
  const stated = await scene.coordinator.run('recordNeed', 'NewNeed', { person: id, ...need }, 'need { id }');
  const grant = (await shared(scene.coordinator, { person: id, organisation: scene.receiver.id })).id;
  await breakGlass(await scene.sender.member({ roles: ['COORDINATOR'] }), { person: id, detail: sentence });
  const placement = await started(scene, { person: id, vacancy: await scene.vacancy(2) });
  const referral = await scene.sent({ person: id, vacancy: await scene.vacancy(3) });
  await scene.coordinator.run(
    'addReferralNote',
    'NewReferralNote',
    { referral: referral.id, category: 'OTHER', text: note },
    'referral { id }',
  );
  return { scene, id, need: stated.need.id, grant, placement: placement.id, referral: referral.id };
}

/** A pathway with an engagement in force and another one to sign. */
async function undertaken(scene: Scene, person: string): Promise<Record<'DRAFT' | 'SIGNED', string>> {
  const pathway = newId('Pathway');
  const ids = { DRAFT: newId('Engagement'), SIGNED: newId('Engagement') };
  await posted.world.db.write(posted.world.hub, async (tx) => {
    await tx.change(sql`insert into pathway (id, person_id, began_on, orientation, decided_by, referent_organisation_id, engagement_due_on, created_at, updated_at)
      values (${pathway}, ${person}, '2026-11-02', 'SOCIAL', ${scene.sender.id}, ${scene.sender.id}, '2026-12-02', ${tx.now}, ${tx.now})`, 1);
    for (const [state, id] of Object.entries(ids)) {
      const on = state === 'SIGNED' ? '2026-11-03' : null;
      await tx.change(sql`insert into engagement (id, person_id, pathway_id, kind, state, drafted_by, goals, activities,
          person_signed_on, referent_signed_on, signed_on, signed_at, review_on, created_at, updated_at)
        values (${id}, ${person}, ${pathway}, 'ENGAGEMENT', ${state}, ${scene.sender.id}, '{}', '[]', ${on}, ${on}, ${on},
          ${on && tx.now}, ${on && '2026-12-01'}, ${tx.now}, ${tx.now})`, 1);
    }
  });
  return ids;
} // prettier-ignore

/** Says that each thing the journal knows happened to this person. */
async function everything({
  scene,
  id,
  grant,
  placement,
  referral,
  need: needId,
}: Awaited<ReturnType<typeof life>>) {
  const engagements = await undertaken(scene, id);
  const subjects: Record<string, [string, string]> = {
    'engagement.drafted': ['Engagement', engagements.DRAFT],
    'engagement.half_signed': ['Engagement', engagements.DRAFT],
    engagement: ['Engagement', engagements.SIGNED],
    ...{ person: ['Person', id], grant: ['SharingGrant', grant], placement: ['Placement', placement] },
    ...{ referral: ['Referral', referral], need: ['Need', needId], offer: ['Offer', scene.offer] },
  };
  await posted.world.db.write(posted.world.hub, async (tx) => {
    for (const type of Object.keys(eventTypes) as EventType[]) {
      const [noun, subject] = subjects[type] ??
        subjects[type.split('.')[0]!] ?? ['Organisation', scene.sender.id];
      const facts = { referral, state: 'SENT', theme: need.theme };
      await record(tx, {
        type,
        subject: { type: noun, id: subject, version: 1 },
        person: id,
        audience: [scene.sender.id, scene.receiver.id],
        facts,
      });
    }
  });
}

test.each(['FR', 'EN'] as const)(
  'no message, subject, link or log tells of a person: every event, in %s',
  async (language) => {
    await everything(await life(language));
    await posted.follow();
    posted.mailbox.replies.push({ step: 'END', reply: '451 later, Zorro', times: 2 });
    await posted.deliver();
    posted.world.clock.advanceDays(1);
    await posted.deliver();
    const sent = await posted.world.rows<{ kind: string }>(
      sql`select distinct kind from notice where state = 'SENT'`,
    );
    const told = new Set(Object.values(tellings).flatMap((each) => each.map(({ kind }) => kind)));
    expect(sent.map(({ kind }) => kind).sort()).toEqual(
      [...told].filter((kind) => !skipped.includes(kind)).sort(),
    );
    posted.mailbox.replies.push({ step: 'RCPT', reply: '550 no Zorro here', times: 1 });
    await (await Scene.open(posted.world)).sent();
    await posted.tell();
    const all = [...bytes(), logged];
    expect(all.length).toBeGreaterThan(10);
    expect(
      secrets.filter((secret) => all.some((each) => each.toLowerCase().includes(secret.toLowerCase()))),
    ).toEqual([]);
    expect(logged).toContain('not taken by the mail server');
    expect(logged).not.toMatch(/@|Zorro/);
  },
);
/** What the referral's state says is over when its time comes. */
const skipped = ['CANCELLATION_REQUESTED', 'WAIT_ENDING'];

test('nor does the page behind a link', async () => {
  const link = posted.mailbox.received.find(({ text }) => /\/n\//.test(text))!;
  const page = await (await fetch(`${posted.world.server.url}/n/${tokenIn(link.text)}`)).text();
  expect(page).toContain('Entretien des berges');
  expect(secrets.filter((secret) => page.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
});

test('and the search sees them where they are, however a message writes them', async () => {
  const words = JSON.stringify({ person, need, note });
  await posted.office.post.send({
    id: 'x',
    from: 'a@a.example',
    to: 'b@b.example',
    subject: words,
    text: words,
    html: words,
  });
  const [last] = bytes().slice(-1);
  expect(secrets.filter((secret) => !last!.includes(secret))).toEqual([]);
});

test('every kind has an event that tells of it', () => {
  const told = new Set(Object.values(tellings).flatMap((each) => each.map(({ kind }) => kind)));
  expect(Object.keys(NoticeKind).filter((kind) => !told.has(kind as never))).toEqual([]);
  expect(newId('Notice')).toMatch(/^mail_/);
});
