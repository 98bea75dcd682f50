import { type BusinessDay, idOf, type StoreId } from "../ids.ts";
import { announcedReturn } from "../returns/announce.ts";
import type { ArrivedLine, MailReturn } from "../returns/mail-return.ts";
import type { Standing } from "../returns/returned.ts";
import { NOON } from "./arbitrary-baskets.ts";
import { DAY, day } from "./purchases.ts";
import { BERLIN } from "./written-chain.ts";

/** A return by mail of so many pieces of the purchase's lines, as a shop announces it. */
export function announced(
  standing: Standing,
  pieces: readonly (readonly [position: number, pieces: number])[],
  {
    others = [],
    today = DAY,
    ...changes
  }: Partial<MailReturn> & { readonly others?: readonly MailReturn[]; readonly today?: BusinessDay } = {},
): MailReturn {
  const { lines } = announcedReturn({
    standing,
    wanted: pieces.map(([position, count]) => ({
      position,
      sku: null,
      pieces: count,
      reason: "changedMind",
    })),
    others,
    today,
  });
  return {
    id: "mail-1",
    channel: idOf<"Channel">("web"),
    externalId: "R-1",
    purchase: standing.purchase,
    announcedAt: NOON,
    arriveBy: day("2027-02-14"),
    lines,
    note: "",
    isGift: false,
    state: "announced",
    arrivals: [],
    refund: null,
    rejection: null,
    ...changes,
  };
}

/** The same after a parcel came with these pieces, as new and on sale again unless said otherwise. */
export function arrived(
  mailReturn: MailReturn,
  lines: readonly (Pick<ArrivedLine, "position" | "pieces"> & Partial<ArrivedLine>)[],
  store: StoreId | null = BERLIN,
): MailReturn {
  const arrival = {
    at: NOON,
    by: "Hanna at HQ",
    store,
    note: "",
    lines: lines.map((line): ArrivedLine => ({ condition: "asNew", disposition: "stock", ...line })),
  };
  return { ...mailReturn, state: "received", arrivals: [...mailReturn.arrivals, arrival] };
}
