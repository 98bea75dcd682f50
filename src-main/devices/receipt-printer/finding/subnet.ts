import type { NetworkInterfaceInfo } from "node:os";

/** Networks that a store's machine shares with its printers: never the internet, never the machine alone. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;
const HOSTS = 254;
/** More networks than a till has cards for are virtual ones. */
const MAX_NETWORKS = 3;

/** Addresses (IPv4) that share the last number's network (/24) with this machine, without its own: where a store's printers are. */
export function neighbours(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): readonly string[] {
  const own = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ family, internal, address }) => family === "IPv4" && !internal && PRIVATE.test(address))
    .map(({ address }) => address);
  const networks = [...new Set(own.map((address) => address.slice(0, address.lastIndexOf("."))))];
  return networks
    .slice(0, MAX_NETWORKS)
    .flatMap((network) => Array.from({ length: HOSTS }, (_, index) => `${network}.${index + 1}`))
    .filter((address) => !own.includes(address));
}
