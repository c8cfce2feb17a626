import type { Post } from './post.ts';

/** How this hub sends mail. */
export interface Office {
  post: Post;
  /** The sender's address. */
  from: string;
  /** Where the hub is reached from outside, without a slash at its end. */
  publicUrl: string;
  /** The hour of Paris at which a day's notices go. */
  digestHour: number;
  /** Where a partner's own software shows a referral, `{id}` standing for its id. */
  referralUrl: string | null;
  /** Whether health data are kept: what a member sees depends on it. */
  health: boolean;
}

export const addressesOf = ({ publicUrl }: Office) => ({
  hub: publicUrl,
  preferences: `${publicUrl}/notices`,
});
