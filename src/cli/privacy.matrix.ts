import { rights, type Act } from '../auth/policy.ts';
import { Role } from '../kernel/viewer.ts';
import { Category } from '../people/access.rules.ts';
import { type Holder, mayOpen, openedTo } from '../people/closed.rules.ts';
import { shown } from '../placements/disclosure.rules.ts';
import { openToReceiver, openToSender, type Disclose } from '../referrals/disclosure.rules.ts';
import type { ReferralState } from '../referrals/referral.rules.ts';

/**
 * The matrices of docs/privacy.md, asked of the rules that decide: what opens at which stage to whom, what no right can
 * open to which kind of organisation, and which role may do what.
 */
const categories = Object.keys(Category) as Category[];

const holder = (kind: string, remit: string | null = null, employs = false): Holder => ({
  kind,
  remit,
  employs,
});
const plie = holder('PLIE');
const enterprise = holder('INSERTION_ENTERPRISE', null, true);

interface Line {
  stage: string;
  whom: string;
  opens: readonly string[];
}

function referralAt(
  state: ReferralState,
  disclose: Disclose = 'AT_ACKNOWLEDGEMENT',
  metAt: string | null = null,
): { receiver: readonly string[]; follower: readonly string[] } {
  const acknowledgedAt = ['DRAFT', 'SENT'].includes(state) ? null : 'some day';
  const facts = { state, disclose, acknowledgedAt, metAt };
  return { receiver: openToReceiver(facts), follower: openToSender(facts) };
}

/** One line a stage and a party, in the order of a pathway. */
function stages(): Line[] {
  const sent = (stage: string, state: ReferralState, disclose?: Disclose): Line[] => {
    const { receiver, follower } = referralAt(state, disclose);
    return [
      { stage, whom: 'receiver', opens: receiver },
      { stage, whom: 'who follows the referral, referent or not', opens: follower },
    ];
  };
  return [
    { stage: 'registered', whom: 'who registered (`REGISTRAR`)', opens: openedTo('REGISTRAR', plie) },
    { stage: 'registered', whom: 'the council (`PROGRAMME`)', opens: openedTo('PROGRAMME', holder('COUNCIL')) },
    { stage: 'followed', whom: 'the referent’s organisation (`REFERENT`)', opens: openedTo('REFERENT', plie) },
    { stage: 'followed', whom: 'a referent that employs', opens: openedTo('REFERENT', enterprise) },
    { stage: 'drafted', whom: 'receiver', opens: referralAt('DRAFT').receiver },
    ...sent('sent (`REFERRAL`)', 'SENT'),
    ...sent('acknowledged', 'ACKNOWLEDGED'),
    ...sent('acknowledged, `AT_MEETING` or `AT_ACCEPTANCE`', 'ACKNOWLEDGED', 'AT_ACCEPTANCE').slice(0, 1),
    { stage: 'met, `AT_MEETING`', whom: 'receiver', opens: referralAt('ACKNOWLEDGED', 'AT_MEETING', 'some day').receiver },
    ...sent('waiting, never acknowledged', 'SENT').slice(0, 1),
    ...sent('accepted', 'ACCEPTED'),
    { stage: 'started (`PLACEMENT`)', whom: 'receiver and follower', opens: shown },
    ...sent('declined, withdrawn, expired, cancelled, lapsed, rerouted', 'DECLINED'),
    { stage: 'granted (`GRANT`), at most', whom: 'an organisation that does not employ', opens: openableTo(plie) },
    { stage: 'granted (`GRANT`), at most', whom: 'an organisation that employs', opens: openableTo(enterprise) },
  ]; // prettier-ignore
}

function openableTo(to: Holder): Category[] {
  return categories.filter((category) => mayOpen(category, to));
}

const kinds: [string, Holder][] = [
  ['council, its services, PLIE, employment service, social centre (CCAS)', plie],
  ['association', holder('ASSOCIATION')],
  ['whoever carries an accreditation (ACI, EI, AI, ETTI, EITI, GEIQ), company', enterprise],
  ['town hall', holder('COMMUNE')],
  ['State, State service, IAE commission, city contract', holder('STATE')],
  ['benefits fund (CAF, MSA)', holder('BENEFITS_FUND')],
];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const marks = (opens: readonly string[], mark = '●') =>
  categories.map((category) => (opens.includes(category) ? mark : '·'));

function matrixOfStages(): string {
  return table(
    ['stage', 'whom', ...categories],
    stages().map(({ stage, whom, opens }) => [stage, whom, ...marks(opens)]),
  );
}

function matrixOfLaw(): string {
  return table(['may be opened to', ...categories], kinds.map(([name, to]) => [name, ...marks(openableTo(to))]));
} // prettier-ignore

function matrixOfRoles(): string {
  const roles = Object.keys(Role) as Role[];
  const rows = (Object.keys(rights) as Act[]).map((act) => {
    const right: { roles: readonly Role[]; scope: string; kinds?: readonly string[] } = rights[act];
    const may = (role: Role) => (role === 'MANAGER' || right.roles.includes(role) ? '●' : '·');
    return [`\`${act}\``, ...roles.map(may), `\`${right.scope}\``, right.kinds?.join(', ') ?? 'any'];
  });
  return table(
    ['act, for one’s own organisation', ...roles, 'scope of a tool', 'kinds of organisation'],
    rows,
  );
}

const matrices: Record<string, () => string> = {
  stages: matrixOfStages,
  law: matrixOfLaw,
  roles: matrixOfRoles,
};

/** The page with each of its marked places filled anew. */
export function withMatrices(page: string): string {
  return Object.entries(matrices).reduce((text, [name, make]) => {
    const place = new RegExp(`(<!-- made: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`docs/privacy.md has no place for the matrix of ${name}`);
    return text.replace(place, (_, open: string, close: string) => `${open}\n${make()}\n\n${close}`);
  }, page);
}
