import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { found } from '../kernel/refusal.ts';
import { recordNeed } from '../people/need.actions.ts';
import { NeedTheme } from '../people/need.rules.ts';
import { themesNoted } from '../people/need.store.ts';
import type { PersonUpsert } from '../people/person.inputs.ts';
import { LegalBasis } from '../people/person.rules.ts';
import { versionOf } from '../people/person.store.ts';
import { upsertPerson } from '../people/upsert.actions.ts';
import { OfferKind } from '../programme/offer-kind.rules.ts';
import { type Cells, codeIn, codesIn, dayIn, required, withNought } from './cell.rules.ts';
import type { Step } from './intake.store.ts';
import type { Defaults, RowDone, SheetKind } from './sheet-kind.ts';

/** The people a partner follows, under its own numbers. */
export const peopleSheet: SheetKind = {
  name: 'people',
  columns: [
    { name: 'externalReference', headings: ['numero', 'reference', 'external_reference'], required: true },
    { name: 'lastName', headings: ['nom', 'last_name'], required: true, path: 'identity.lastName' },
    { name: 'firstName', headings: ['prenom', 'first_name'], required: true, path: 'identity.firstName' },
    { name: 'birthName', headings: ['nom_de_naissance', 'birth_name'], path: 'identity.birthName' },
    { name: 'birthDate', headings: ['date_de_naissance', 'birth_date'], path: 'identity.birthDate' },
    { name: 'phone', headings: ['telephone', 'phone'], path: 'contact.phone' },
    { name: 'email', headings: ['courriel', 'email'], path: 'contact.email' },
    { name: 'address', headings: ['adresse', 'address'], path: 'contact.address' },
    { name: 'commune', headings: ['commune_insee', 'commune'] },
    { name: 'soughtKind', headings: ['action_recherchee', 'sought_kind'] },
    { name: 'needs', headings: ['besoins', 'needs'], path: 'theme' },
    { name: 'referent', headings: ['referent'], path: 'referent.member' },
    {
      name: 'franceTravail',
      headings: ['identifiant_france_travail', 'france_travail'],
      path: 'numbers.franceTravail',
    },
    { name: 'passIae', headings: ['pass_iae'], path: 'numbers.passIae' },
    { name: 'legalBasis', headings: ['base_legale', 'legal_basis'] },
  ],
  keyOf: ({ externalReference }) => externalReference ?? null,
  act: importPerson,
};

async function importPerson(tx: Transaction, cells: Cells, defaults: Defaults): Promise<RowDone> {
  const input = await inputOf(tx, cells, defaults);
  refuseUnreadable(input);
  const { id, outcome } = await upsertPerson(tx, input);
  const themes = codesIn(NeedTheme, cells, 'needs');
  const noted = themes.length ? await themesNoted(tx, id) : [];
  const fresh = [...new Set(themes)].filter((theme) => !noted.includes(theme));
  const needs: Step[] = [];
  for (const theme of fresh) needs.push(await noteNeed(tx, id, theme));
  if (outcome === 'UNCHANGED') return { outcome: fresh.length ? 'CHANGED' : outcome, steps: needs };
  const made = outcome === 'CREATED';
  const version = await versionOf(tx, id);
  const step: Step = { subject: id, version, made, ...(!made && { found: version - 1 }) };
  // needs noted with a new person go with it; those added to one that was there are undone by themselves
  return { outcome, steps: made ? [step] : [step, ...needs] };
}

async function noteNeed(tx: Transaction, person: string, theme: NeedTheme): Promise<Step> {
  const { id } = await recordNeed(tx, { person, theme });
  return { subject: id, version: 1, made: true };
}

async function inputOf(tx: Transaction, cells: Cells, defaults: Defaults): Promise<PersonUpsert> {
  const legalBasis = codeIn(LegalBasis, cells, 'legalBasis') ?? defaults.legalBasis;
  return {
    externalReference: required(cells, 'externalReference'),
    identity: given({
      lastName: required(cells, 'lastName'),
      firstName: required(cells, 'firstName'),
      birthName: cells.birthName,
      birthDate: dayIn(cells, 'birthDate'),
    }),
    contact: given({
      phone: withNought(cells.phone, 10),
      email: cells.email,
      address: cells.address,
    }),
    numbers: given({ franceTravail: cells.franceTravail, passIae: cells.passIae }),
    ...given({
      commune: withNought(cells.commune, 5),
      soughtKind: codeIn(OfferKind, cells, 'soughtKind'),
      referent: cells.referent === undefined ? undefined : await referentIn(tx, cells.referent),
    }),
    legalBasis: legalBasis ?? (required(cells, 'legalBasis') as LegalBasis),
  };
}

/** An empty cell says nothing: it clears nothing either. */
function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** Oneself (`moi`), or a colleague by address: whoever follows the person in one's own organisation. */
async function referentIn(tx: Transaction, cell: string): Promise<{ member?: string }> {
  if (/^(moi|me)$/i.test(cell)) return {};
  const colleague = sql`select id from member where lower(email) = ${cell.toLowerCase()}
    and organisation_id = ${tx.viewer.organisation} and state = 'ACTIVE'`;
  const member = await tx.asHub('referent', () => firstRow<{ id: string }>(tx, colleague));
  return { member: found(member, 'referent').id };
}
