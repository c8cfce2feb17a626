import { noteBounce } from '../../src/notices/bounce.actions.ts';
import { deadIn } from '../../src/notices/bounce.rules.ts';
import { addressOf } from '../kit/notices.ts';
import { World } from '../kit/world.ts';

/** A message as mail servers send it back (RFC 3464). */
const returned = (...recipients: string[]) =>
  ['From: MAILER-DAEMON@relay.example', 'Content-Type: multipart/report; report-type=delivery-status', '',
    'Reporting-MTA: dns; relay.example', '', ...recipients.flatMap((each) => [each, '']),
    'Subject: Passerelle : une orientation attend votre réponse', 'To: autre@conseil.example'].join('\r\n'); // prettier-ignore
const failed = (address: string, status = '5.1.1', action = 'failed') =>
  `Final-Recipient: rfc822;\r\n ${address}\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 no such user`;

describe('a message that came back', () => {
  test('names who is dead for good, once, whatever it was folded into', () => {
    const message = returned(failed('Anne.Roux@Conseil.example'), failed('<paul@conseil.example>'));
    expect(deadIn(message)).toEqual(['anne.roux@conseil.example', 'paul@conseil.example']);
    expect(deadIn(`${message}\r\n\r\n${message}`)).toHaveLength(2);
  });

  test.each([
    ['a full mailbox', failed('anne@conseil.example', '4.2.2')],
    ['a delay', failed('anne@conseil.example', '4.4.1', 'delayed')],
    ['an answer out of the office', 'Je suis absente. anne@conseil.example'],
  ])('%s names nobody', (_, block) => {
    expect(deadIn(returned(block))).toEqual([]);
  });
});

test('to a dead address nothing more is sent, and its manager reads it; an address of nobody changes nothing', async () => {
  const world = await World.open();
  try {
    const manager = await (await world.organisation({ kind: 'PLIE' })).member();
    const address = (await addressOf(world, manager.memberId)).toUpperCase();
    const note = (email: string) => world.db.write(world.hub, (tx) => noteBounce(tx, email));
    const read = `{ viewer { organisation { members { nodes { id mailBouncedAt } } } } }`;
    expect(await note('personne@nulle-part.example')).toBe(false);
    expect(JSON.stringify(await manager.get(read))).toContain('"mailBouncedAt":null');
    expect(await note(address)).toBe(true);
    expect(JSON.stringify(await manager.get(read))).not.toContain('"mailBouncedAt":null');
  } finally {
    await world.close();
  }
});
