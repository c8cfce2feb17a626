import type { EntitlementRole } from '../../entitlements/entitlement.rules.ts';
import { reasonOf, roles, states } from './codes.ts';
import { monthAfter, type Told } from '../../entitlements/told.rules.ts';
import { holdsNir } from '../../people/nir.rules.ts';

/** One adult of a household, as far as it is kept. */
export interface Adult {
  line: number;
  role: EntitlementRole;
  lastName: string;
  birthName: string;
  firstNames: string;
  birthDate: string;
  franceTravail: string | null;
  rightsAndDuties: boolean | null;
}

/** One household of the file: what is told of its right, and its adults. */
export interface Household {
  line: number;
  organism: string;
  /** Empty where it is a NIR, as at the MSA: of that not even a fingerprint is kept. */
  matricule: string;
  applicationNumber: string;
  told: Told;
  /** Its commune now, by the code of INSEE. */
  commune: string | null;
  /** Another fund takes over from that day. */
  leaving: { on: string; to: string } | null;
  adults: Adult[];
}

type Values = Partial<Record<string, string>>;

/** Gathers what is kept of one household while it is parsed, and lets go of everybody who is no adult of it at once. */
export class HouseholdParts {
  private readonly of: Values = {};
  private readonly adults: Adult[] = [];
  private readonly suspensions: { code: string; since: string }[] = [];
  private commune: { rank: number; code: string | null } | null = null;
  private person: Values = {};
  private block: Values = {};
  private rsaRole: string | null = null;

  constructor(private readonly line: number) {}

  take(path: string, text: string): void {
    if (path.startsWith('Personne/')) this.ofPerson(path.slice(9), text);
    else if (/Suspension|Adresse/.test(path)) this.block[path.split('/').at(-1)!] = text;
    else this.of[path] = text;
  }

  /** A block has ended: those that may stand more than once are read here. */
  close(path: string, line: number, referenceOn: string): void {
    if (path === 'Personne/Prestations') this.role();
    else if (path === 'Personne') this.endPerson(line);
    else if (path === 'DonneesAdministratives/Adresse') this.address();
    else if (/Suspension(Droit|Versement)$/.test(path)) this.suspension(referenceOn);
  }

  private role(): void {
    const { 'Prestations/NATPREST': benefit, 'Prestations/ROLEPERS': role } = this.person;
    if (benefit === 'RSA') this.rsaRole = role!;
    // of a child not even the name is held longer than it takes to learn that it is one
    if (this.rsaRole !== null && !roles[this.rsaRole]) this.person = {};
  }

  private ofPerson(path: string, text: string): void {
    if (this.rsaRole === null || roles[this.rsaRole]) this.person[path] = text;
  }

  private endPerson(line: number): void {
    const role = roles[this.rsaRole ?? ''] ?? null;
    const said = (name: string) => this.person[`Identification/${name}`] ?? '';
    if (role !== null) {
      const duties = this.person['MontantCalculDroitRSAPersonne/TOPPERSDRODEVORSA'];
      this.adults.push({
        ...{ line, role, lastName: said('NOM'), birthName: said('NOMNAI') },
        firstNames: ['PRENOM', 'PRENOM2', 'PRENOM3'].map(said).filter(Boolean).join(' '),
        birthDate: said('DTNAI'),
        franceTravail: this.person['DossierPoleEmploi/IDASSEDIC'] || null,
        rightsAndDuties: duties === undefined ? null : /^(1|true)$/.test(duties),
      });
    }
    [this.person, this.rsaRole] = [{}, null];
  }

  /** Rank 1 is where the household lives now. */
  private address(): void {
    const { RGADR: rank, NUMCOM: code } = this.block;
    if (!this.commune || Number(rank) < this.commune.rank) this.commune = { rank: Number(rank), code: code || null }; // prettier-ignore
    this.block = {};
  }

  private suspension(referenceOn: string): void {
    const { MOTISUSDRORSA, MOTISUSVERSRSA, DDSUSDRORSA, DDSUSVERSRSA } = this.block;
    const since = (DDSUSDRORSA ?? DDSUSVERSRSA)!;
    if (since <= referenceOn) this.suspensions.push({ code: (MOTISUSDRORSA ?? MOTISUSVERSRSA)!, since });
    this.block = {};
  }

  household(referenceOn: string): Household {
    const at = (path: string) => this.of[path] ?? null;
    const organism = at('IdentificationRSA/Organisme/FONORG')!;
    const left = at('IdentificationRSA/OrganismePrenant/DDDEPAMUT');
    const to = `${at('IdentificationRSA/OrganismePrenant/FONORGPRENMUT')} ${at('IdentificationRSA/OrganismePrenant/NUMORGPRENMUT')}`;
    return {
      line: this.line,
      organism: `${organism} ${at('IdentificationRSA/Organisme/NUMORG')}`,
      matricule: matriculeOf(at('IdentificationRSA/Organisme/MATRICULE')!),
      applicationNumber: at('IdentificationRSA/DemandeRSA/NUMDEMRSA')!,
      told: this.told(referenceOn),
      commune: this.commune?.code ?? null,
      leaving: left !== null && left < monthAfter(referenceOn) ? { on: left, to } : null,
      adults: this.adults,
    };
  } // prettier-ignore

  private told(referenceOn: string): Told {
    const at = (path: string) => this.of[path] ?? null;
    const situation = 'PrestationRSA/SituationDossierRSA';
    const state = states[at(`${situation}/EtatDossierRSA/ETATDOSRSA`)!]!;
    const earliest = this.suspensions.toSorted((a, b) => (a.since < b.since ? -1 : 1))[0];
    const end = at(`${situation}/FinDroit/DTCLORSA`) !== null ? 'FinDroit' : 'FinDroitMoisAnterieur';
    const said: Partial<Record<typeof state, [since: string | null, code: string | null]>> = {
      REFUSED: [at(`${situation}/Refus/DTREFURSA`), at(`${situation}/Refus/MOTIREFURSA`)],
      SUSPENDED: [earliest?.since ?? null, earliest?.code ?? null],
      CLOSED: [at(`${situation}/${end}/DTCLORSA`), at(`${situation}/${end}/MOTICLORSA`)],
    };
    const [since, code] = said[state] ?? [null, null];
    return {
      ...{ state, since, reason: reasonOf(state, code), referenceOn },
      appliedOn: at('IdentificationRSA/DemandeRSA/DTDEMRSA')!,
      arrivedOn: at('IdentificationRSA/OrganismeCedant/DDARRMUT'),
    };
  }
}

const matriculeOf = (said: string): string => (holdsNir(said) ? '' : said.replace(/^0+(?=\d)/, ''));
