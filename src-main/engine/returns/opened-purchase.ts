import { readPickupQr } from "#domain/orders/pickup-code.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { looksLikeReceiptCode } from "#domain/returns/code/digits.ts";
import type { CodeRefusal } from "#domain/returns/code/read-code.ts";
import type { Purchase, PurchaseRef } from "#domain/returns/purchase.ts";
import { fold } from "#domain/text/fold.ts";
import type { RETURN_REFUSALS } from "#protocol/till/returns.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { PurchaseSearch } from "./purchase-search.ts";
import type { ReceiptCodes } from "./receipt-codes.ts";

export type ReturnReason = (typeof RETURN_REFUSALS)[number];

/** Which purchase was meant, and what a receipt's code says of it. `isSummary`: the code does not have its lines. `gift`: it is a gift receipt's, or the buyer's own; absent: neither was shown. */
export interface MeantPurchase {
  readonly ref: PurchaseRef;
  readonly seen: Purchase | null;
  readonly isSummary: boolean;
  readonly gift?: boolean;
}

const CODE_REASONS: Readonly<Record<CodeRefusal, ReturnReason>> = {
  notACode: "notACode",
  damaged: "codeDamaged",
  malformed: "codeDamaged",
  tooLong: "codeTooLong",
  unknownVersion: "codeUnknownVersion",
  unknownKey: "codeForeign",
  forged: "codeForged",
  revokedKey: "codeRevoked",
};

/** States in which the customer has nothing of an order yet. */
const NOT_HANDED_OUT: ReadonlySet<string> = new Set(["allocated", "accepted", "picking", "short", "ready"]);

/** Which purchase a scanned or typed text means: the code of a receipt or of an order's confirmation, a receipt's number, an order's number or pickup QR. */
export async function meantPurchase(
  text: string,
  parts: {
    readonly codes: Pick<ReceiptCodes, "read">;
    readonly search: Pick<PurchaseSearch, "numbered">;
    readonly book: Pick<OrderBook, "all">;
  },
): Promise<Result<MeantPurchase, ReturnReason>> {
  const { codes, search, book } = parts;
  if (looksLikeReceiptCode(text)) {
    const read = await codes.read(text);
    if (!read.ok) return refused(CODE_REASONS[read.reason]);
    const content = read.value;
    return content.kind === "full"
      ? ok({ ref: content.purchase.ref, seen: content.purchase, isSummary: false, gift: false })
      : ok({ ref: content.summary.ref, seen: null, isSummary: true, gift: content.gift });
  }
  const number = readPickupQr(text.trim())?.number ?? text.trim();
  const order = book.all().find((each) => fold(each.number) === fold(number));
  if (order !== undefined) {
    if (NOT_HANDED_OUT.has(order.fulfilment.state)) return refused("nothingReturnable");
    return ok({ ref: { kind: "order", id: order.order }, seen: null, isSummary: false });
  }
  const found = await search.numbered(number);
  if (!found.ok) return found;
  const [newest] = found.value;
  return newest === undefined
    ? refused("noSuchPurchase")
    : ok({ ref: newest.ref, seen: newest, isSummary: false });
}
