import type pg from 'pg';
import sql from 'sql-template-tag';
import type { GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { getNamedType, getNullableType, isLeafType } from 'graphql';
import { draftOf, tableOf } from './agreements.ts';
import { underNotice } from './casefiles.ts';
import type { Client } from './client.ts';
import { addDays } from '../../src/kernel/clock.ts';
import type { Transaction } from '../../src/db/transaction.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { authorised, recordDiagnosis, recordPass } from './eligibility.ts';
import { proposedLink, run as runLink } from './doubles.ts';
import { superuserOf, tablesOf } from './copy.ts';
import { minimal, type Input } from './inputs.ts';
import { offerInTables } from './vacancies.ts';
import { planned, thursday } from './meetings.ts';
import { newPerson, registerPerson } from './people.ts';
import { draftEngagement, endPathway, orient, signEngagement } from './pathway.ts';
import { doneRun } from './planning.ts';
import { cddi, ended, placed, serviceStarted, started, toJob } from './placements.ts';
import { acceptedTwice, agreed, done, personInTables, Scene } from './referrals.ts';
import { sentence, shared } from './sharing.ts';
import { councilOf, siret, type World } from './world.ts';
import { create as createEndpoint, toolOf } from './webhooks.ts';

export interface Arranged {
  client: Client;
  input: Input;
}

type Arrangement = (scene: Scene) => Promise<Arranged>;

const bySender = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: scene.coordinator, input: await input(scene) }); // prettier-ignore
const byReceiver = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: scene.provider, input: await input(scene) }); // prettier-ignore
const byManager = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: await scene.sender.member(), input: await input(scene) }); // prettier-ignore

const byCouncil = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: await (await councilOf(scene.world)).member(), input: await input(scene) }); // prettier-ignore
const byState = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: (await tableOf(scene.world).state).as, input: await input(scene) }); // prettier-ignore
/** With attempts of their own: an emergency is not tried without end. */
const byNewcomer = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: await scene.sender.member({ roles: ['COORDINATOR'] }), input: await input(scene) }); // prettier-ignore
const byProviders = (input: (scene: Scene) => Promise<Input>): Arrangement =>
  async (scene) => ({ client: await scene.receiver.member({ roles: ['PROVIDER'] }), input: await input(scene) }); // prettier-ignore
const today = '2026-11-23';

