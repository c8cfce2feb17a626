/**
 * The order of the house, top first: a folder may import itself and what stands below it, never above.
 * The linter reads this list; docs/architecture.md tells the same story in words.
 */
export const floors = [
  'main.ts',
  'client', // the generated client for partners: imports nothing of ours (see `alone`)
  'cli',
  'server',
  'demo',
  'indicators',
  'intake',
  'casefiles',
  'worklist',
  'notices',
  'agreements',
  'agenda',
  'pathway',
  'planning',
  'matches',
  'placements',
  'meetings',
  'referrals',
  'matching',
  'eligibility',
  'imports',
  'vacancies',
  'offers',
  'entitlements',
  'sharing',
  'webhooks',
  'audit',
  'doubles',
  'people',
  'programme',
  'partners',
  'territory',
  'events',
  'graphql',
  'auth',
  'db',
  'config',
  'kernel',
];

/** Folders that import nothing of ours, so that a partner may lift them out whole. */
export const alone = ['client'];
