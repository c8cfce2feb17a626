import type { Stage } from './stage.ts';

interface Partner {
  id: string;
  name: string;
  kind: string;
  remit: string | null;
  offers: { nodes: { title: string; confirmedAt: string | null }[] };
  hostedVacancies: { nodes: { openedAt: string | null; offer: { title: string } }[] };
  referralsSent: { nodes: { sentAt: string | null }[] };
}

interface Agreement {
  title: string;
  signedOn: string | null;
  opinions: { council: { id: string }; opinion: string; givenAt: string }[];
  lead: { id: string };
  parties: { role: string; organisation: { id: string } }[];
}

const partners = `query ($after: String) { page: organisations(first: 50, after: $after) {
  nodes { id name kind remit
    offers(first: 1) { nodes { title confirmedAt } }
    hostedVacancies(first: 1) { nodes { openedAt offer { title } } }
    referralsSent(first: 1) { nodes { sentAt } } }
  pageInfo { hasNextPage endCursor } } }`;
const agreements = `query ($after: String) { page: agreements(first: 50, after: $after) {
  nodes { title signedOn lead { id } parties { role organisation { id } } opinions { council { id } opinion givenAt } }
  pageInfo { hasNextPage endCursor } } }`;

interface Act {
  on: string;
  what: string;
}

export interface PartnersMap {
  /** Kind by kind of partner, an act of its own: what and when. */
  lines: string[];
  /** Kinds of whom nobody did anything. */
  silent: string[];
}

/** What each kind of partner last did here, as the council and the fund read it. */
export async function partnersMap(stage: Stage): Promise<PartnersMap> {
  const kinds = new Map<string, (Act & { name: string })[]>();
  const signed = await allOf<Agreement>(stage, agreements);
  for (const partner of await allOf<Partner>(stage, partners)) {
    const who = partner.remit ? `${partner.kind} ${partner.remit}` : partner.kind;
    const acts = [...actsOf(partner), ...signed.flatMap((each) => actsIn(each, partner.id))].map((act) => ({
      ...act,
      name: partner.name,
    }));
    kinds.set(who, [...(kinds.get(who) ?? []), ...acts]);
  }
  kinds.get('BENEFITS_FUND')?.push(...(await fundFiles(stage)));
  const all = [...kinds].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    lines: all.flatMap(([who, acts]) => {
      const [last] = acts.sort((one, other) => (one.on > other.on ? -1 : 1));
      return last ? [`${who}: ${last.name}, ${last.what}, ${last.on.slice(0, 10)}`] : [];
    }),
    silent: all.flatMap(([who, acts]) => (acts.length ? [] : [who])),
  };
}

const act = (on: string | null, what: string): Act[] => (on === null ? [] : [{ on, what }]);

function actsOf({ offers, hostedVacancies, referralsSent }: Partner): Act[] {
  return [
    ...offers.nodes.flatMap(({ confirmedAt, title }) => act(confirmedAt, `confirms “${title}”`)),
    ...hostedVacancies.nodes.flatMap(({ openedAt, offer }) => act(openedAt, `hosts “${offer.title}”`)),
    ...referralsSent.nodes.flatMap(({ sentAt }) => act(sentAt, 'refers somebody')),
  ];
}

function actsIn({ title, signedOn, lead, parties, opinions }: Agreement, id: string): Act[] {
  return [
    ...opinions.flatMap(({ council, opinion, givenAt }) => (council.id === id ? act(givenAt, `opinion ${opinion} on “${title}”`) : [])),
    ...(lead.id === id ? act(signedOn, `signs “${title}”`) : []),
    ...parties.flatMap(({ role, organisation }) => (organisation.id === id ? act(signedOn, `${role} of “${title}”`) : [])),
  ];
} // prettier-ignore

interface Page<T> {
  page: { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function allOf<T>({ council }: Stage, question: string): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { page }: Page<T> = await council.ask<Page<T>>(question, { after });
    all.push(...page.nodes);
    more = page.pageInfo.hasNextPage;
    after = page.pageInfo.endCursor;
  }
  return all;
}

/** The fund tells of its own files; nobody else reads them. */
async function fundFiles({ players }: Stage): Promise<(Act & { name: string })[]> {
  const { viewer, entitlementImports } = await players.caf.ask<{
    viewer: { organisation: { name: string } };
    entitlementImports: { nodes: { referenceOn: string | null; startedAt: string }[] };
  }>('{ viewer { organisation { name } } entitlementImports(first: 1) { nodes { referenceOn startedAt } } }');
  return entitlementImports.nodes.map(({ referenceOn, startedAt }) => ({
    ...{ on: startedAt, what: `its file of ${referenceOn?.slice(0, 7)}`, name: viewer.organisation.name },
  }));
}
