import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spool } from '../../src/imports/spool.ts';
import type { Verdict } from '../../src/imports/verdict.ts';
import { importFlux, type FluxOptions } from '../../src/intake/flux/run.ts';
import { viewerOf } from './intake.ts';
import type { Asking, World } from './world.ts';

/** Files of the funds, written by hand: invented households, with all around them that must never be read. */

const folder = mkdtempSync(join(tmpdir(), 'passerelle-test-flux-'));
let serial = 0;

/** What stands in every file and must stand nowhere else: a NIR, amounts, a child, a nationality, an address. */
export const forbidden = {
  nir: '284074410912345',
  amounts: ['0001675.43', '0000598.54', '1234.56'],
  words: ['LOULOUTTE', '2019-11-23', 'IMPASSE DU SECRET', 'TIERS PAYEUR', '99404'],
};

export interface AdultOf {
  name: string;
  birthName?: string;
  first?: string;
  born?: string;
  role?: 'DEM' | 'CJT' | 'ENF' | 'RDO';
  number?: string;
  duties?: boolean;
  nir?: string;
}

export interface HouseholdOf {
  matricule?: string;
  adults?: readonly AdultOf[];
  /** ETATDOSRSA, with what stands beside it. */
  state?: string;
  situation?: string;
  applied?: string;
  commune?: string;
  leaving?: { fund: string; number: string; on: string };
  arriving?: string;
  fund?: [string, string];
  child?: boolean;
}

export interface FileOf {
  on?: string;
  households: readonly HouseholdOf[];
  type?: string;
  encoding?: string;
  total?: number;
}

export function fluxXml({ on = '2026-10-31', households, type = 'M', encoding = 'windows-1252', total }: FileOf): string {
  return `<?xml version="1.0" encoding="${encoding}"?>
<Racine xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>${type}</TYPEFLUX>
  <NATFLUX>D</NATFLUX><DTCREAFLUX>${on}</DTCREAFLUX><HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX><DTREF>${on}</DTREF></IdentificationFlux>
${households.map((each) => householdXml(each)).join('\n')}
 <TransmissionFlux><NBTOTDOSRSATRANSM>${String(total ?? households.length).padStart(8, '0')}</NBTOTDOSRSATRANSM><NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux>
</Racine>`;
} // prettier-ignore

function householdXml(of: HouseholdOf): string {
  const { matricule = '1234567', state = '2', applied = '2026-03-12', commune = '44109', fund = ['CAF', '441'] } = of;
  const { adults = [{ name: 'GUIVARCH' }], situation = besideState[state] ?? '', leaving, arriving } = of;
  const prenant = leaving
    ? `<OrganismePrenant><FONORGPRENMUT>${leaving.fund}</FONORGPRENMUT><NUMORGPRENMUT>${leaving.number}</NUMORGPRENMUT><DDDEPAMUT>${leaving.on}</DDDEPAMUT></OrganismePrenant>`
    : '';
  const cedant = arriving
    ? `<OrganismeCedant><FONORGCEDMUT>CAF</FONORGCEDMUT><NUMORGCEDMUT>351</NUMORGCEDMUT><DDARRMUT>${arriving}</DDARRMUT></OrganismeCedant>`
    : '';
  const child = of.child === false ? [] : [{ name: 'LOULOUTTE', first: 'LOULOUTTE', born: '2019-11-23', role: 'ENF' as const }];
  return ` <InfosFoyerRSA>
  <IdentificationRSA><Organisme><FONORG>${fund[0]}</FONORG><NUMORG>${fund[1]}</NUMORG><MATRICULE>${matricule}</MATRICULE></Organisme>
   <Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>044</IDEPARTE></Partenaire>
   <DemandeRSA><DTDEMRSA>${applied}</DTDEMRSA><NUMDEMRSA>D${matricule.slice(-7)}</NUMDEMRSA></DemandeRSA>${cedant}${prenant}</IdentificationRSA>
${[...adults, ...child].map(personXml).join('\n')}
  <DonneesAdministratives><SituationFamille><SITFAM>CEL</SITFAM><DDSITFAM>1994-10-27</DDSITFAM></SituationFamille>
   <Adresse><TroncCommunAdresse><RGADR>02</RGADR><PAYS>FRA</PAYS><TYPEADR>D</TYPEADR><ETATADR>CO</ETATADR></TroncCommunAdresse>
    <AdresseDetailleeFrance>${addressXml('35238')}</AdresseDetailleeFrance></Adresse>
   <Adresse><TroncCommunAdresse><RGADR>01</RGADR><PAYS>FRA</PAYS><TYPEADR>D</TYPEADR><ETATADR>CO</ETATADR></TroncCommunAdresse>
    <AdresseDetailleeFrance>${addressXml(commune)}</AdresseDetailleeFrance></Adresse></DonneesAdministratives>
  <PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>${state}</ETATDOSRSA></EtatDossierRSA>${situation}</SituationDossierRSA>
   <DetailDroitRSA><TroncCommunDroitRSA><TOPSANSDOMFIXE>0</TOPSANSDOMFIXE><ORIDEMRSA>DEM</ORIDEMRSA></TroncCommunDroitRSA>
    <MontantsCalculDroitRSA><DDELECAL>2026-10-01</DDELECAL><MTREVMINIGARARSA>0000598.54</MTREVMINIGARARSA><MTREVGARARSA>0000598.54</MTREVGARARSA><MTRESSMENRSA>1234.56</MTRESSMENRSA><MTTOTDRORSA>0000598.54</MTTOTDRORSA></MontantsCalculDroitRSA>
    <AvisPCGDroitRSA><PaiementTiers><AVISDESTPAIRSA>O</AVISDESTPAIRSA><DTAVISDESTPAIRSA>2026-01-01</DTAVISDESTPAIRSA><NOMTIE>TIERS PAYEUR</NOMTIE><TYPEPERSTIE>P</TYPEPERSTIE></PaiementTiers></AvisPCGDroitRSA>
   </DetailDroitRSA></PrestationRSA>
 </InfosFoyerRSA>`;
} // prettier-ignore