const offer = async (scene: Scene, state: 'DRAFT' | 'PUBLISHED' = 'PUBLISHED') => ({
  offer: await offerInTables(scene.receiver, { state, kind: 'INSERTION_WORKSITE' }),
});
const series = async (scene: Scene) => {
  const input = { ...(await offer(scene)), dates: ['2026-12-01', '2026-12-08'], places: 2 };
  const payload = await scene.provider.run('openVacancySeries', 'NewVacancySeries', input, 'series { id }');
  return payload.series.id as string;
};
const person = async (scene: Scene) => ({ person: (await registerPerson(scene.coordinator)).id });
const colleague = async (scene: Scene) => ({
  member: (await scene.sender.member({ roles: ['READER'] })).memberId,
});
/** Made by a manager of its own, as whoever asks next is too. */
const tool = async (scene: Scene) => {
  const input = { name: 'Logiciel métier', scopes: ['offers:read'] };
  const made = await (
    await scene.sender.member()
  ).run('createApiClient', 'NewApiClient', input, 'apiClient { id }');
  return { client: made.apiClient.id };
};
const hookUrl = 'https://receiver.example/hooks';
const listeningTool = async (scene: Scene) => ({ client: await toolOf(await scene.sender.member()) });
const endpoint = async (scene: Scene) => {
  const manager = await scene.sender.member();
  const made = await createEndpoint(manager, { ...(await listeningTool(scene)), url: hookUrl });
  return { webhookEndpoint: made.webhookEndpoint.id };
};
const sent = async (scene: Scene) => ({
  referral: (await scene.sent({ vacancy: await scene.vacancy(2) })).id,
});
const accepted = async (scene: Scene) => ({
  referral: (await scene.accepted({ vacancy: await scene.vacancy(2) })).id,
});
const asked = async (scene: Scene) => {
  const { referral } = await accepted(scene);
  done(await scene.move(scene.coordinator, 'requestReferralCancellation', referral, { reason: 'OTHER' }));
  return { referral };
};
const questioned = async (scene: Scene) => {
  const { referral } = await sent(scene);
  done(await scene.move(scene.provider, 'requestInformation', referral, { questions: ['PUBLIC'] }));
  return { referral };
};
/** Of a partner of its own, so that no other closure is in its way. */
const closure = async (scene: Scene) => {
  const site = (
    await scene.provider.run('addSite', 'NewSite', { name: 'Atelier', commune: '44109' }, 'site { id }')
  ).site;
  const input = { site: site.id, from: '2026-12-21', to: '2026-12-31', reason: 'HOLIDAYS' };
  return {
    closure: (await scene.provider.run('declareClosure', 'NewClosure', input, 'closure { id }')).closure.id,
  };
};
const delays = { acknowledge: 3, answer: 10, waiting: 30, holdAfterStart: 5, holdWithoutStart: 20 };
const need = async (scene: Scene) => {
  const input = { ...(await person(scene)), theme: 'MOBILITE' };
  const payload = await scene.coordinator.run('recordNeed', 'NewNeed', input, 'need { id }');
  return { need: payload.need.id };
};
const situation = async (scene: Scene) => {
  const input = { ...(await person(scene)), public: 'PM' };
  const payload = await scene.coordinator.run('recordSituation', 'NewSituation', input, 'situation { id }');
  return { situation: payload.situation.id };
};
const edition = {
  ...{ title: 'Programme d’insertion', fromYear: 2026, untilYear: 2030 },
  axes: [
    { code: 'A', title: 'Un axe', objectives: [{ code: 'A1', title: 'Un objectif', purposes: ['SOCIAL'] }] },
  ],
};
/** Each edition begins on a day of its own, after the last one. */
const dayOf = (world: World) => addDays('2027-01-01T12:00:00Z', world.next()).slice(0, 10);
const adopted = async ({ world }: Scene) => {
  const input = { ...edition, inForceFrom: dayOf(world) };
  const manager = await (await councilOf(world)).member();
  return (await manager.run('adoptProgramme', 'NewProgramme', input, 'programme { id }')).programme
    .id as string;
};
const oriented = async (scene: Scene) => {
  const manager = await (await councilOf(scene.world)).member();
  const input = { ...(await person(scene)), orientation: 'PROFESSIONAL', on: '2026-10-01' };
  return { pathway: (await orient(manager, input)).pathway.id };
};
const engagementDrafted = async (scene: Scene) => {
  const manager = await (await councilOf(scene.world)).member();
  const draft = { ...(await oriented(scene)), kind: 'ENGAGEMENT', goals: ['EMPLOI', 'MOBILITE'] };
  return (await draftEngagement(manager, draft)).engagement.id as string;
};
const engaged = async (scene: Scene) => {
  const manager = await (await councilOf(scene.world)).member();
  const engagement = await engagementDrafted(scene);
  await signEngagement(manager, { engagement });
  return { engagement };
};
const pathwayOver = async (scene: Scene) => {
  const manager = await (await councilOf(scene.world)).member();
  const open = await oriented(scene);
  await endPathway(manager, { ...open, endedOn: '2026-11-20', reason: 'OTHER' });
  return open;
};
const passNumber = '999992139001';
const pass = async (scene: Scene) => {
  const input = { ...(await person(scene)), number: passNumber, from: today };
  return { pass: (await recordPass(scene.coordinator, input)).pass.id };
};
const prescribing = async ({ world, sender }: Scene) => {
  await world.db.write(world.hub, (tx) => tx.change(authorised(sender), 1));
  return { kind: 'AUTHORISED_PRESCRIBER' };
};
const proposed = async (scene: Scene) => ({ link: (await proposedLink(scene)).link });
const joined = async (scene: Scene) => {
  const people = { ...(await person(scene)), into: (await person(scene)).person };
  return { link: (await runLink(scene.coordinator, 'mergePeople', people)).personLink.id };
};
const waitingWithAPlace = async (scene: Scene) => {
  const vacancy = await scene.vacancy(1);
  const holder = await scene.accepted({ vacancy });
  const { id } = await scene.waitlisted(vacancy);
  done(await scene.move(scene.provider, 'cancelAcceptance', holder.id, { reason: 'MISTAKE' }));
  return { referral: id };
};
/** Withdrawn by the hub, since the person started elsewhere; and that start was undone. */
const startedElsewhere = async (scene: Scene) => {
  const who = await scene.person();
  const { id } = await scene.sent({ vacancy: await scene.vacancy(2), person: who });
  const placement = await started(scene, { person: who, startedOn: '2026-11-23' });
  await placed(scene.provider, 'undoStart', { placement: placement.id });
  return { referral: id };
};
const attended = async (scene: Scene) => ({ placement: (await serviceStarted(scene)).id });
const placement = async (scene: Scene) => ({ placement: (await started(scene)).id });
const toPlan = ({ offer }: Scene) => ({ offer, way: 'PHONE', minutes: 45, at: thursday });
const meeting = async (scene: Scene) => ({ meeting: (await planned(scene, [(await scene.sent()).id])).id });
const suspended = async (scene: Scene) => {
  const { placement: id } = await placement(scene);
  await placed(scene.provider, 'suspendPlacement', { placement: id, kind: 'SICK_LEAVE', from: '2026-11-16' });
  return { placement: id };
};
const endedPlacement = async (scene: Scene) => ({ placement: (await ended(scene)).id });

