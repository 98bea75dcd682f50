import { randomUUID } from "node:crypto";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Disposition } from "#domain/returns/goods.ts";
import type { PurchaseRef } from "#domain/returns/purchase.ts";
import type { RefundTo, ReturnLine, Ticket } from "#domain/ticket/ticket.ts";
import { EUR, TEA } from "./shop.ts";
import type { TestTill } from "./till.ts";

/** What comes back, in few words: one tea of the purchase's first line for 3.50, in cash, on sale again. */
export interface Back {
  readonly position?: number;
  readonly pieces?: number;
  readonly minor?: number;
  readonly disposition?: Disposition;
  readonly to?: RefundTo;
}

export function ofTicket(ticket: Pick<Ticket, "id">): PurchaseRef {
  return { kind: "ticket", id: ticket.id };
}

/** A ticket by which a till takes pieces of a purchase back and gives the money back. */
export function returnTicket(till: TestTill, purchase: PurchaseRef, back: Back = {}): Ticket {
  const {
    position = 0,
    pieces = 1,
    minor = 350 * pieces,
    disposition = "stock",
    to = { kind: "cash" },
  } = back;
  const line: ReturnLine = {
    id: idOf<"Line">(randomUUID()),
    kind: "return",
    of: { purchase, position },
    variant: TEA,
    sku: idOf<"Sku">("SKU-tea"),
    name: "tea",
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity: pieces,
    unitPrice: money(350, EUR),
    gross: money(-minor, EUR),
    discounts: [],
    total: money(-minor, EUR),
    taxes: [],
    reason: "changedMind",
    condition: "asNew",
    disposition,
  };
  const empty = till.ticket([]);
  const given = money(-minor, EUR);
  return {
    ...empty,
    lines: [line],
    totals: { ...empty.totals, gross: given, net: given, total: given, due: given },
    tenders: [{ id: idOf<"Tender">(randomUUID()), kind: "refund", amount: money(minor, EUR), to }],
    returning: { by: "offline", override: null, identity: null },
  };
}
