/**
 * The structure of the funds' flux « RSA bénéficiaires » (vrsb0801): each block by a line, what stands in it deeper in. A name
 * alone stands once; `?` at most once, `*` any number, `+` at least once, `{2}` or `{0,2}` so many. Only what has a kind after
 * its name is ever read, and that is the allow-list; of everything else it is known that it is there.
 */
const written = `
Racine
  IdentificationFlux
    APPLIEME NUMVERSIONAPPLIEME TYPEFLUX:M|J NATFLUX DTCREAFLUX HEUCREAFLUX DTREF:date
  InfosFoyerRSA*
    IdentificationRSA
      Organisme
        FONORG:CAF|MSA NUMORG:3 MATRICULE:digits15
      Partenaire
        TYPEPARTE IDEPARTE
      DemandeRSA
        DTDEMRSA:date NUMDEMRSA:11
      DemandeRMI?
        DateDemandeRMI
          DTDEMRMI
        NumeroInstructionRMI
          NUMDEPINSRMI TYPEINSRMI NUMCOMINSRMI NUMAGRINSRMI NUMDOSINSRMI NUMCLI
      OrganismeCedant?
        FONORGCEDMUT:3 NUMORGCEDMUT:3 MATRICULEORGCEDMUT? DDARRMUT:date
      OrganismePrenant?
        FONORGPRENMUT:3 NUMORGPRENMUT:3 DDDEPAMUT:date
    Personne+
      Identification
        QUAL? NOM:28 NOMNAI:28 PRENOM:32 PRENOM2:15? PRENOM3:15? NOMCOMNAI DTNAI:date RGNAI? TYPEDTNAI? NIR? TOPVALIEC? SEXE
      DossierCAF
        TOPRESPDOS DDRATDOS DFRATDOS? NUMDEMRSAPRECE?
      Prestations{2}
        NATPREST:PFA|RSA ROLEPERS:DEM|CJT|ENF|AUT|RDO TOPCHAPERS
      Rattachement{0,2}
        NOMNAI PRENOM DTNAI NIR? TYPEPAR
      DossierPoleEmploi?
        IDASSEDIC:8
      Ressources?
        GeneraliteRessourcesTrimestre
          TOPRESSNUL DDRESS DFRESS
        RessourcesMensuelles{0,3}
          GeneraliteRessourcesMensuelles
            MOISRESS NBHEUMENTRA?
          DetailRessourcesMensuelles+
            NATRESS MTNATRESSMEN ABANEU?
      MontantCalculDroitRSAPersonne?
        TOPPERSDRODEVORSA:boolean TOPPERSENTDRODEVORSA? MTPERSRESSMENRSA? MTPERSABANEURSA?
      Activite*
        REG? ACT DDACT DFACT? NATCONTRTRA? TOPCONDADMETI?
      PensionAlimentaire?
        Asf{0,2}
          SITASF PARASSOASF DDASF DFASF?
        CreanceAlimentaire*
          ETATCREALIM DDCREALIM DFCREALIM? ORIOBLALIM MOTIDISCREALIM? COMMCREALIM? MTSANCREALIM?
      Grossesse?
        DDGRO DFGRO? DTDECLGRO NATFINGRO?
      InformationsAgricoles?
        MTBENAGRI? REGFISAGRI? DTBENAGRI?
      AvisPCGPersonne?
        ConditionETI?
          AVISEVARESSNONSAL DTSOURESSNONSAL DTEVARESSNONSAL? MTEVARESSNONSAL?
        Derogation*
          TYPEDERO AVISDERO DDAVISDERO DFAVISDERO?
        ExclueRSA?
          EXCL DDEXCL DFEXCL?
        Liberalite?
          MTLIBERNONDECL DTABSDECLLIBER
      AvisCGSSDOMPersonne?
        JUSACTDOM RESUJUSACTDOM
    DonneesAdministratives
      SituationFamille
        SITFAM DDSITFAM REGAGRIFAM?
      Adresse{1,3}
        TroncCommunAdresse
          RGADR:digits2 DTEMM? PAYS TYPEADR ETATADR
        AdresseDetailleeFrance?
          COMPLIDEADR COMPLADR NUMVOIE LIBTYPEVOIE NOMVOIE LIEUDIST NUMCOM:5 CODEPOS NOMCOM
        AdresseHorsFrance?
          LIBLIG2ADR LIBLIG3ADR LIBLIG4ADR LIBLIG5ADR LIBLIG6ADR LIBLIG7ADR
    PrestationRSA
      SituationDossierRSA
        EtatDossierRSA
          ETATDOSRSA:0|1|2|3|4|5|6
        Refus?
          DTREFURSA:date MOTIREFURSA:3
        SuspensionDroit*
          MOTISUSDRORSA:2 DDSUSDRORSA:date NATGROUPFSUS?
        SuspensionVersement*
          MOTISUSVERSRSA:2 DDSUSVERSRSA:date
        FinDroit?
          MOTICLORSA:3 DTCLORSA:date
        FinDroitMoisAnterieur?
          MOTICLORSA:3 DTCLORSA:date
      DetailDroitRSA
        TroncCommunDroitRSA
          TOPSANSDOMFIXE NBENFAUTCHA? ORIDEMRSA DTORIDEMRSA? TOPFOYDRODEVORSA?
        SpecificiteDOM?
          SURFAGRIDOM DDSURFAGRIDOM SURFAGRIDOMPLA? NBTOTAIDEFAMSURFDOM? NBTOTPERSMAJOSURFDOM?
        MontantsCalculDroitRSA?
          DDELECAL DFELECAL? MTREVMINIGARARSA MTPENTRSA? MTLOCALRSA? MTREVGARARSA MTPFRSA? MTALRSA? MTRESSMENRSA MTSANOBLALIMRSA? MTREDHOSRSA? MTREDCGRSA? MTCUMINTEGRSA? MTABANEURSA? MTTOTDRORSA
        DetailCalculDroitRSA*
          NATPF SOUSNATPF DDNATDRO DFNATDRO? MTRSAVERS? DTDERRSAVERS?
        AvisPCGDroitRSA?
          ConditionAdministrative*
            AVISCONDADMRSA MOTICONDADMRSA COMM1CONDADMRSA? COMM2CONDADMRSA? DTEFFAVISCONDADMRSA
          ReductionRSA*
            MTREDRSA DDREDRSA DFREDRSA?
          PaiementTiers?
            AVISDESTPAIRSA DTAVISDESTPAIRSA NOMTIE TYPEPERSTIE
    Evenement*
      DTLIQ HEULIQ FG
    Controle?
      ControleAdministratif*
        IdentificationCibleControleAdministratif
          DTEFFCIBCONTRO CIBCONTRO CIBCONTROMSA?
        IdentificationControleAdministratif
          DTDETECCONTRO DTCLOCONTRO
        ModaliteControleAdministratif
          LIBCIBCONTRO FAMCIBCONTRO NATCIBCONTRO COMMACONTRO TYPECONTRO
        ResultatControleAdministratif
          TYPEIMPACCONTRO MTINDURSACGCONTRO? MTRAPRSACGCONTRO?
    Anomalie*
      LIBANO
  TransmissionFlux
    NBTOTDOSRSATRANSM:digits8 NBTOTDOSRSATRANSMANO:digits8
`;

