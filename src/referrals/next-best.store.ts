import sql, { type Sql } from 'sql-template-tag';
import { grouped } from '../graphql/loaders.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { vacancies } from '../vacancies/vacancy.store.ts';
import { live } from './referral.store.ts';

const most = 3;

/**
 * Where else the person could go, for who sends: open vacancies with a place left, of the same kind of offer and a
 * domain or theme in common; of another provider first, then the nearest to where the person lives, where that is known.
 */
export const nextBestFor = grouped<VacancyRow & { referralId: string }, string>(
  (reader, ids) =>
    reader.rows(sql`
      select asked.id as "referralId", found.* from (
        select referral.id, referral.person_id, referral.vacancy_id, referral.receiver_id,
          offer.kind, offer.domains, offer.thematiques, home.latitude, home.longitude
        from referral join offer on offer.id = referral.offer_id join person on person.id = referral.person_id
          left join person_contact contact on contact.person_id = person.id and ${mayRead(reader.viewer)}
          left join commune home on home.code = coalesce(contact.commune_code, person.commune_code)
        where referral.id = any(${[...ids]}) and ${sends(reader.viewer)}
      ) asked, lateral (
        select ${vacancies.columns} from vacancy join offer on offer.id = vacancy.offer_id
        where vacancy.state = 'OPEN' and vacancy.free >= 1 and offer.state = 'PUBLISHED' and offer.kind = asked.kind
          and (offer.domains && asked.domains or offer.thematiques && asked.thematiques
            or asked.domains = '{}' and asked.thematiques = '{}')
          and vacancy.id is distinct from asked.vacancy_id
          and not exists (select from referral where referral.person_id = asked.person_id
            and referral.vacancy_id = vacancy.id and ${live})
        order by vacancy.organisation_id = asked.receiver_id,
          app.metres(asked.latitude, asked.longitude, vacancy.latitude, vacancy.longitude) nulls last, vacancy.id
        limit ${most}
      ) found`),
  (row) => row.referralId,
);

function sends(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  const follower = sql`coalesce(referral.follower_id, referral.sender_id) = ${viewer.organisation}`;
  return hasScope(viewer, 'referrals:read')
    ? sql`${follower} and ${reaches(viewer, sql`person.id`, 'CORE')}`
    : sql`false`;
}

function mayRead(viewer: Viewer): Sql {
  return viewer.kind === 'HUB' ? sql`true` : reaches(viewer, sql`person.id`, 'CONTACT');
}
