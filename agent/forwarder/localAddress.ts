/** Addresses of this machine and of the networks around it: what a page has no business with. */
import { BlockList, isIP } from 'node:net';

const local = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  local.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  local.addSubnet(network, bits, 'ipv6');
}

/** @param host a name or an address, with brackets or without. */
export function isLocalHost(host: string): boolean {
  const name = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const family = isIP(name);
  if (family === 4) return local.check(name, 'ipv4');
  // Addresses that carry one of version 4 are met by the subnets of that version.
  if (family === 6) return local.check(name, 'ipv6');
  return name === 'localhost' || name.endsWith('.localhost') || name.endsWith('.local');
}