/** One element of the schema. */
export interface Node {
  name: string;
  /** `Personne/Identification/NOM`, from the household; of what stands outside one from the root. */
  path: string;
  least: number;
  most: number;
  children: Node[];
  byName: Map<string, number>;
  /** How its text is checked; null: it is never read. */
  kind: ((text: string) => string | null) | null;
}

/** What is wrong with a text of this kind, as the code of a rule; null when nothing is. */
type Check = (text: string) => string | null;

function checkOf(kind: string): Check {
  if (kind === 'date') return (text) => (isDay(text) ? null : 'DATE');
  if (kind === 'boolean') return (text) => (/^(0|1|true|false)$/.test(text) ? null : 'BOOLEAN');
  if (kind.startsWith('digits')) {
    const shape = new RegExp(`^\\d{1,${kind.slice(6)}}$`);
    return (text) => (shape.test(text) ? null : 'NUMBER');
  }
  if (/^\d+$/.test(kind) && Number(kind) > 1)
    return (text) => (text.length <= Number(kind) ? null : 'LENGTH');
  const codes = kind.split('|');
  return (text) => (codes.includes(text) ? null : 'CODE');
}

/** Whether it is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // there is no year 0
  return text >= '0001' && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

const shape = /^(\w+?)(?::([\w|]+))?(\?|\*|\+|\{(\d)(?:,(\d))?\})?$/;

function nodeOf(word: string, parent: Node | null): Node {
  const [, name, kind, times, least, most] = shape.exec(word)!;
  const bounds: Record<string, [number, number]> = { '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] };
  const [from, to] = times ? (bounds[times] ?? [Number(least), Number(most ?? least)]) : [1, 1];
  const above = parent === null || parent.name === 'Racine' ? '' : parent.path;
  const path = name === 'InfosFoyerRSA' ? '' : above === '' ? name! : `${above}/${name!}`;
  return { name: name!, path, least: from, most: to, children: [], byName: new Map(), kind: kind ? checkOf(kind) : null };
} // prettier-ignore

function read(): Node {
  let root: Node | null = null;
  const open: { indent: number; node: Node }[] = [];
  for (const line of written.split('\n').filter(Boolean)) {
    const indent = line.search(/\S/);
    while (open.length && open.at(-1)!.indent >= indent) open.pop();
    const parent = open.at(-1)?.node ?? null;
    for (const word of line.trim().split(' ')) {
      const node = nodeOf(word, parent);
      parent?.byName.set(node.name, parent.children.push(node) - 1);
      open.push({ indent, node });
      root ??= node;
    }
  }
  return root!;
}

export const schema = read();
