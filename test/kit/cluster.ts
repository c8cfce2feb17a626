import { basename } from 'node:path';
import { hubRole, ownerRole } from '../../src/db/open.ts';

/** Names shared by the global set-up and the workers. */
export const rolePassword = 'test';
export const templateDatabase = 'passerelle_template';
/** The same with the demo in it; made by the first test that asks for it. */
export const demoDatabase = 'passerelle_demo';

export interface Urls {
  admin: string;
  owner: string;
  hub: string;
}

export function urlsOf(database: string): Urls {
  const base = new URL(process.env.TEST_CLUSTER_URL!);
  const at = (user: string | null, name: string) => {
    const url = new URL(base);
    url.pathname = `/${name}`;
    if (user) [url.username, url.password] = [user, rolePassword];
    return url.toString();
  };
  return { admin: at(null, 'postgres'), owner: at(ownerRole, database), hub: at(hubRole, database) };
}

/** What a template says of itself: by which state of the code it was made. */
export function madeBy(): string {
  return `made by ${basename(process.env.TESTED_HUB!)}`;
}
