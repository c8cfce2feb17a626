import { largestPage } from '../kernel/page.ts';
import { Refusal } from '../kernel/refusal.ts';

/** As any page: the best come first, and none is so long that it is everybody. */
export function checkFirst(first: number): number {
  if (first >= 0 && first <= largestPage) return first;
  throw new Refusal('LIMIT_EXCEEDED', { reason: 'PAGE_SIZE', largest: largestPage });
}
