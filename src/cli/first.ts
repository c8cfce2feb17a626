import { sentence } from '../graphql/messages.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { beginHub, type First } from '../partners/first.actions.ts';
import { OrganisationKind } from '../partners/organisation.rules.ts';
import { withDatabase } from './connection.ts';

export interface FirstOptions {
  siret: string;
  manager: string;
  managerName?: string;
  name: string;
  kind: string;
  commune?: string;
}

/** The first partner of an empty hub and who manages it: `npm run admin -- init`. */
export async function init(options: FirstOptions): Promise<void> {
  const first = firstOf(options);
  const began = await withDatabase((db) => db.write(hubViewer('init'), (tx) => beginHub(tx, first))).catch(
    (error: unknown) => {
      throw error instanceof Refusal ? new Error(inWords(error)) : error;
    },
  );
  if (began.outcome === 'TAKEN')
    throw new Error('This hub has partners already: its managers register and invite everybody else.');
  const again = began.outcome === 'AGAIN';
  console.log(
    `${again ? 'There already' : 'Begun'}: ${first.name} (${began.organisation}), managed by ${first.manager}.`,
  );
  console.log(`Next: start the hub; ${first.manager} signs in at your issuer (OIDC_ISSUER), whose token must name
that e-mail address, and invites the others: \`inviteMember\` for colleagues, \`registerOrganisation\` for partners.`);
}

function firstOf({ siret, manager, managerName, name, kind, commune }: FirstOptions): First {
  const kinds = Object.keys(OrganisationKind);
  if (!kinds.includes(kind)) throw new Error(`kind: one of ${kinds.join(', ')}.`);
  return {
    ...{ siret: siret.replaceAll(/\s/g, ''), name, kind: kind as OrganisationKind, commune: commune ?? null },
    ...{ manager: manager.trim(), managerName: managerName ?? /^[^@]{2,}/.exec(manager)?.[0] ?? manager },
  };
}

function inWords(refusal: Refusal): string {
  return `${refusal.field ? `${refusal.field}: ` : ''}${sentence(refusal, 'en')}`;
}
