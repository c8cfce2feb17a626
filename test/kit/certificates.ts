import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** Certificates for as long as a test runs, in DER by hand: no tool of the machine is needed, and no key lies in the repository. */

function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let left = body.length; left > 0; left >>= 8) size.unshift(left & 255);
  const length = body.length < 128 ? [body.length] : [128 + size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts);
const oid = (...bytes: number[]) => tlv(0x06, Buffer.from(bytes));
const bits = (body: Buffer) => tlv(0x03, Buffer.from([0]), body);
const utc = (at: Date) =>
  tlv(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
const named = (name: string) => sequence(tlv(0x31, sequence(oid(0x55, 4, 3), tlv(0x0c, Buffer.from(name)))));
const extension = (last: number, value: Buffer, critical = false) =>
  sequence(oid(0x55, 0x1d, last), ...(critical ? [tlv(0x01, Buffer.from([255]))] : []), tlv(0x04, value));
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
const day = 86_400_000;

export interface Certified {
  name: string;
  cert: string;
  key: string;
  keys: { privateKey: KeyObject; publicKey: KeyObject };
}

interface Asked {
  /** Who signs; itself if not said. */
  by?: Certified;
  authority?: boolean;
  /** Days from now on which it ends. */
  endsIn?: number;
}

/** A certificate for this host name. */
export function certify(name: string, { by, authority = false, endsIn = 1 }: Asked = {}): Certified {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = authority
    ? extension(0x13, sequence(tlv(0x01, Buffer.from([255]))), true)
    : extension(0x11, sequence(tlv(0x82, Buffer.from(name))));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    named(by?.name ?? name),
    sequence(utc(new Date(Date.now() - 2 * day)), utc(new Date(Date.now() + endsIn * day))),
    named(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(extensions)),
  );
  const signature = sign('sha256', body, (by?.keys ?? keys).privateKey);
  const der = sequence(body, ecdsaWithSha256, bits(signature)).toString('base64');
  const cert = `-----BEGIN CERTIFICATE-----\n${der.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`;
  return { name, cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, keys };
}
