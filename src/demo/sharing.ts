import { endOfDay } from '../kernel/calendar.ts';
import { OrganisationKind } from '../partners/organisation.rules.ts';
import type { AccessReason, Category } from '../people/access.rules.ts';
import { glass, openedBy } from '../sharing/glass.rules.ts';
import type { GlassDetailRow, GlassRow } from '../sharing/glass.row.ts';
import type { GrantRow } from '../sharing/grant.row.ts';
import { withCore } from '../sharing/grant.rules.ts';
import type { Rights } from './access.ts';
import { fresh, type Ground } from './ground.ts';
import type { Partners } from './organisations.ts';
import type { DemoPerson } from './people.ts';
import { type DemoGlass, demoGlasses, type DemoGrant, demoGrants } from './sharing.data.ts';
import { iso } from './timeline.ts';

interface Stage {
  people: readonly DemoPerson[];
  partners: Partners;
  rights: Rights;
}

/** Grants and emergencies of the story, with the rights they gave. */
export function sharingOf(ground: Ground, stage: Stage) {
  return {
    sharing_grant: demoGrants.map((grant) => grantOf(ground, stage, grant)),
    ...brokenOf(ground, stage),
  };
}

function grantOf({ time }: Ground, stage: Stage, { to, from, until, ended, ...of }: DemoGrant): GrantRow {
  const { row, referent, member } = personOf(stage, of.person);
  const given = time.at(from, 10, 30);
  const endedAt = ended ? time.at(ended[0], ended[1] === 'TERM' ? 0 : 15, 1) : null;
  const kind = to in OrganisationKind ? (to as OrganisationKind) : null;
  const grant: GrantRow = {
    id: time.id('SharingGrant', given),
    personId: row.id,
    organisationIds: kind ? ofKind(stage, kind, referent.id) : [stage.partners.of(to).id],
    organisationKind: kind,
    categories: withCore(['IDENTITY', 'CONTACT', ...of.more]),
    purpose: of.purpose,
    legalBasis: of.basis,
    grantedBy: referent.id,
    grantedByMember: member.id,
    fromDay: time.day(from),
    untilDay: time.day(until),
    opensAt: iso(given),
    closesAt: endOfDay(time.day(until)),
    endedAt: endedAt === null ? null : iso(endedAt),
    endReason: ended?.[1] ?? null,
    externalReference: null,
    ...fresh(iso(given)),
    version: ended ? 2 : 1,
  };
  const closes = [grant.closesAt, grant.endedAt ?? grant.closesAt].sort()[0]!;
  for (const organisationId of grant.organisationIds)
    open(stage, { ...grant, organisationId, memberId: null }, 'GRANT', closes);
  return grant;
}

/** Who follows the person already is not named with its kind. */
function ofKind({ partners }: Stage, kind: string, except: string): string[] {
  const all = partners.all.filter((each) => each.kind === kind && each.id !== except);
  return all.map(({ id }) => id).sort();
}

function brokenOf(ground: Ground, stage: Stage) {
  const broken_glass = demoGlasses.map((broken) => glassOf(ground, stage, broken));
  const broken_glass_detail = broken_glass.map(
    ({ id: glassId, personId, organisationId, brokenAt: at }, each): GlassDetailRow => ({
      ...{ glassId, personId, organisationId, at, detail: demoGlasses[each]!.detail },
    }),
  );
  return { broken_glass, broken_glass_detail };
}

function glassOf({ time }: Ground, stage: Stage, broken: DemoGlass): GlassRow {
  const { row } = personOf(stage, broken.person);
  const by = stage.partners.of(broken.by);
  const [email, brokenBy] = broken.member;
  const at = time.at(broken.day, broken.hour, 40);
  const opened: GlassRow = {
    id: time.id('BrokenGlass', at),
    personId: row.id,
    organisationId: by.id,
    memberId: by.members.find((member) => member.email === email)!.id,
    brokenBy,
    reason: broken.reason,
    soughtBy: 'IDENTITY',
    categories: openedBy(broken.reason, { kind: by.kind, remit: null, employs: false }, false),
    brokenAt: iso(at),
    closesAt: iso(at + glass.hours * 3_600_000),
  };
  open(stage, { ...opened, personId: row.id, opensAt: opened.brokenAt }, 'BREAK_GLASS', opened.closesAt!);
  return opened;
}

interface Opening {
  id: string;
  personId: string;
  organisationId: string;
  memberId: string | null;
  categories: Category[];
  opensAt: string;
  legalBasis?: string;
}

function open({ rights }: Stage, of: Opening, reason: AccessReason, validUntil: string): void {
  for (const category of of.categories) {
    const right = rights.give(of.personId, of, category, reason, of.id, Date.parse(of.opensAt));
    Object.assign(right, { validUntil, legalBasis: of.legalBasis ?? null });
  }
}

function personOf({ people }: Stage, key: string): DemoPerson {
  return people.find((person) => person.key === key)!;
}
