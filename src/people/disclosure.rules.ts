import { Category, type AccessReason, type NotOpen } from './access.rules.ts';
import { mayOpen, type Holder } from './closed.rules.ts';

export interface DisclosedTo {
  holder: Holder;
  /** Whether the hub keeps health data: where it does not, the category is not told of. */
  health: boolean;
  open: readonly { category: Category; reason: AccessReason; until: string | null }[];
  /** When the name opens by a referral under way; null when by none. */
  awaited: 'AT_ACKNOWLEDGEMENT' | 'AT_MEETING' | 'AT_ACCEPTANCE' | null;
}

export interface Disclosed {
  category: Category;
  visible: boolean;
  why: AccessReason | NotOpen;
  until: string | null;
}

/** Of each category, whether it is open to a viewer and why, or why not: what a screen shows in its place. */
export function disclosed(to: DisclosedTo): Disclosed[] {
  const kept = Object.values(Category).filter((category) => category !== 'HEALTH' || to.health);
  return kept.map((category) => {
    const right = to.open.find((each) => each.category === category);
    if (right) return { category, visible: true, why: right.reason, until: right.until };
    return { category, visible: false, why: whyNot(category, to), until: null };
  });
}

function whyNot(category: Category, { holder, awaited }: DisclosedTo): NotOpen {
  if (!mayOpen(category, holder)) return 'CLOSED_BY_LAW';
  const named = category === 'IDENTITY' || category === 'CONTACT';
  return (named && awaited) || 'NOT_NEEDED';
}
