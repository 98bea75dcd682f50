import { type Instant, instant } from "../ids.ts";

/** Wrong tries in a row of one account, or from one address. */
export interface Tries {
  readonly failures: number;
  readonly lastAt: Instant;
}

/** After so many wrong tries each further one waits, twice as long as the one before, up to `maxMs`. */
interface Pace {
  readonly free: number;
  readonly firstMs: number;
  readonly maxMs: number;
}

/** An account's owner is not locked out for long by whoever guesses; an address may be a whole office's. */
export const PACES = {
  account: { free: 5, firstMs: 1_000, maxMs: 5 * 60_000 },
  address: { free: 30, firstMs: 1_000, maxMs: 15 * 60_000 },
} as const satisfies Readonly<Record<string, Pace>>;
export type Paced = keyof typeof PACES;

/** Tries are forgotten after this long without another. */
export const TRIES_KEPT_MS = 24 * 3_600_000;

/** The first moment at which another try is taken; the past where it is now. */
export function nextTryAt(of: Paced, { failures, lastAt }: Tries): Instant {
  const { free, firstMs, maxMs } = PACES[of];
  if (failures < free) return lastAt;
  // Beyond this exponent it is the longest wait anyway.
  const doubled = firstMs * 2 ** Math.min(failures - free, 30);
  return instant(lastAt + Math.min(doubled, maxMs));
}

const IPV6_GROUPS = 8;
/** A household or an office is given at least this much of an IPv6 address, and has all that begins with it (RFC 6177). */
const GROUPS_OF_ONE_PLACE = 4;

/** Whom tries from an address are counted against: whoever has an IPv6 network has more addresses than could be counted one by one. */
export function placeOfAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [front = "", back] = address.toLowerCase().split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [before, after] = [groups(front), groups(back ?? "")];
  const zeros = back === undefined ? 0 : Math.max(0, IPV6_GROUPS - before.length - after.length);
  const all = [...before, ...Array<string>(zeros).fill("0"), ...after];
  const network = all.slice(0, GROUPS_OF_ONE_PLACE).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}
