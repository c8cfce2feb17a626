import type { DemoKeys } from '../auth/demo-keys.ts';
import type { Holder } from '../people/closed.rules.ts';
import type { OutcomeRow } from '../placements/outcome.row.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import type { ProfileRow } from '../people/profile.row.ts';
import type { OrganisationRow } from '../partners/organisation.row.ts';
import { Rights } from './access.ts';
import { accessLogOf } from './access-log.ts';
import { agreementsOf } from './agreements.ts';
import { erased, quiet, rectificationsOf } from './casefiles.ts';
import { Eligibility } from './eligibility.ts';
import { entitlementsOf } from './entitlements.ts';
import type { Ground, Rows } from './ground.ts';
import { clockOf } from './clock.ts';
import { doublesOf } from './doubles.ts';
import { Engagements } from './engagements.ts';
import { eventsOf } from './journal.ts';
import { Meetings } from './meetings.ts';
import { noticesOf } from './notices.ts';
import { notesOf } from './notes.ts';
import { offersOf } from './offers.ts';
import { partnersOf } from './organisations.ts';
import { Pathways } from './pathways.ts';
import { peopleOf } from './people.ts';
import { isOneOf, liveStates } from '../referrals/referral.rules.ts';
import { Placements } from './placements.ts';
import { assignmentsOf } from './planning.ts';
import { programmesOf } from './programme.ts';
import { needsOf, profileOf } from './profiles.ts';
import { sayWhyAgain } from './declines.ts';
import { Telling } from './referral.rows.ts';
import { Referrals } from './referrals.ts';
import { seriesOf, successorOf } from './sessions.ts';
import { sharingOf } from './sharing.ts';
import { situationsOf } from './situations.ts';
import { vacanciesOf } from './vacancies.ts';
import { requirementsOf } from './requirements.ts';
import { verdictRows } from './verdicts.ts';

/** All rows of the demo, by table, in the order in which they may be inserted. The same ground gives the same rows. */
export function everything(ground: Ground, keys: DemoKeys): Rows {
  const partners = partnersOf(ground, keys);
  const council = partners.of('council').id;
  const offers = offersOf(ground, partners);
  const vacancies = vacanciesOf(ground, offers, partners);
  const people = peopleOf(ground, partners);
  const holderOf = holders(partners.rows);
  const rights = new Rights(people, holderOf);
  const doubles = doublesOf(ground, people, rights, holderOf);
  for (const person of people) rights.follow(person, council, ground.time);
  const { tales } = new Referrals(ground, offers, vacancies, people);
  const telling = new Telling(ground, rights, partners);
  const told = tales.map((tale) => telling.tell(tale));
  sayWhyAgain(told);
  const rowOf = new Map(told.map(({ tale, row }) => [tale, row]));
  for (const { tale, row } of told) if (tale.previous) row.previousId = rowOf.get(tale.previous)!.id;
  const placements = new Placements(ground, rights);
  for (const each of told) placements.add(each);
  const rows: Rows = {
    ...partners.rows,
    site: [...partners.rows.site!, ...vacancies.sites],
    offer: offers.map(({ row }) => row),
    vacancy_series: [],
    vacancy: vacancies.all.map(({ row: { free: _, ...row } }) => row),
    person: people.map(({ row }) => row),
    person_identity: people.map(({ identity }) => identity),
    person_contact: people.map(({ contact }) => contact),
    person_profile: people.flatMap((person) => profileOf(ground, person) ?? []),
    need: people.flatMap((person) => needsOf(ground, person)),
    referent: people.flatMap(({ referents }) => referents),
    ...doubles,
    referral: told.map(({ row }) => row),
    referral_move: told.flatMap(({ moves }) => moves),
    referral_note: told.flatMap((each) => notesOf(ground, each)),
    ...placements.rows,
    event: eventsOf(ground, told, council),
    rectification: rectificationsOf(ground, people),
  };
  // drawn last, so that all else is as it was without them
  const situations = situationsOf(ground, { people, council, holderOf });
  const profiles = rows.person_profile as ProfileRow[];
  const meetings = new Meetings(ground, told);
  const prescribers = new Set(
    partners.rows.organisation!.flatMap((row) =>
      (row as OrganisationRow).authorisedPrescriber ? [(row as OrganisationRow).id] : [],
    ),
  );
  const eligibility = new Eligibility(ground, {
    ...{ told, situations, placements: placements.rows.placement as PlacementRow[] },
    prescribes: (organisation) => prescribers.has(organisation),
  });
  const busy = new Set(told.flatMap(({ row }) => (isOneOf(liveStates, row.state) ? [row.personId] : [])));
  const pathways = new Pathways(ground, {
    ...{ people, partners, busy: (person) => busy.has(person) },
    placements: placements.rows.placement as PlacementRow[],
    outcomes: placements.rows.outcome as OutcomeRow[],
  });
  const engagements = new Engagements(ground, {
    ...{ pathways: pathways.pathway, partners },
    placements: placements.rows.placement as PlacementRow[],
  });
  const clock = clockOf(ground, told, partners, meetings.rows.clock_stop);
  const sharing = sharingOf(ground, { people, partners, rights });
  const { series, sessions } = seriesOf(ground, vacancies.all);
  const successors = successorOf(ground, placements.rows.placement as PlacementRow[], vacancies.all);
  const beside = [...sessions, ...successors].map(({ free: _, ...row }) => row);
  const all = {
    ...rows,
    requirement: requirementsOf(offers),
    vacancy_series: [series],
    vacancy: [...rows.vacancy!, ...beside],
    ...sharing,
    ...meetings.rows,
    ...clock,
    person_access: rights.packed(),
    person_situation: situations,
    iae_pass: eligibility.iae_pass,
    iae_diagnosis: eligibility.iae_diagnosis,
    iae_criterion: eligibility.iae_criterion,
    pathway: pathways.pathway,
    pathway_step: pathways.pathway_step,
    engagement: engagements.engagement,
    engagement_review: engagements.engagement_review,
    referral_verdict: verdictRows(told, { profiles, situations, holderOf, eligibility }),
    programme: programmesOf(ground, council),
    access_log: accessLogOf(ground, { partners, rights, told }),
    notice: noticesOf(ground, { told, events: rows.event as never, members: rows.member as never }),
  };
  Object.assign(all, agreementsOf(ground, { partners, offers }));
  const entitled = entitlementsOf(ground, {
    ...{ people, situations, outcomes: rows.outcome as OutcomeRow[], council },
    funds: { 'CAF 441': partners.of('caf').id, 'MSA 440': partners.of('msa').id },
    placements: rows.placement as PlacementRow[],
  });
  const claire = partners.of('council').members.find(({ roles }) => roles.includes('MANAGER'))!;
  const runs = assignmentsOf(ground, {
    ...{ people, vacancies: vacancies.all, author: { ...claire, organisationId: council } },
    busy: (person) => busy.has(person),
  });
  return quiet(ground, erased(ground, { ...all, ...entitled, ...runs }, people), people);
}

/** The demo's organisations as the law looks at them. */
function holders({ organisation, accreditation }: Rows): (id: string) => Holder {
  const employing = new Set((accreditation as { organisationId: string }[]).map((row) => row.organisationId));
  const known = new Map(
    (organisation as (Omit<Holder, 'employs'> & { id: string })[]).map(({ id, kind, remit }) => [
      id,
      { kind, remit: remit ?? null, employs: employing.has(id) },
    ]),
  );
  return (id) => known.get(id)!;
}
