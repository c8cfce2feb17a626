import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import type { MemberRow } from '../partners/member.row.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';

/** What a message says of its subject: titles of the catalogue, and nothing of anybody. */

export async function titleOf(reader: Reader, offer: string): Promise<string> {
  return (await firstRow<{ title: string }>(reader, sql`select title from offer where id = ${offer}`))!.title;
}

/**
 * Open vacancies of the same kind of offer with a free place, the nearest to that offer first. By the catalogue alone:
 * `Referral.nextBest` starts from where the person lives, which nobody shall read off a mail.
 */
export async function nextBest(reader: Reader, { offerId }: ReferralRow, most: number): Promise<string[]> {
  const rows = await reader.rows<{ title: string }>(sql`
    select coalesce(vacancy.title, offer.title) as title
    from offer asked join offer on offer.kind = asked.kind and offer.state = 'PUBLISHED' and offer.id <> asked.id
    join vacancy on vacancy.offer_id = offer.id and vacancy.state = 'OPEN' and (vacancy.free is null or vacancy.free > 0)
    where asked.id = ${offerId}
    order by app.metres(asked.latitude, asked.longitude, vacancy.latitude, vacancy.longitude) nulls last, vacancy.id
    limit ${most}`);
  return rows.map(({ title }) => title);
}

export type Addressee = Pick<
  MemberRow,
  'id' | 'email' | 'language' | 'state' | 'mailBouncedAt' | 'mailFailures'
>;

export function addresseeOf(reader: Reader, member: string): Promise<Addressee | null> {
  return firstRow(
    reader,
    sql`select id, email, language, state, mail_bounced_at as "mailBouncedAt", mail_failures as "mailFailures"
      from member where id = ${member}`,
  );
}
