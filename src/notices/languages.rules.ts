import { english } from './words-en.rules.ts';
import { french } from './words-fr.rules.ts';
import type { Language, Words } from './words.rules.ts';

const words: Record<Language, Words> = { FR: french, EN: english };

/** The words of a member's own language. */
export const wordsOf = (language: Language): Words => words[language];
