import fc from 'fast-check';
import { readSettings } from '../../src/config/settings.ts';
import { isBusinessDay } from '../../src/kernel/calendar.ts';
import { parisDay } from '../../src/kernel/clock.ts';
import { Role } from '../../src/kernel/viewer.ts';
import { toTell, type Candidate, type Side } from '../../src/notices/candidate.rules.ts';
import { deliveryByDefault, NoticeKind, stillHolds } from '../../src/notices/kind.rules.ts';
import { digestOf, messageOf, type Item } from '../../src/notices/mail.rules.ts';
import { faultOf } from '../../src/notices/post.ts';
import { answeredSince, mostAttempts, nextDigest, nextTry } from '../../src/notices/time.rules.ts';
import { dayInWords } from '../../src/notices/words.rules.ts';

const addresses = { hub: 'https://hub.example', preferences: 'https://hub.example/notices' };
const kinds = Object.values(NoticeKind);
const item = (over: Partial<Item> = {}): Item => ({
  kind: 'REMINDER',
  offer: 'Berges',
  deadline: '2026-12-03T23:00:00.000Z',
  others: [],
  link: null,
  ...over,
});

describe('a message', () => {
  test('says the day in Paris before which it is awaited', () => {
    expect(dayInWords('2026-12-03T23:00:00.000Z', 'FR')).toBe('vendredi 4 décembre');
    expect(dayInWords('2026-07-02T22:00:00.000Z', 'EN')).toBe('Friday 3 July');
  });

  test.each(['FR', 'EN'] as const)(
    'has its sentence for each kind, and no two subjects alike (%s)',
    (language) => {
      const subjects = kinds.map((kind) => messageOf(item({ kind }), language, addresses).subject);
      expect(new Set(subjects).size).toBe(kinds.length);
      for (const kind of kinds)
        expect(messageOf(item({ kind, offer: null, deadline: null }), language, addresses).text).not.toMatch(
          /null|undefined/,
        );
    },
  );

  test('names next-best vacancies by their titles', () => {
    const { text } = messageOf(
      item({ kind: 'EXPIRING', others: ['Jardin', 'Cuisine', 'Vélos'] }),
      'FR',
      addresses,
    );
    expect(text).toMatch(/\n- Jardin\n- Cuisine\n- Vélos\n/);
  });

  test('lets no title become markup, a link or a second line', () => {
    const offer = 'Berges</p><script>x</script>\nhttps://elsewhere.example';
    const { html, text } = messageOf(item({ offer }), 'EN', addresses);
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/href="https:\/\/elsewhere/);
    expect(text).toContain('</script> https://elsewhere.example” awaits');
  });

  test('of a day tells forty things and counts the rest', () => {
    const { text, subject } = digestOf(
      Array.from({ length: 45 }, () => item()),
      'EN',
      addresses,
    );
    expect(subject).toContain('45 news items');
    expect(text.match(/Half the time/g)).toHaveLength(40);
    expect(text).toContain('And 5 more');
  });
});

describe('whom', () => {
  const member = (id: string, organisationId: string, roles: Role[], seesPerson = true): Candidate => ({
    id,
    organisationId,
    roles,
    seesPerson,
  });
  const hand = {
    receiverId: 'r',
    receiverMember: null,
    senderId: 's',
    senderMember: null,
    referentMember: null,
  };
  const nobody = { organisationId: null, member: null };
  const all = [
    member('provider', 'r', ['PROVIDER']),
    member('chief', 'r', ['MANAGER']),
    member('reader', 'r', ['READER']),
    member('sees', 's', ['COORDINATOR']),
    member('sees-not', 's', ['COORDINATOR'], false),
    member('boss', 's', ['MANAGER']),
  ];

  test.each<[Side, object, string[]]>([
    ['RECEIVER', {}, ['provider']],
    ['RECEIVER', { receiverMember: 'chief' }, ['chief']],
    ['RECEIVER', { receiverMember: 'gone' }, ['provider']],
    ['RECEIVER_MANAGERS', {}, ['chief']],
    ['SENDER', {}, ['sees']],
    ['SENDER', { senderMember: 'sees-not' }, ['sees-not']],
    ['FOLLOWERS', {}, ['chief', 'sees']],
  ])('%s, in hand of %j: %j', (side, named, expected) => {
    expect(toTell(side, all, { ...hand, ...named }, nobody)).toEqual(expected);
  });

  test('managers where nobody else does that work', () => {
    expect(toTell('RECEIVER', [member('chief', 'r', ['MANAGER'])], hand, nobody)).toEqual(['chief']);
  });

  test('never the side that acted, unless both sides are one organisation; never the actor', () => {
    expect(toTell('SENDER', all, hand, { organisationId: 's', member: 'boss' })).toEqual([]);
    const own = { ...hand, senderId: 'r' };
    expect(toTell('RECEIVER', all, own, { organisationId: 'r', member: 'chief' })).toEqual(['provider']);
    expect(toTell('RECEIVER', all, own, { organisationId: 'r', member: 'provider' })).toEqual([]);
  });

  test('a reader is told nothing unasked, and a manager alone hears each morning of what others are told at once', () => {
    expect(kinds.filter((kind) => deliveryByDefault(kind, ['READER']) === 'AT_ONCE')).toEqual([
      'ESCALATION',
      'GLASS_BROKEN',
      'ENDPOINT_STOPPED',
    ]);
    expect(deliveryByDefault('REMINDER', ['MANAGER'])).toBe('DAILY');
    expect(deliveryByDefault('REMINDER', ['MANAGER', 'PROVIDER'])).toBe('AT_ONCE');
  });
});

