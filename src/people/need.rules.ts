import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkLength } from '../partners/organisation.rules.ts';
import { isThematique } from '../programme/thematique.rules.ts';

/** The sixteen themes of the carnet de bord, under its own codes. */
export const NeedTheme = vocabulary({
  LOGEMENT: 'Housing (logement)',
  EMPLOI: 'Work (emploi)',
  FORMATION: 'Training (formation)',
  DIFFICULTE_ADMINISTRATIVE: 'Administrative difficulties (difficultés administratives)',
  DIFFICULTE_FINANCIERE: 'Money (difficultés financières)',
  MOBILITE: 'Mobility (mobilité)',
  SANTE: 'Health: the theme alone, never a detail (santé)',
  CONTRAINTES_FAMILIALES: 'Family constraints (contraintes familiales)',
  MAITRISE_LANGUE: 'Command of French (maîtrise de la langue)',
  NUMERIQUE: 'Digital services (numérique)',
  CHOISIR_UN_METIER: 'Choosing a trade (choisir un métier)',
  SE_FORMER: 'Finding one’s training (se former)',
  PREPARER_SA_CANDIDATURE: 'Preparing an application (préparer sa candidature)',
  TROUVER_UN_EMPLOI: 'Finding a job (trouver un emploi)',
  CREER_UNE_ENTREPRISE: 'Starting a business (créer une entreprise)',
  S_OUVRIR_A_L_INTERNATIONAL: 'Working abroad (s’ouvrir à l’international)',
});
export type NeedTheme = Vocabulary<typeof NeedTheme>;

export const NeedCloseReason = vocabulary({
  MET: 'It was answered (résolu)',
  NO_LONGER_THERE: 'It is no longer there, by itself (sans objet)',
  NOT_PURSUED: 'The person does not wish to go on (abandonné)',
  MISTAKE: 'It was recorded by mistake (erreur)',
});
export type NeedCloseReason = Vocabulary<typeof NeedCloseReason>;

export interface NeedFacts {
  theme: NeedTheme;
  thematique?: string | null;
  detail?: string | null;
  openedOn?: string | null;
}

const justice = 'difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire';

/** Health is a theme and nothing more: a need opens as needs do, never as health; justice is no need at all. */
export function checkNeed({ theme, thematique, detail, openedOn }: NeedFacts, today: string): void {
  if (thematique != null && !isThematique(thematique))
    throw invalid('thematique', 'CODE', { value: thematique });
  if (thematique === justice || thematique?.startsWith('sante--')) throw invalid('thematique', 'SENSITIVE');
  if (theme === 'SANTE' && thematique != null) throw invalid('thematique', 'SENSITIVE');
  if (theme === 'SANTE' && detail != null) throw invalid('detail', 'SENSITIVE');
  if (detail != null) checkLength('detail', detail, 1, 500);
  if (openedOn != null && openedOn > today) throw invalid('openedOn', 'FUTURE');
}
