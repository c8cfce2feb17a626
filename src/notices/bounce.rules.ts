/**
 * What came back to the sender's mailbox (RFC 3464): the addresses it says are dead, for good (5.x.x). One that says the
 * mailbox is full, or to wait, names none.
 */
export function deadIn(message: string): string[] {
  const unfolded = message.replace(/\r\n/g, '\n').replace(/\n[ \t]+/g, ' ');
  // a block for each recipient, set apart by an empty line
  const dead = unfolded.split(/\n\s*\n/).flatMap((block) => {
    const recipient = /^Final-Recipient:\s*rfc822\s*;\s*<?([^\s<>;]+@[^\s<>;]+?)>?\s*$/im.exec(block)?.[1];
    const failed = /^Action:\s*failed\s*$/im.test(block) && /^Status:\s*5\.\d{1,3}\.\d{1,3}/im.test(block);
    return recipient && failed ? [recipient.toLowerCase()] : [];
  });
  return [...new Set(dead)];
}

export const isAddress = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+$/.test(text);
