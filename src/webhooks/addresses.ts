import { BlockList, isIP, isIPv4 } from 'node:net';

/** IPv4 that is nobody's on the internet: this machine, its neighbours, documentation, multicast (IANA, RFC 6890). */
const closed4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
]; // prettier-ignore
/** IPv6 within the only range given out on the internet that is not its holder's own, or that wraps an IPv4 address. */
const closed6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const ipv4 = listOf(closed4, 'ipv4');
const given6 = listOf(['2000::/3'], 'ipv6');
const ipv6 = listOf(closed6, 'ipv6');

/**
 * Whether an address is one of the internet. A hub stands within its operator's network: whoever could name a private
 * address would have it knock at doors that only neighbours reach.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !ipv4.check(address, 'ipv4');
  return given6.check(address, 'ipv6') && !ipv6.check(address, 'ipv6');
}

function listOf(subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net, bits] = subnet.split('/');
    list.addSubnet(net!, Number(bits), family);
  }
  return list;
}
