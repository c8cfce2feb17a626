import type { AgreementKind, AgreementState, CloseReason } from '../agreements/agreement.rules.ts';
import type { Opinion } from '../agreements/opinion.rules.ts';
import type { PartyRole } from '../agreements/party.rules.ts';
import type { Amount } from '../agreements/terms.rules.ts';
import type { SiaeKind } from '../offers/offer.rules.ts';

/** One agreement of the demo. Days are counted from the day of loading; organisations are named by their keys. */
export interface DemoAgreement {
  kind: AgreementKind;
  title: string;
  lead: string;
  parties: [string, PartyRole][];
  days: [from: number, to: number];
  state: AgreementState;
  amounts?: Amount[];
  siaeKind?: SiaeKind;
  requestedFte?: number;
  fundedFte?: number;
  fundedPlaces?: number;
  committedHours?: number;
  contractReference?: string;
  lots?: string[];
  /** Day of the session it is, or was, laid before; what was said there. */
  session?: number | null;
  opinion?: Opinion;
  reservations?: [text: string, met: number | null][];
  /** An amendment: from which day, and what is funded from then on. */
  amended?: { from: number; fundedFte: number };
  /** Renews the one before it in this list. */
  renews?: true;
  closed?: { on: number; reason: CloseReason };
}

/** The session that was held, and the one that is to come. */
const held = -8;
const next = 6;
const year: [number, number] = [-320, 44];
const nextYear: [number, number] = [45, 409];

interface Dossier {
  key: string;
  siaeKind: SiaeKind;
  fte: number;
  name: string;
}

const euros = (funder: Amount['funder'], amount: number): Amount => ({ funder, cents: amount * 100 });

/** A structure’s convention of this year, and what it asks for the next: two thousand euros a month and post. */
function convention({ key, siaeKind, fte, name }: Dossier, asked?: Partial<DemoAgreement>): DemoAgreement[] {
  const title = `Convention IAE – ${name} (${siaeKind})`;
  const of: Pick<DemoAgreement, 'kind' | 'lead' | 'parties' | 'siaeKind'> = {
    ...{ kind: 'IAE_CONVENTION', lead: 'ddets', parties: [[key, 'PROVIDER']], siaeKind },
  };
  const running: DemoAgreement = {
    ...{ ...of, title, days: year, state: 'SIGNED', session: -340, opinion: 'FAVOURABLE' },
    ...{ requestedFte: fte + 1, fundedFte: fte, amounts: [euros('STATE', fte * 24_000)] },
  };
  const renewal: DemoAgreement = {
    ...{ ...of, title: `${title} – renouvellement`, days: nextYear, state: 'UNDER_OPINION', session: held },
    ...{ requestedFte: fte + 2, renews: true, ...asked },
  };
  return asked ? [running, renewal] : [running];
}

