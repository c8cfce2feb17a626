import sql, { raw } from 'sql-template-tag';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from '../kit/client.ts';
import { sweep } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { meet, meetingOf, planned } from '../kit/meetings.ts';
import { draftEngagement, orient, recordReview, reorient, signEngagement } from '../kit/pathway.ts';
import { cddi, placed, toJob } from '../kit/placements.ts';
import { entitled } from '../kit/entitlements.ts';
import { accredited, authorised, diagnosedBy } from '../kit/eligibility.ts';
import { agreed, done, Scene } from '../kit/referrals.ts';
import { breakGlass, shared } from '../kit/sharing.ts';
import { offerInTables, openVacancy } from '../kit/vacancies.ts';
import type { Partner, World } from '../kit/world.ts';
import type { Known } from './paths.ts';
import type { Party, Stage } from './who-sees-what.ts';

/** One person at one stage: the ids that lead there, and the words that only who may see them may read. */
export interface Case {
  known: Known;
  secrets: Record<string, string[]>;
}

const epciOfNantes = '244400404';
let serial = 0;

/** A programme with every party of who-sees-what.ts, and one person at each stage. */
export class Programme {
  private constructor(
    readonly world: World,
    readonly scene: Scene,
    readonly parties: Record<Party, Client>,
    private readonly site: string,
    private readonly next: Partner,
    private readonly elsewhere: Partner,
    private readonly grantee: Partner,
    private readonly breaker: Partner,
  ) {}

  static async open(world: World): Promise<Programme> {
    const council = await world.organisation({ kind: 'COUNCIL' });
    const scene = await Scene.open(world, {
      publics: ['demandeurs-emploi'],
      weeklyHours: 26,
      siaeKind: 'ACI',
    });
    await world.db.write(hubViewer('test'), async (tx) => {
      await tx.change(accredited(scene.receiver, 'ACI'), 1);
      await tx.change(authorised(scene.sender), 1);
    });
    const town = await world.organisation({ kind: 'COMMUNE' });
    const acting = (await scene.receiver.member({ roles: ['PROVIDER'] })).memberId;
    const elsewhere = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
    const member = async (kind: string, remit?: string) =>
      (await world.organisation({ kind, ...(remit && { remit }) } as never)).member();
    const unit = { roles: ['COORDINATOR'] as never, people: 'TERRITORY' as const };
    const grantee = await world.organisation({ kind: 'ASSOCIATION' });
    const breaker = await world.organisation({ kind: 'ASSOCIATION' });
    const parties: Record<Party, Client> = {
      'the council, in the person’s territory': await council.member({ ...unit, territory: [epciOfNantes] }),
      'the council, in another territory': await council.member({ ...unit, territory: ['244400644'] }),
      'the council’s management': await council.member({ roles: ['READER'] }),
      'the sender who follows': scene.coordinator,
      'a colleague who sees only a portfolio': await scene.sender.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' }),
      'the receiver': scene.provider,
      'a member of the receiver who sees no person': await scene.receiver.member({ roles: ['READER'], people: 'NONE' }),
      'a tool of the receiver': await scene.receiver.tool(['people:read', 'referrals:read', 'offers:read'], acting),
      'a tool of the receiver, referrals only': await scene.receiver.tool(['referrals:read', 'offers:read'], acting),
      'a tool of the receiver, offers only': await scene.receiver.tool(['offers:read'], acting),
      'the host of the site': await town.member(),
      'a town hall': await member('COMMUNE'),
      'a social centre': await member('COMMUNE', 'CCAS'),
      'the State': await member('STATE'),
      'a State service': await member('STATE_SERVICE', 'EMPLOYMENT'),
      'a benefits fund': await member('BENEFITS_FUND'),
      'a company': await member('COMPANY'),
      'another enterprise': await elsewhere.member(),
      'another association': await member('ASSOCIATION'),
      'who registered the person too, and does not know it': await member('PLIE'),
      'whom a grant names': await grantee.member(),
      'a colleague there, with a portfolio': await grantee.member({ people: 'PORTFOLIO' }),
      'who broke the glass yesterday': await breaker.member(),
    }; // prettier-ignore
    const next = await world.organisation({ kind: 'PLIE' });
    return new Programme(world, scene, parties, await siteOf(town), next, elsewhere, grantee, breaker);
  }