/** For each mutation, what stands ready so that it succeeds, and which party does it. A new mutation gets its line. */
export const arrangements: Record<string, Arrangement> = {
  registerOrganisation: byManager(async ({ world }) => ({
    kind: 'INSERTION_ENTERPRISE',
    siret: siret(700_000 + world.next()),
  })),
  updateOrganisation: byManager(async ({ sender }) => ({ organisation: sender.id, phone: '+33240000000' })),
  addSite: byReceiver(async ({ receiver }) => ({ organisation: receiver.id })),
  declareClosure: byReceiver(async () => ({ from: '2026-12-21', to: '2026-12-31' })),
  cancelClosure: byReceiver(closure),
  setDelays: byCouncil(async () => ({ ...delays, from: today })),
  inviteMember: byManager(async () => ({ roles: ['READER'] })),
  updateMember: byManager(async (scene) => ({ ...(await colleague(scene)), displayName: 'Jeanne Le Goff' })),
  suspendMember: byManager(colleague),
  setNoticePreferences: bySender(async ({ coordinator }) => ({ member: coordinator.memberId, language: 'EN' })),
  createApiClient: byManager(async () => ({ scopes: ['offers:read'] })),
  rotateApiKey: byManager(tool),
  updateApiClient: byManager(async (scene) => ({ ...(await tool(scene)), name: 'Autre nom' })),
  revokeApiClient: byManager(tool),
  createWebhookEndpoint: byManager(async (scene) => ({ ...(await listeningTool(scene)), url: hookUrl })),
  updateWebhookEndpoint: byManager(async (scene) => ({ ...(await endpoint(scene)), types: ['referral.sent'] })),
  rotateWebhookSecret: byManager(endpoint),
  disableWebhookEndpoint: byManager(endpoint),
  enableWebhookEndpoint: byManager(async (scene) => {
    const made = await endpoint(scene);
    const input = { ...made };
    await (await scene.sender.member()).run('disableWebhookEndpoint', 'WebhookEndpointMove', input, 'userErrors { code }');
    return made;
  }),
  removeWebhookEndpoint: byManager(endpoint),
  sendTestEvent: byManager(endpoint),
  redeliverEvents: byManager(async (scene) => ({
    ...{ ...(await endpoint(scene)), from: '2026-11-20T08:00:00Z', until: '2026-11-21T08:00:00Z' },
  })),
  draftOffer: byReceiver(async ({ receiver }) => ({ organisation: receiver.id, kind: 'INSERTION_WORKSITE' })),
  publishOffer: byReceiver((scene) => offer(scene, 'DRAFT')),
  updateOffer: byReceiver(async (scene) => ({ ...(await offer(scene)), title: 'Rives' })),
  setOfferRequirement: byReceiver(async (scene) => ({ ...(await offer(scene)), licences: ['B'], frenchLevel: 'A2' })),
  setVacancyRequirement: byReceiver(async (scene) => ({ vacancy: await scene.vacancy(2), timeBands: ['MORNING'] })),
  confirmOffer: byReceiver((scene) => offer(scene)),
  suspendOffer: byReceiver((scene) => offer(scene)),
  archiveOffer: byReceiver((scene) => offer(scene)),
  openVacancy: byReceiver((scene) => offer(scene)),
  updateVacancy: byReceiver(async (scene) => ({ vacancy: await scene.vacancy(2), places: 3 })),
  closeVacancy: byReceiver(async (scene) => ({ vacancy: await scene.vacancy(2) })),
  adoptProgramme: byCouncil(async ({ world }) => ({ ...edition, inForceFrom: dayOf(world) })),
  withdrawProgramme: byCouncil(async (scene) => ({ programme: await adopted(scene) })),
  draftAgreement: byCouncil(async ({ world }) => (await draftOf(tableOf(world), 'COUNCIL_GRANT')).input as Input),
  updateAgreement: byState(async ({ world }) => ({ agreement: (await tableOf(world).drafted()).id, title: 'Autre titre' })),
  submitAgreement: byState(async ({ world }) => ({ agreement: (await tableOf(world).drafted()).id })),
  requestOpinion: byState(async ({ world }) => ({
    agreement: (await tableOf(world).submitted()).id,
    ...{ council: (await tableOf(world).iaeCouncil).partner.id, sessionOn: '2026-12-01' },
  })),
  giveOpinion: async ({ world }) => ({
    client: (await tableOf(world).iaeCouncil).as,
    input: { agreement: (await tableOf(world).underOpinion()).id, opinion: 'FAVOURABLE' },
  }),
  followReservation: byState(async ({ world }) => {
    const reserved = { opinion: 'WITH_RESERVATIONS', reservations: ['Un budget équilibré'] };
    const { opinions } = await tableOf(world).opined(reserved);
    return { reservation: opinions[0].reservations[0].id, state: 'MET' };
  }),
  signAgreement: byState(async ({ world }) => ({ agreement: (await tableOf(world).opined()).id })),
  refuseAgreement: byState(async ({ world }) => ({ agreement: (await tableOf(world).submitted()).id, reason: 'NOT_ELIGIBLE' })),
  withdrawAgreement: byState(async ({ world }) => ({ agreement: (await tableOf(world).submitted()).id, reason: 'PROJECT_CHANGED' })),
  amendAgreement: byState(async ({ world }) => ({
    agreement: (await tableOf(world).signed()).id,
    ...{ inForceFrom: '2026-07-01', terms: { to: '2026-12-31' } },
  })),
  endAgreement: byState(async ({ world }) => ({
    agreement: (await tableOf(world).signed()).id,
    ...{ on: '2026-11-20', reason: 'MUTUAL_AGREEMENT' },
  })),
  openVacancySeries: byReceiver(async (scene) => ({ ...(await offer(scene)), dates: ['2026-12-01', '2026-12-08'] })),
  closeVacancySeries: byReceiver(async (scene) => ({ series: await series(scene), from: '2026-12-01' })),
  registerPerson: bySender(async () => newPerson()),
  upsertPerson: bySender(async ({ world }) => newPerson({ externalReference: `own-${world.next()}` })),
  updatePerson: bySender(async (scene) => ({ ...(await person(scene)), commune: '44143' })),
  updateProfile: bySender(async (scene) => ({ ...(await person(scene)), profile: { skills: ['Soudure'] } })),
  confirmPersonLink: bySender(proposed),
  refusePersonLink: bySender(proposed),
  mergePeople: bySender(async (scene) => ({ ...(await person(scene)), into: (await person(scene)).person })),
  unmergePeople: bySender(joined),
  erasePerson: byCouncil(async (scene) => {
    const { id, reference } = await registerPerson(scene.coordinator);
    return { person: id, reason: 'PERSON_REQUEST', confirm: reference };
  }),
  exportPerson: bySender(async (scene) => {
    const { id } = await registerPerson(scene.coordinator, { referent: {} });
    return { person: id, requestedOn: '2026-11-23' };
  }),
  keepPerson: bySender(async (scene) => ({ person: await underNotice(scene), reason: 'SUPPORT_GOES_ON' })),
  authorisePrescriber: byCouncil(async ({ sender }) => ({ organisation: sender.id, kind: 'PLIE' })),
  recordPass: bySender(async (scene) => ({ ...(await person(scene)), number: passNumber, from: today })),
  suspendPass: bySender(async (scene) => ({ ...(await pass(scene)), from: today, until: '2026-12-22' })),
  prolongPass: bySender(async (scene) => ({ ...(await pass(scene)), to: '2029-11-22' })),
  withdrawPass: bySender(pass),
  recordDiagnosis: bySender(async (scene) => ({ ...(await prescribing(scene)), ...(await person(scene)) })),
  withdrawDiagnosis: bySender(async (scene) => {
    const input = { ...(await prescribing(scene)), ...(await person(scene)) };
    return { diagnosis: (await recordDiagnosis(scene.coordinator, input)).diagnosis.id };
  }),
  orientPerson: byCouncil(async (scene) => ({ ...(await person(scene)), orientation: 'SOCIAL' })),
  reorientPerson: byCouncil(async (scene) => ({ ...(await oriented(scene)), orientation: 'SOCIAL', reason: 'OBSTACLES' })),
  endPathway: byCouncil(async (scene) => ({ ...(await oriented(scene)), reason: 'DURABLE_JOB' })),
  correctPathwayEnd: byCouncil(async (scene) => ({ ...(await pathwayOver(scene)), reason: 'TRAINING' })),
  reopenPathway: byCouncil(pathwayOver),
  draftEngagement: byCouncil(async (scene) => ({ ...(await oriented(scene)), kind: 'ENGAGEMENT' })),
  updateEngagement: byCouncil(async (scene) => ({ ...(await engaged(scene)), goals: ['EMPLOI'] })),
  signEngagement: byCouncil(async (scene) => ({ engagement: await engagementDrafted(scene) })),
  recordReview: byCouncil(async (scene) => ({ ...(await engaged(scene)), decision: 'CONTINUE' })),
  endEngagement: byCouncil(async (scene) => ({ ...(await engaged(scene)), reason: 'TERM' })),
  recordNeed: bySender(async (scene) => ({ ...(await person(scene)), theme: 'MOBILITE' })),
  closeNeed: bySender(need),
  recordSituation: bySender(async (scene) => ({ ...(await person(scene)), public: 'PM' })),
  endSituation: bySender(situation),
  assignReferent: bySender(async (scene) => ({ ...(await person(scene)), legalBasis: 'PUBLIC_INTEREST' })),
  grantSharing: bySender(async (scene) => ({
    ...(await person(scene)),
    ...{ organisation: scene.receiver.id, categories: ['IDENTITY'], legalBasis: 'CONSENT', from: today, until: today },
  })),
  endSharing: bySender(async (scene) => {
    const share = { ...(await person(scene)), organisation: scene.receiver.id };
    return { grant: (await shared(scene.coordinator, share)).id };
  }),
  breakGlass: byNewcomer(async (scene) => ({ person: await scene.person(), detail: sentence })),
  referPerson: bySender(async (scene) => ({
    person: await scene.person(),
    vacancy: await scene.vacancy(2),
    send: true,
    personAgreement: agreed,
  })),
  upsertReferral: bySender(async (scene) => ({
    ...{ person: await scene.person(), vacancy: await scene.vacancy(2), externalReference: `own-${scene.world.next()}` },
    ...{ send: true, personAgreement: agreed },
  })),
  sendReferral: bySender(async (scene) => ({ referral: (await scene.sent({ send: false })).id })),
  acknowledgeReferral: byReceiver(sent),
  acceptReferral: byReceiver(sent),
  waitlistReferral: byReceiver(sent),
  declineReferral: byReceiver(sent),
  withdrawReferral: bySender(sent),
  rerouteReferral: bySender(async (scene) => ({ ...(await sent(scene)), vacancy: await scene.vacancy(2) })),
  bindReferral: byReceiver(async (scene) => ({
    referral: (await scene.sent()).id,
    vacancy: await scene.vacancy(2),
  })),
  cancelAcceptance: byReceiver(accepted),
  requestReferralCancellation: bySender(accepted),
  confirmReferralCancellation: byReceiver(asked),
  keepReferral: bySender(asked),
  chooseAcceptance: bySender(async (scene) => ({ keep: (await acceptedTwice(scene))[0] })),
  reinstateReferral: bySender(startedElsewhere),
  skipWaitlistedReferral: byReceiver(waitingWithAPlace),
  addReferralNote: bySender(sent),
  reconfirmWait: bySender(async (scene) => ({ referral: (await scene.waitlisted(await scene.vacancy(1))).id })),
  requestInformation: byReceiver(sent),
  provideInformation: bySender(async (scene) => ({
    ...(await questioned(scene)),
    answers: [{ question: 'PUBLIC', answer: 'RECORDED' }],
  })),
  withdrawInformationRequest: byReceiver(questioned),
  answerReferrals: byReceiver(async (scene) => ({ lines: [{ ...(await sent(scene)), move: 'ACKNOWLEDGE' }] })),
  scheduleMeeting: byReceiver(async (scene) => ({ ...toPlan(scene), referrals: [(await sent(scene)).referral] })),
  inviteToMeeting: byReceiver(async (scene) => ({
    meeting: (await planned(scene, [], { kind: 'COLLECTIVE', seats: 2 })).id,
    referrals: [(await scene.sent()).id],
  })),
  moveMeeting: byReceiver(async (scene) => ({ ...(await meeting(scene)), minutes: 30 })),
  cancelMeeting: byReceiver(meeting),
  recordMeeting: byReceiver(async (scene) => {
    const { id: referral } = await scene.sent();
    const lines = [{ referral, outcome: 'RESCHEDULED' }];
    return { meeting: (await planned(scene, [referral])).id, lines };
  }),
  createCalendarFeed: byProviders(async () => ({ language: 'FR' })),
  revokeCalendarFeed: byReceiver(async ({ provider }) => {
    const opened = await provider.run('createCalendarFeed', 'NewCalendarFeed', {}, 'calendarFeed { id }');
    return { feed: opened.calendarFeed.id };
  }),
  startPlacement: byReceiver(async (scene) => ({ ...(await accepted(scene)), contract: cddi })),
  recordDirectPlacement: byReceiver(async (scene) => ({
    ...{ person: await personInTables(scene.receiver), vacancy: await scene.vacancy(2) },
    ...{ personAgreement: agreed, contract: cddi },
  })),
  undoStart: byReceiver(placement),
  suspendPlacement: byReceiver(placement),
  recordAttendance: byReceiver(async (scene) => ({ ...(await attended(scene)), on: '2026-11-16', presence: 'PRESENT' })),
  recordGroupAttendance: byReceiver(async (scene) => ({
    on: '2026-11-16',
    lines: [{ ...(await attended(scene)), presence: 'ABSENT' }],
  })),
  recordHours: byReceiver(async (scene) => ({ ...(await placement(scene)), month: '2026-11-01', worked: 40 })),
  recordEpisode: byReceiver(async (scene) => ({ ...(await placement(scene)), kind: 'PMSMP', from: '2026-11-16' })),
  endEpisode: byReceiver(async (scene) => {
    const { placement: id } = await suspended(scene);
    const [episode] = await scene.world.rows<{ id: string }>(sql`select id from episode where placement_id = ${id}`);
    return { placement: id, episode: episode!.id };
  }),
  resumePlacement: byReceiver(suspended),
  renewContract: byReceiver(async (scene) => ({
    ...(await placement(scene)),
    contract: { kind: 'FIXED_TERM_I', from: '2027-05-23', to: '2027-11-22', weeklyHours: 26 },
  })),
  amendContract: byReceiver(async (scene) => ({ ...(await placement(scene)), from: '2026-12-01', weeklyHours: 30 })),
  correctContract: byReceiver(async (scene) => {
    const { id, contracts } = await started(scene);
    return { placement: id, contract: contracts[0].id, rightly: { ...cddi, weeklyHours: 24 } };
  }),
  endPlacement: byReceiver(async (scene) => ({ ...(await placement(scene)), outcome: toJob })),
  proposeAssignment: bySender(async (scene) => {
    await doneRun(scene); // and none waits
    return { people: [(await registerPerson(scene.coordinator)).id], vacancies: [await scene.vacancy(1)] };
  }),
  cancelAssignment: bySender(async (scene) => {
    const { run } = await doneRun(scene);
    const { run: again } = await scene.coordinator.run('reoptimise', 'AssignmentAgain', { run }, 'run { id }');
    return { run: again.id };
  }),
  acceptAssignmentLines: bySender(async (scene) => {
    const { run, line } = await doneRun(scene);
    return { run, lines: [{ line }] };
  }),
  reoptimise: bySender(async (scene) => ({ run: (await doneRun(scene)).run })),
  repairAssignment: bySender(async (scene) => ({ run: (await doneRun(scene)).run })),
  correctPlacement: byReceiver(async (scene) => ({ ...(await endedPlacement(scene)), outcome: { kind: 'UNKNOWN' } })),
  recordFollowUp: byReceiver(async (scene) => ({ ...(await endedPlacement(scene)), months: 6, on: '2026-11-23' })),
}; // prettier-ignore