const addressXml = (commune: string) =>
  `<COMPLIDEADR/><COMPLADR/><NUMVOIE>25</NUMVOIE><LIBTYPEVOIE>RUE</LIBTYPEVOIE><NOMVOIE>IMPASSE DU SECRET</NOMVOIE><LIEUDIST/><NUMCOM>${commune}</NUMCOM><CODEPOS>44000</CODEPOS><NOMCOM>NANTES</NOMCOM>`;

/** What the schema puts beside each state. */
const besideState: Readonly<Record<string, string>> = {
  1: '<Refus><DTREFURSA>2026-05-04</DTREFURSA><MOTIREFURSA>F02</MOTIREFURSA></Refus>',
  3: '<SuspensionDroit><MOTISUSDRORSA>01</MOTISUSDRORSA><DDSUSDRORSA>2026-09-01</DDSUSDRORSA></SuspensionDroit>',
  4: '<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2026-10-01</DDSUSVERSRSA></SuspensionVersement>',
  5: '<FinDroit><MOTICLORSA>ECH</MOTICLORSA><DTCLORSA>2026-10-01</DTCLORSA></FinDroit>',
  6: '<FinDroitMoisAnterieur><MOTICLORSA>PCG</MOTICLORSA><DTCLORSA>2026-08-01</DTCLORSA></FinDroitMoisAnterieur>',
};

function personXml({ name, birthName = name, first = 'RONAN', born = '1988-01-02', role = 'DEM', number, duties, nir = forbidden.nir }: AdultOf): string {
  const top = duties === undefined ? '' : `<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>${duties ? 1 : 0}</TOPPERSDRODEVORSA><MTPERSRESSMENRSA>1234.56</MTPERSRESSMENRSA></MontantCalculDroitRSAPersonne>`;
  return `  <Personne><Identification><QUAL>MME</QUAL><NOM>${name}</NOM><NOMNAI>${birthName}</NOMNAI><PRENOM>${first}</PRENOM><NOMCOMNAI>99404</NOMCOMNAI><DTNAI>${born}</DTNAI><TYPEDTNAI>N</TYPEDTNAI><NIR>${nir}</NIR><TOPVALIEC>1</TOPVALIEC><SEXE>2</SEXE></Identification>
   <DossierCAF><TOPRESPDOS>0</TOPRESPDOS><DDRATDOS>2007-05-15</DDRATDOS></DossierCAF>
   <Prestations><NATPREST>PFA</NATPREST><ROLEPERS>${role}</ROLEPERS><TOPCHAPERS>0</TOPCHAPERS></Prestations>
   <Prestations><NATPREST>RSA</NATPREST><ROLEPERS>${role}</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS></Prestations>
   <Rattachement><NOMNAI>LOULOUTTE</NOMNAI><PRENOM>LOULOUTTE</PRENOM><DTNAI>2019-11-23</DTNAI><NIR>${nir}</NIR><TYPEPAR>MRE</TYPEPAR></Rattachement>
   ${number ? `<DossierPoleEmploi><IDASSEDIC>${number}</IDASSEDIC></DossierPoleEmploi>` : ''}
   <Ressources><GeneraliteRessourcesTrimestre><TOPRESSNUL>0</TOPRESSNUL><DDRESS>2026-07-01</DDRESS><DFRESS>2026-09-30</DFRESS></GeneraliteRessourcesTrimestre>
    <RessourcesMensuelles><GeneraliteRessourcesMensuelles><MOISRESS>2026-07-01</MOISRESS></GeneraliteRessourcesMensuelles><DetailRessourcesMensuelles><NATRESS>001</NATRESS><MTNATRESSMEN>0001675.43</MTNATRESSMEN></DetailRessourcesMensuelles></RessourcesMensuelles></Ressources>
   ${top}<Grossesse><DDGRO>2026-05-01</DDGRO><DTDECLGRO>2026-07-01</DTDECLGRO></Grossesse></Personne>`;
} // prettier-ignore

/** Written as the funds write: bytes of windows-1252, whatever the file says of itself. */
export function fluxFile(xml: string, bytes: BufferEncoding = 'latin1'): string {
  const path = join(folder, `${++serial}.xml`);
  writeFileSync(path, Buffer.from(xml, bytes));
  return path;
}

/** Reads a file in as a member of the council, and answers what was told of each row. */
export async function readIn(
  world: World,
  { memberId }: Pick<Asking, 'memberId'>,
  of: FileOf | string,
  options: Partial<FluxOptions> = {},
) {
  const verdicts: Verdict[] = [];
  const file = await new Spool().open(fluxFile(typeof of === 'string' ? of : fluxXml(of)));
  const summary = await importFlux(world.db, { ...file, name: 'flux.xml' }, {
    viewer: () => viewerOf(world, memberId),
    onVerdicts: (told) => void verdicts.push(...told),
    ...options,
  }); // prettier-ignore
  return { ...summary, verdicts, told: verdicts.map(({ outcome, reason }) => `${outcome} ${reason}`.trim()) };
}