  /** A person with something in every category, brought to this stage by the moves a partner would make. */
  async at(stage: Stage): Promise<Case> {
    const { scene } = this;
    const words = wordsOf(++serial);
    const { id: person } = await registerPerson(scene.coordinator, words.typed);
    const needs = { person, theme: 'MOBILITE', detail: words.detail };
    const { need } = await scene.coordinator.run('recordNeed', 'NewNeed', needs, 'need { id }');
    await scene.coordinator.run('assignReferent', 'ReferentAssignment', { person, legalBasis: 'PUBLIC_INTEREST' }, 'person { id }');
    const corrected = { person, contact: { phone: words.phone }, because: 'PERSON_REQUEST' };
    await scene.coordinator.run('updatePerson', 'PersonUpdate', corrected, 'person { id }');
    const vacancy = await scene.vacancy(3);
    await this.hosted(vacancy);
    const known: Known = {
      ...{ Person: person, Need: need.id, Vacancy: vacancy, Offer: scene.offer, Site: this.site },
      ...{ Organisation: scene.sender.id, Receiver: scene.receiver.id },
      Member: scene.coordinator.memberId,
    };
    known.PersonLink = await this.registeredToo(words.typed.identity);
    known.Situation = await this.ofPublic(person, 'RSA');
    for (const each of ['REF_DA', 'QPV']) await this.ofPublic(person, each);
    Object.assign(known, await this.oriented(person));
    known.Entitlement = await entitled(this.world, {
      ...{ person, applicationNumber: words.application },
      periods: [
        { state: 'OPEN', from: '2026-01-01', knownUntil: '2026-11-23T08:00:00Z' },
        { state: 'OPEN', from: '2026-01-01', until: '2026-06-01' },
        { state: 'SUSPENDED', from: '2026-06-01', reason: 'OTHER' },
      ].map((each) => ({ ...each, knownFrom: '2026-02-05T06:00:00Z' })),
    });
    Object.assign(known, await this.eligible(person));
    known.Rectification = await this.idOf('rectification', person);
    Object.assign(known, await this.openedBeside(person, words));
    known.AccessLogEntry = await this.idOf('access_log', person);
    if (stage !== 'registered') Object.assign(known, await this.referredTo(stage, person, vacancy, words.note));
    return { known, secrets: words.secrets };
  } // prettier-ignore

  /** By another partner, in its own spelling: no word of the one is a word of the other. */
  private async registeredToo({ lastName, firstName, birthDate }: Record<string, string>): Promise<string> {
    const identity = { lastName: lastName!.toUpperCase(), firstName: firstName!.toUpperCase(), birthDate };
    const by = this.parties['who registered the person too, and does not know it'];
    const { id } = await registerPerson(by, { identity });
    await sweep(this.world);
    return this.idOf('person_link', id);
  }

  /** Shared with another, and broken by a third the day before: closed since. */
  private async openedBeside(
    person: string,
    { emergency, grant: externalReference }: ReturnType<typeof wordsOf>,
  ): Promise<Known> {
    const { clock } = this.world;
    const today = clock.now();
    const grant = await shared(this.scene.coordinator, {
      ...{ person, organisation: this.grantee.id, externalReference },
    });
    clock.advanceDays(-1);
    const { glass } = await breakGlass(await this.breaker.member(), { person, detail: emergency });
    clock.set(today);
    return { SharingGrant: grant.id, BrokenGlass: glass.id };
  }

  /** A pass that ends soon, and what an employer had found before on a criterion that the law closes to it. */
  private async eligible(person: string): Promise<Known> {
    const { coordinator } = this.scene;
    const pass = { person, number: '999992139001', from: '2024-12-21' };
    const passed = await coordinator.run('recordPass', 'NewPass', pass, 'pass { id }');
    return {
      IaePass: passed.pass.id,
      IaeDiagnosis: await diagnosedBy(this.elsewhere, { person, criterion: 'RSA' }),
    };
  }

