import { randomUUID } from "node:crypto";
import { idOf } from "#domain/ids.ts";
import { negateMoney, sumMoney } from "#domain/money/arithmetic.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import { returnLines } from "#domain/returns/return-lines.ts";
import { nothingReturned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { TestTill } from "./till.ts";

/** The ticket by which a till that knows of no other return takes back so many pieces of another ticket's first line and gives cash for them. */
export function ticketBack(till: TestTill, sold: Ticket, pieces: number): Ticket {
  const purchase = purchaseOfTicket(sold, { usualDays: 30 });
  if (purchase === null) throw new Error("nothing was bought");
  const { ref } = purchase;
  const lines = returnLines({
    returning: {
      standings: [{ purchase, returned: nothingReturned(ref) }],
      lines: [
        {
          kind: "receipted",
          id: idOf<"Line">(randomUUID()),
          of: { purchase: ref, position: 0 },
          quantity: pieces,
          reason: "changedMind",
          condition: "asNew",
          disposition: "stock",
        },
      ],
      promotions: "keep",
      override: null,
      identity: null,
    },
    tax: { mode: sold.taxMode, rounding: "line", classes: [], cashRounding: null },
  });
  const empty = till.ticket([]);
  const total = sumMoney(
    lines.map((line) => line.total),
    sold.currency,
  );
  return {
    ...empty,
    lines,
    totals: { ...empty.totals, gross: total, net: total, total, due: total },
    tenders: [
      { id: idOf<"Tender">(randomUUID()), kind: "refund", amount: negateMoney(total), to: { kind: "cash" } },
    ],
    returning: { by: "lease", override: null, identity: null },
  };
}