describe('when', () => {
  const instant = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString());

  test('the next morning is a business day, still to come, and at the hour', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 23 }), (now, hour) => {
        const next = nextDigest(now, hour);
        expect(next > now).toBe(true);
        expect(isBusinessDay(parisDay(next))).toBe(true);
        expect(
          new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', timeZone: 'Europe/Paris' }).format(
            new Date(next),
          ),
        ).toBe(`${String(hour).padStart(2, '0')} h`);
      }),
    );
  });

  test('tries become rarer, and end after about three days', () => {
    let at = '2026-11-23T08:00:00.000Z';
    const began = Date.parse(at);
    for (let attempts = 1, pause = 0; attempts < mostAttempts; attempts++) {
      const next = nextTry(at, attempts);
      expect(Date.parse(next) - Date.parse(at)).toBeGreaterThanOrEqual(pause);
      pause = Date.parse(next) - Date.parse(at);
      at = next;
    }
    expect(Math.round((Date.parse(at) - began) / 86_400_000)).toBe(3);
  });

  test('a link is over with any answer given since it was made, whatever the state is again', () => {
    const expires = '2026-11-26T08:00:00.000Z';
    expect(answeredSince(expires, [null, null])).toBe(false);
    expect(answeredSince(expires, ['2026-11-23T07:59:00.000Z', null])).toBe(false);
    expect(answeredSince(expires, [null, '2026-11-23T08:01:00.000Z'])).toBe(true);
  });

  test('what asks for an answer is over once one was given', () => {
    expect(
      ['SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'DECLINED'].filter((state) => stillHolds('REMINDER', state)),
    ).toEqual(['SENT', 'ACKNOWLEDGED']);
    expect(stillHolds('ANSWER_RECEIVED', 'DECLINED')).toBe(true);
  });

  test.each([
    [{ code: 'ECONNECTION' }, 'FOR_NOW'],
    [{ responseCode: 421, command: 'CONN' }, 'FOR_NOW'],
    [{ responseCode: 535, code: 'EAUTH', command: 'AUTH PLAIN' }, 'FOR_NOW'],
    [{ responseCode: 550, code: 'EENVELOPE', command: 'MAIL FROM' }, 'FOR_NOW'],
    [{ responseCode: 550, code: 'EENVELOPE', command: 'RCPT TO' }, 'ADDRESS'],
    [{ responseCode: 554, code: 'EMESSAGE', command: 'DATA' }, 'MESSAGE'],
  ])('%j is a fault of %s', (error, fault) => expect(faultOf(error)).toBe(fault));
});

test('a mail server needs a sender and an address to lead to', () => {
  const faults = (environment: object) => {
    try {
      return readSettings(environment as never) && [];
    } catch (error) {
      return (error as { faults: string[] }).faults.map((fault) => fault.split(':')[0]);
    }
  };
  expect(faults({ SMTP_URL: 'smtp://mail.example:25' })).toEqual(['MAIL_FROM', 'PUBLIC_URL']);
  expect(faults({ SMTP_URL: 'http://mail.example', MAIL_FROM: 'nobody', MAIL_DIGEST_HOUR: '24', PUBLIC_URL: 'https://hub.example' })).toEqual(['SMTP_URL', 'MAIL_FROM', 'MAIL_DIGEST_HOUR']);
  expect(faults({ SMTP_URL: 'smtps://u:p@mail.example', MAIL_FROM: 'Passerelle <a@b.example>', PUBLIC_URL: 'https://hub.example' })).toEqual([]);
}); // prettier-ignore