  private async oriented(person: string): Promise<Known> {
    const council = this.parties['the council, in the person’s territory'];
    const { pathway } = await orient(council, { person, orientation: 'SOCIAL', on: '2026-10-05' });
    await reorient(council, { pathway: pathway.id, orientation: 'PROFESSIONAL', reason: 'OTHER' });
    const draft = { pathway: pathway.id, kind: 'ENGAGEMENT', goals: ['EMPLOI'], activities: [week] };
    const { engagement } = await draftEngagement(council, draft);
    const signed = { engagement: engagement.id, signedOn: '2026-11-02', reviewOn: '2027-01-05' };
    await signEngagement(council, signed);
    await recordReview(council, { ...review, engagement: engagement.id });
    return { Pathway: pathway.id, Engagement: engagement.id };
  }

  private async ofPublic(person: string, of: string): Promise<string> {
    const input = { person, public: of, until: '2027-06-30' };
    const selection = 'situation { id }';
    const { situation } = await this.scene.coordinator.run(
      'recordSituation',
      'NewSituation',
      input,
      selection,
    );
    return situation.id;
  }

  /** What the API names only within lists. */
  private async idOf(table: string, person: string): Promise<string> {
    const [row] = await this.world.rows<{ id: string }>(sql`select id from ${raw(table)} where person_id = ${person}`);
    return row!.id;
  } // prettier-ignore

  private async referredTo(stage: Stage, person: string, vacancy: string, note: string): Promise<Known> {
    const { scene } = this;
    const asked = /disclosed at (?:the )?(.*)$/.exec(stage)?.[1];
    const disclose = asked ? { disclose: `AT_${asked.toUpperCase()}` } : {};
    const { id } = done(await scene.refer({ person, vacancy, send: stage !== 'drafted', ...disclose }));
    if (stage !== 'drafted')
      for (const [author, text] of [
        [scene.coordinator, note],
        [scene.provider, 'Bien reçu'],
      ] as const)
        done(await scene.move(author, 'addReferralNote', id, { category: 'OTHER', text }));
    if (stage === 'rerouted') return this.rerouted(id);
    const placement = await this.answered(stage, id, person);
    return {
      Referral: id,
      ...(placement && { Placement: placement, Replacement: await this.replaced(placement) }),
    };
  }

  /** Somebody is sought for when the person leaves. */
  private async replaced(placement: string): Promise<string> {
    const [row] = await this.world.rows<{ id: string }>(sql`select replaced_by_id as id from placement where id = ${placement}`);
    return row!.id;
  } // prettier-ignore

  /** The referral it became goes to another enterprise: what its first receiver may know ends with the first. */
  private async rerouted(former: string): Promise<Known> {
    const offer = await offerInTables(this.elsewhere, { publics: ['demandeurs-emploi'] });
    const elsewhere = { offer, personAgreement: agreed };
    const { id } = done(await this.scene.move(this.scene.coordinator, 'rerouteReferral', former, elsewhere));
    return { Referral: id, Former: former, Offer: offer, Receiver: this.elsewhere.id, Vacancy: '' };
  }

  private async answered(stage: Stage, id: string, person: string): Promise<string | null> {
    const { scene } = this;
    const answer = async (move: Parameters<Scene['move']>[1], more: object = {}) =>
      void done(await scene.move(scene.provider, move, id, more));
    if (stage.startsWith('acknowledged') || stage === 'handed over') await answer('acknowledgeReferral');
    if (stage === 'acknowledged') await planned(scene, [id]);
    if (stage.startsWith('met')) await this.met(id);
    if (stage === 'waitlisted') await answer('waitlistReferral');
    if (stage === 'declined') await answer('declineReferral', { reason: 'NO_POSITION' });
    if (stage === 'withdrawn')
      done(await scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'OTHER' }));
    if (stage === 'handed over') await this.handedOver(person);
    if (!/^(accepted|placed|ended)/.test(stage)) return null;
    await answer('acceptReferral');
    return stage === 'accepted' ? null : this.started(stage, id);
  }

  private async met(referral: string): Promise<void> {
    const { id: meeting } = await planned(this.scene, [referral]);
    await this.world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`update meeting set at = ${tx.now} where id = ${meeting}`, 1),
    );
    const lines = [{ referral, outcome: 'HELD' }];
    meetingOf(await meet(this.scene.provider, 'recordMeeting', { meeting, lines }));
  }

  private async started(stage: Stage, referral: string): Promise<string> {
    const { provider } = this.scene;
    const { id } = await placed(provider, 'startPlacement', { referral, startedOn: '2026-09-01', contract: cddi });
    await openVacancy(provider, { offer: this.scene.offer, places: 1, replacing: id });
    // what a service tells of who came, on a placement that has all the rest besides
    await this.world.db.write(hubViewer('test'), (tx) => tx.change(sql`insert into attendance values
      (${id}, '2026-09-02', 'MORNING', 'ABSENT', null, ${tx.now})`, 1));
    const days = /ended (\d+) days ago/.exec(stage)?.[1];
    if (days) await placed(provider, 'endPlacement', { placement: id, endedOn: dayBefore(Number(days)), outcome: toJob });
    return id;
  } // prettier-ignore

  private async handedOver(person: string): Promise<void> {
    const input = { person, organisation: this.next.id, legalBasis: 'PUBLIC_INTEREST' };
    await this.scene.coordinator.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
  }

  private async hosted(vacancy: string): Promise<void> {
    await this.world.db.write(hubViewer('test'), (tx) =>
      tx.change(
        sql`update vacancy set site_id = ${this.site},
        host_id = (select organisation_id from site where site.id = ${this.site}) where id = ${vacancy}`,
        1,
      ),
    );
  }
}