export const demoAgreements: readonly DemoAgreement[] = [
  ...convention({ key: 'berges-vives', siaeKind: 'ACI', fte: 14, name: 'Les Berges Vives' }, { session: next }),
  ...convention({ key: 'erdre-chantiers', siaeKind: 'ACI', fte: 12.5, name: 'Erdre Chantiers' }, { opinion: 'FAVOURABLE' }),
  ...convention({ key: 'recycl-estuaire', siaeKind: 'ACI', fte: 11, name: 'Recycl’Estuaire' }, {
    ...{ opinion: 'WITH_RESERVATIONS', state: 'SIGNED', fundedFte: 11 },
    reservations: [['Renforcer l’encadrement technique de la ressourcerie', -3], ['Présenter un plan de formation', null]],
  }),
  ...convention({ key: 'table-commune', siaeKind: 'EI', fte: 8, name: 'La Table Commune' }, { opinion: 'UNFAVOURABLE' }),
  ...convention({ key: 'batir-ensemble', siaeKind: 'EI', fte: 9, name: 'Bâtir Ensemble Ouest' }, { opinion: 'DEFERRED' }),
  ...convention({ key: 'net-et-clair', siaeKind: 'AI', fte: 6, name: 'Net et Clair Services' }, { state: 'SUBMITTED', session: null }),
  ...convention({ key: 'relais-interim', siaeKind: 'ETTI', fte: 16, name: 'Relais Intérim Atlantique' }),
  ...convention({ key: 'jardins-du-lac', siaeKind: 'ACI', fte: 7, name: 'Les Jardins du Lac' }),
  ...convention({ key: 'pedale-douce', siaeKind: 'EITI', fte: 3, name: 'Pédale Douce Livraison' }),
  {
    ...{ kind: 'CAOM', title: 'Convention annuelle d’objectifs et de moyens', lead: 'ddets', parties: [['council', 'FUNDER']] },
    ...{ days: year, state: 'SIGNED', fundedFte: 40, amended: { from: -120, fundedFte: 46 } },
    amounts: [euros('COUNCIL', 262_000), euros('STATE', 1_480_000)],
  },
  {
    ...{ kind: 'COUNCIL_GRANT', title: 'Accompagnement vers l’emploi', lead: 'council', days: year, state: 'SIGNED' },
    ...{ parties: [['passerelles-loire', 'PROVIDER'], ['ccas-nantes', 'PRESCRIBER']], fundedPlaces: 120 },
    amounts: [euros('COUNCIL', 148_000), euros('CAF', 12_000), euros('MSA', 4_000)],
  },
  {
    ...{ kind: 'COUNCIL_GRANT', title: 'Aide aux devoirs dans les collèges', lead: 'service-dejc', days: year, state: 'SIGNED' },
    ...{ parties: [['cartable-partage', 'PROVIDER']], fundedPlaces: 60, amounts: [euros('COUNCIL', 38_500)] },
  },
  {
    ...{ kind: 'COUNCIL_GRANT', title: 'Garage et auto-école solidaires', lead: 'council', days: nextYear, state: 'SUBMITTED' },
    ...{ parties: [['roue-libre', 'PROVIDER']], fundedPlaces: 45, amounts: [euros('COUNCIL', 52_000), euros('COMMUNE', 8_000)] },
  },
  {
    ...{ kind: 'COUNCIL_GRANT', title: 'Permanences budget', lead: 'council', days: [-320, -60], state: 'TERMINATED' },
    ...{ parties: [['budget-serein', 'PROVIDER']], fundedPlaces: 30, amounts: [euros('COUNCIL', 21_000)] },
    closed: { on: -60, reason: 'MUTUAL_AGREEMENT' },
  },
  {
    ...{ kind: 'COUNCIL_GRANT', title: 'Ateliers logement', lead: 'council', days: nextYear, state: 'DRAFT' },
    ...{ parties: [['clef-de-sol', 'PROVIDER']], fundedPlaces: 25, amounts: [euros('COUNCIL', 18_000)] },
  },
  {
    ...{ kind: 'ESF_GRANT', title: 'Parcours renforcés vers l’emploi', lead: 'service-europe', days: [-500, 230], state: 'SIGNED' },
    ...{ parties: [['passerelles-loire', 'PROVIDER'], ['council', 'FUNDER']], fundedPlaces: 90 },
    amounts: [euros('ESF', 310_000), euros('COUNCIL', 206_000)],
  },
  {
    ...{ kind: 'PLIE_PROTOCOL', title: 'Protocole du PLIE de l’agglomération nantaise', lead: 'plie', days: [-700, 1_120], state: 'SIGNED' },
    ...{ parties: [['council', 'FUNDER'], ['prefecture', 'FUNDER'], ['commune-nantes', 'FUNDER']], fundedPlaces: 900 },
    amounts: [euros('ESF', 1_900_000), euros('COUNCIL', 640_000), euros('COMMUNE', 720_000)],
  },
  {
    ...{ kind: 'CITY_CONTRACT', title: 'Ateliers numériques dans les quartiers', lead: 'city-nantes', days: year, state: 'SIGNED' },
    ...{ parties: [['clic-et-lien', 'PROVIDER']], fundedPlaces: 40, amounts: [euros('CITY_CONTRACT', 24_000), euros('STATE', 10_000)] },
  },
  {
    ...{ kind: 'SOCIAL_CLAUSE', title: 'Restructuration d’un collège', lead: 'service-development', days: [-200, 380], state: 'SIGNED' },
    ...{ parties: [['service-buildings', 'BUYER'], ['relais-interim', 'PROVIDER']], committedHours: 6_200 },
    ...{ contractReference: '2026-BAT-0147', lots: ['Lot 2 – gros œuvre', 'Lot 9 – peinture'], amounts: [] },
  },
  {
    ...{ kind: 'COUNCIL_GRANT', title: 'Bilans de santé et groupes de parole', lead: 'council', days: year, state: 'SIGNED' },
    ...{ parties: [['souffle-ouest', 'PROVIDER'], ['ars', 'FUNDER']], fundedPlaces: 35 },
    amounts: [euros('COUNCIL', 14_000), euros('STATE', 22_000)],
  },
]; // prettier-ignore
