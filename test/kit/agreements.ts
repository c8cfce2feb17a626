import type { AgreementKind } from '../../src/agreements/agreement.rules.ts';
import type { OrganisationKind, Remit } from '../../src/partners/organisation.rules.ts';
import { offerInTables } from './vacancies.ts';
import { councilOf, type Asking, type Partner, type World } from './world.ts';

/** What is read of an agreement by whoever may see it. */
export const agreementSelection = `agreement { id version kind state title reference from to signedOn signReason closedOn closeReason
  sessionOn opinion siaeKind lead { id } provider { id } council { id } parties { role organisation { id } }
  terms { number inForceFrom to requestedFte fundedFte fundedPlaces committedHours amounts { funder cents } offers { id } vacancies { id } }
  versions { number inForceFrom } opinions { sessionOn opinion reservations { id reservation state metOn } } }`;

const inputTypes = {
  draftAgreement: 'NewAgreement',
  updateAgreement: 'AgreementUpdate',
  submitAgreement: 'AgreementCommand',
  requestOpinion: 'OpinionRequest',
  giveOpinion: 'NewOpinion',
  followReservation: 'ReservationFollowing',
  signAgreement: 'AgreementSignature',
  refuseAgreement: 'AgreementClosing',
  withdrawAgreement: 'AgreementClosing',
  amendAgreement: 'AgreementAmendment',
  endAgreement: 'AgreementEnd',
} as const;
export type AgreementMutation = keyof typeof inputTypes;

/** The whole payload of a move of an agreement. */
export function agree(as: Asking, mutation: AgreementMutation, input: object) {
  return as.run(mutation, inputTypes[mutation], input, agreementSelection);
}

/** The same; fails when refused. */
export async function agreed(as: Asking, mutation: AgreementMutation, input: object) {
  const payload = await agree(as, mutation, input);
  if (payload.userErrors.length) throw new Error(`${mutation}: ${JSON.stringify(payload.userErrors)}`);
  return payload.agreement;
}

export interface Member {
  partner: Partner;
  as: Asking;
}

/** Those who agree, one of each, made when first asked for. */
export class Table {
  private readonly seated = new Map<string, Promise<Member>>();

  constructor(readonly world: World) {}

  seat(kind: OrganisationKind, remit?: Remit): Promise<Member> {
    const key = `${kind} ${remit}`;
    const known = this.seated.get(key) ?? this.newSeat(kind, remit);
    this.seated.set(key, known);
    return known;
  }

  async newSeat(kind: OrganisationKind, remit?: Remit): Promise<Member> {
    const council = kind === 'COUNCIL';
    const partner = council
      ? await councilOf(this.world)
      : await this.world.organisation({ kind, ...(remit && { remit }) });
    return { partner, as: await partner.member() };
  }

  get state(): Promise<Member> {
    return this.seat('STATE_SERVICE', 'EMPLOYMENT');
  }

  get iaeCouncil(): Promise<Member> {
    return this.seat('IAE_COUNCIL');
  }

  /** A structure of its own, with one offer, so that no other convention is in its way. */
  async structure() {
    const member = await this.newSeat('INSERTION_ENTERPRISE');
    return { ...member, offer: await offerInTables(member.partner, { siaeKind: 'ACI' }) };
  }

  async convention(over: object = {}) {
    const { partner, offer } = await this.structure();
    const input = {
      ...{ kind: 'IAE_CONVENTION', title: 'Convention IAE', siaeKind: 'ACI', from: '2026-01-01' },
      parties: [{ organisation: partner.id, role: 'PROVIDER' }],
      terms: { to: '2026-12-31', offers: [offer], requestedFte: 12, amounts: [{ funder: 'STATE', cents: 24_000_000 }] },
    };
    return { ...input, ...over };
  } // prettier-ignore

  async drafted(over: object = {}): Promise<any> {
    return agreed((await this.state).as, 'draftAgreement', await this.convention(over));
  }

  async submitted(over: object = {}): Promise<any> {
    const { id } = await this.drafted(over);
    return agreed((await this.state).as, 'submitAgreement', { agreement: id });
  }

  /** Laid before a session that is held today. */
  async underOpinion(over: object = {}): Promise<any> {
    const { id } = await this.submitted(over);
    const council = (await this.iaeCouncil).partner.id;
    return agreed((await this.state).as, 'requestOpinion', { agreement: id, council, sessionOn: this.today });
  }

  async opined(opinion: object = { opinion: 'FAVOURABLE' }, over: object = {}): Promise<any> {
    const { id } = await this.underOpinion(over);
    return agreed((await this.iaeCouncil).as, 'giveOpinion', { agreement: id, ...opinion });
  }

  async signed(over: object = {}): Promise<any> {
    const { id } = await this.opined({ opinion: 'FAVOURABLE' }, over);
    return agreed((await this.state).as, 'signAgreement', { agreement: id, fundedFte: 10 });
  }

  get today(): string {
    return this.world.clock.now().slice(0, 10);
  }
}

const tables = new WeakMap<World, Table>();

export function tableOf(world: World): Table {
  const known = tables.get(world) ?? new Table(world);
  tables.set(world, known);
  return known;
}

/** The least that a PLIE may draft. */
export const protocol = {
  ...{ kind: 'PLIE_PROTOCOL', title: 'Protocole du PLIE', from: '2026-01-01' },
  ...{ parties: [], terms: { to: '2031-12-31' } },
};

/** Of each kind one that succeeds: who leads it, and what it says. */
export async function draftOf(
  table: Table,
  kind: AgreementKind,
): Promise<{ lead: Member; provider: Member; input: object }> {
  const seats: Record<AgreementKind, [OrganisationKind, Remit?]> = {
    COUNCIL_GRANT: ['COUNCIL'],
    IAE_CONVENTION: ['STATE_SERVICE', 'EMPLOYMENT'],
    CAOM: ['STATE'],
    ESF_GRANT: ['COUNCIL_SERVICE', 'EUROPEAN_AFFAIRS'],
    PLIE_PROTOCOL: ['PLIE'],
    CITY_CONTRACT: ['CITY_CONTRACT'],
    SOCIAL_CLAUSE: ['COUNCIL_SERVICE', 'DEVELOPMENT'],
  };
  const lead = await table.seat(...seats[kind]);
  const { offer, ...provider } = await table.structure();
  const council = (await table.seat('COUNCIL')).partner.id;
  const parties = [{ organisation: provider.partner.id, role: 'PROVIDER' }];
  if (kind === 'CAOM' || kind === 'PLIE_PROTOCOL') parties.push({ organisation: council, role: 'FUNDER' });
  if (kind === 'SOCIAL_CLAUSE') parties.push({ organisation: council, role: 'BUYER' });
  const clause = kind === 'SOCIAL_CLAUSE' && { committedHours: 3000, contractReference: '2026-TVX-14', lots: ['Gros œuvre'] };
  const terms = { to: '2026-12-31', offers: [offer], amounts: [{ funder: 'COUNCIL', cents: 1_250_050 }], ...clause };
  const siaeKind = kind === 'IAE_CONVENTION' && { siaeKind: 'ACI' };
  return { lead, provider, input: { kind, title: 'Une convention', from: '2026-01-01', ...siaeKind, parties, terms } };
} // prettier-ignore
