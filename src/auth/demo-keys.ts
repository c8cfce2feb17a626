import { createHmac, createPublicKey } from 'node:crypto';
import { SignJWT, type JWK } from 'jose';
import { secretIn } from '../config/secret.ts';
import { keyOfSecret } from '../config/signing.ts';
import { localIssuer, type Issuer } from './tokens.ts';

const issuerName = 'passerelle-demo';
const audience = 'passerelle';
/** The file below DATA_DIR that holds the demo's secret. */
export const demoSecret = 'demo-secret';

/** Demo mode signs its own tokens, from a secret made at the first start and kept beside the data. */
export class DemoKeys {
  private readonly key;

  constructor(private readonly secret: Buffer) {
    this.key = keyOfSecret(secret);
  }

  static in(dataDir: string): DemoKeys {
    return new DemoKeys(secretIn(dataDir, demoSecret));
  }

  get issuer(): Issuer {
    return localIssuer(issuerName, audience, createPublicKey(this.key).export({ format: 'jwk' }) as JWK);
  }

  /** A member's token; a year by default, since the demo has no login page. */
  memberToken(email: string, expires: string | number = '365d'): Promise<string> {
    return new SignJWT({ email, email_verified: true })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(issuerName)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(this.key);
  }

  /** A tool's key, the same for the same name and secret, so that it can be printed again. */
  toolKey(name: string): string {
    return 'psr_' + createHmac('sha256', this.secret).update(name).digest('base64url');
  }
}