const week = { kind: 'JOB_SEARCH', weeklyHours: 15 };
const review = { decision: 'CONTINUE', goalsReached: ['EMPLOI'], heldOn: '2026-11-16', nextOn: '2027-02-01' };

async function siteOf(town: Partner): Promise<string> {
  const id = newId('Site');
  await town.world.db.write(hubViewer('test'), (tx) =>
    tx.change(sql`insert into site (id, organisation_id, name, commune_code, approximate, created_at, updated_at)
      values (${id}, ${town.id}, 'Quai', '44109', true, ${tx.now}, ${tx.now})`),
  );
  return id;
}

function dayBefore(days: number): string {
  return new Date(Date.parse('2026-11-23') - days * 86_400_000).toISOString().slice(0, 10);
}

/** What is typed of the n-th person: every word its own, so that a leak is found wherever it stands in an answer. */
function wordsOf(nth: number) {
  const n = 10 + nth; // of one length, so that none stands within another
  const [lastName, birthName] = [`Quemeneur${n}x`, `Lagadec${n}x`];
  const [phone, email] = [`02 40 00 ${n} 99`, `soizic${n}x@exemple.test`];
  const formerPhone = `02 41 00 ${n} 98`;
  const [address, skill] = [`${n}x rue des Écluses`, `soudure${n}x`];
  const [detail, note, number] = [`détail${n}x`, `note${n}x`, `DOSSIER-${n}x`];
  const emergency = `Trouvée sans abri ce soir, urgence${n}x.`;
  const [franceTravail, passIae] = [`44002${n}A`, `9999921390${n}`];
  return {
    detail,
    note,
    phone,
    application: `dossier${n}x`,
    grant: `PARTAGE-${n}x`,
    emergency,
    typed: {
      identity: { lastName, firstName: `Soizic${n}x`, birthName, birthDate: '1990-05-17' },
      numbers: { franceTravail, passIae },
      contact: { phone: formerPhone, email, address },
      profile: {
        ...{ skills: [skill], licences: ['B'], frenchLevel: 'B1', workConstraints: ['NO_HEAVY_LOADS'] },
        ...{ wishedTrades: ['A1203'], refusedTrades: ['A1204'], travel: { mode: 'BUS', maxMinutes: 45 } },
        availability: {
          ...{ weeklyHoursLeast: 20, weeklyHoursMost: 35, timeBands: ['MORNING'], from: '2026-11-01' },
          away: [{ from: '2026-12-20', to: '2027-01-04' }],
        },
      },
      ...{ commune: '44109', soughtKind: 'INSERTION_WORKSITE', externalReference: number },
    },
    secrets: {
      identity: [lastName, birthName, `Soizic${n}x`],
      numbers: [franceTravail, passIae],
      contact: [phone, email, address, '"QPV"'],
      entitlements: ['"RSA"', `dossier${n}x`],
      'a protected criterion': ['"REF_DA"'],
      history: [formerPhone],
      profile: [skill],
      needs: [detail],
      'the sender’s notes': [note],
      'own number': [number],
      emergencies: [emergency],
      sharing: [`PARTAGE-${n}x`],
    },
  };
}