export interface Operation {
  name: string;
  inputType: GraphQLInputObjectType;
  noun: string;
}

export function mutationsOf(schema: GraphQLSchema): Operation[] {
  return Object.values(schema.getMutationType()!.getFields()).map((field) => {
    const payload = getNullableType(field.type) as GraphQLObjectType;
    const told = Object.values(payload.getFields()).filter(({ name }) => name !== 'userErrors');
    const noun = told.find(({ type }) => !isLeafType(getNamedType(type)))!.name;
    return { name: field.name, inputType: getNullableType(field.args[0]!.type) as GraphQLInputObjectType, noun };
  });
} // prettier-ignore

/** The smallest input with which this mutation succeeds, on subjects of its own. */
export async function arrange(scene: Scene, { name, inputType }: Operation): Promise<Arranged> {
  const arrangement = arrangements[name];
  if (!arrangement) throw new Error(`${name} is new: say in test/kit/mutations.ts what it needs to succeed`);
  const { client, input } = await arrangement(scene);
  return { client, input: minimal(inputType, input) };
}

class Curtain extends Error {}

/** From now on everything is played to the end, with every constraint checked, and nothing stays. */
export function rehearse(world: World): { curtain: () => void; played: () => number } {
  const write = world.db.write;
  let played = 0;
  world.db.write = async <T>(viewer: Viewer, work: (tx: Transaction) => Promise<T>): Promise<T> => {
    let result: { value: T } | undefined;
    try {
      return (await write.call(world.db, viewer, async (tx) => {
        result = { value: await work(tx) };
        await tx.change(sql`set constraints all immediate`);
        throw new Curtain();
      })) as T;
    } catch (error) {
      if (!(error instanceof Curtain)) throw error;
      played++;
      return result!.value;
    }
  };
  return { curtain: () => void (world.db.write = write), played: () => played };
}

// a refusal that shows its subject as it now is discloses it: that line is all it leaves
const unchanging = ['commune', 'epci', 'migrations', 'access_log'];

/** A checksum of which version of each row stands in every table: two that are equal, and nothing was written in between. */
export class Fingerprints {
  private constructor(
    private readonly client: pg.Client,
    private readonly text: string,
  ) {}

  static async open({ server }: World): Promise<Fingerprints> {
    const client = await superuserOf(server.database);
    const tables = (await tablesOf(client)).filter((table) => !unchanging.includes(table));
    // by what PostgreSQL wrote when and where, not by what it says: neither read nor put into words
    const sum = `coalesce(sum(hashint8extended(xmin::text::bigint, hashtid(ctid))), 0)`;
    const lines = tables.map((table) => `select '${table}' as name, count(*) || ' ' || ${sum} as sum from ${table}`);
    return new Fingerprints(client, lines.join(' union all '));
  }

  async take(): Promise<Record<string, string>> {
    // named: planned once, which takes longer than counting does
    const { rows } = await this.client.query<{ name: string; sum: string }>({ name: 'fingerprint', text: this.text });
    return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
  }

  close(): Promise<void> {
    return this.client.end();
  }
} // prettier-ignore
