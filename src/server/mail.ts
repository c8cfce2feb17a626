import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Office } from '../notices/office.ts';
import { folderPost, smtpPost } from '../notices/post.ts';

const demoSender = 'Passerelle <passerelle@passerelle.example>';

/** By the operator's mail server; in the demo into files of DATA_DIR/mail; elsewhere nothing is mailed. */
export function officeOf(settings: Settings): Office | null {
  const { SMTP_URL, MAIL_FROM, PUBLIC_URL, REFERRAL_URL, MAIL_DIGEST_HOUR, DATA_DIR } = settings;
  if (!SMTP_URL && !settings.demo) return null;
  return {
    post: SMTP_URL ? smtpPost(SMTP_URL) : folderPost(join(DATA_DIR, 'mail')),
    from: MAIL_FROM ?? demoSender,
    publicUrl: (PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    digestHour: MAIL_DIGEST_HOUR,
    referralUrl: REFERRAL_URL ?? null,
    health: settings.HEALTH_DATA === 'on',
  };
}
