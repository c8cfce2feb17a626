import sql from 'sql-template-tag';
import { knownPerson, secrets, type KnownPerson } from '../kit/casefiles.ts';
import type { Client } from '../kit/client.ts';
import { refusal, Scene } from '../kit/referrals.ts';
import { councilOf, World } from '../kit/world.ts';

/** A person asks what is held of them: all of it, who may see it and who looked; nothing of other people. */
let world: World;
let scene: Scene;
let council: Client & { memberId: string };
let known: KnownPerson;
beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
  known = await knownPerson(scene);
});
afterAll(() => world.close());

const exported = (
  as: Client,
  over: object = {},
  selection = 'caseFile { id json page csv { name content } }',
) =>
  as.run('exportPerson', 'PersonExport', { person: known.id, requestedOn: '2026-11-20', ...over }, selection);

test('neither a receiver, nor a reader, nor a tool, nor a stranger gets it; nor is it asked for tomorrow', async () => {
  const reader = await scene.sender.member({ roles: ['READER'] });
  const tool = await scene.sender.tool(['people:read', 'people:write'], scene.coordinator.memberId);
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const states = await (await world.organisation({ kind: 'STATE' })).member();
  for (const client of [scene.provider, reader, tool])
    expect(refusal(await exported(client))).toBe('NOT_ALLOWED');
  for (const client of [stranger, states]) expect(refusal(await exported(client))).toBe('NOT_FOUND');
  const early = await exported(scene.coordinator, { requestedOn: '2026-11-24' });
  expect(early.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['requestedOn'] });
  expect(await world.rows(sql`select 1 from event where type = 'person.exported'`)).toEqual([]);
});

test('everything known stands in it, in each of its three forms', async () => {
  await scene.provider.get(`query ($id: ID!) { referral(id: $id) { person { identity { lastName } } } }`, {
    id: known.ended,
  });
  const { caseFile, userErrors } = await exported(council);
  expect(userErrors).toEqual([]);
  const sheets = caseFile.csv.map(({ content }: { content: string }) => content).join('\n');
  const missing = (text: string) => secrets.filter((word) => !text.includes(word));
  expect([missing(caseFile.json), missing(sheets)]).toEqual([[], []]);
  expect(missing(caseFile.page)).toEqual(['PLIE-4711', 'REF-4711']); // numbers of partners: in the files
  const json = JSON.parse(caseFile.json);
  expect(json).toMatchObject({ requestedOn: '2026-11-20', cut: [], identity: [{ lastName: 'Quemeneur' }] });
  expect(json.accessLog).toContainEqual(
    expect.objectContaining({ organisation: scene.receiver.name, categories: expect.arrayContaining(['IDENTITY']) }),
  );
  expect(json.events.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['person.registered', 'placement.ended', 'referral.noted', 'person.exported']),
  );
  expect(caseFile.page).toContain(`${scene.receiver.name.replace('_', '\\_')} : `);
  expect(caseFile.page).toContain('« garde partagée »');
}); // prettier-ignore

test('nobody who works for a partner is in it', async () => {
  const { caseFile } = await exported(scene.coordinator);
  for (const text of [caseFile.json, caseFile.page, JSON.stringify(caseFile.csv)])
    expect(text).not.toMatch(/mem_|member-\d+@|Member /);
});

test('a social partner whose name would say too much is named by the council alone', async () => {
  const social = await Scene.open(world);
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update organisation set sensitive = true where id = ${social.receiver.id}`, 1),
  );
  await scene.sent({ person: known.id, offer: social.offer });
  const names = async (as: Client) => JSON.stringify((await exported(as)).caseFile);
  const told = await names(scene.coordinator);
  expect(told).not.toContain(social.receiver.name);
  expect(told).toContain('un partenaire social');
  expect(await names(council)).toContain(social.receiver.name);
});

test('it is told in the journal, and each reading of it stands in the access log with every category', async () => {
  const before = (await world.rows(sql`select 1 from access_log where operation = 'exportPerson'`)).length;
  await exported(scene.coordinator, {}, 'caseFile { id }');
  const read = () => world.rows<any>(sql`select categories, organisation_id from access_log
    where operation = 'exportPerson' and person_id = ${known.id} order by id`);
  expect(await read()).toHaveLength(before);
  await exported(scene.coordinator, {}, 'caseFile { page }');
  const lines = await read();
  expect(lines).toHaveLength(before + 1);
  expect(lines.at(-1)).toMatchObject({
    organisation_id: scene.sender.id,
    categories: expect.arrayContaining(['IDENTITY', 'NEEDS', 'HEALTH']),
  });
  const [event] = await world.rows<any>(sql`select facts from event where type = 'person.exported' order by id desc`);
  expect(event.facts).toEqual({ requestedOn: '2026-11-20' });
}); // prettier-ignore

test('asked twice with one key it is one request; once the right has ended there is nothing to read', async () => {
  const key = { idempotencyKey: 'export-1' };
  const first = await exported(scene.coordinator, key, 'caseFile { id }');
  expect(await exported(scene.coordinator, key, 'caseFile { id }')).toEqual(first);
  const input = { person: known.id, reason: 'PERSON_REQUEST', confirm: known.reference };
  await council.run('erasePerson', 'PersonErasure', input, '__typename');
  expect(await exported(scene.coordinator, key)).toEqual({ caseFile: null, userErrors: [] });
  expect(refusal(await exported(council))).toBe('NOT_FOUND');
});
