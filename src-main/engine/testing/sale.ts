import { type Instant, idOf } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { taxAt } from "#domain/tax/tax-plan.ts";
import { completeTicket } from "#domain/ticket/complete.ts";
import { formatReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { JournalHead, TillIdentity } from "../ports.ts";
import { EUR, euros, MIRA, MUG, SETTINGS, STANDARD } from "./shop-fixture.ts";

/** Mugs for cash, as the shop makes it of a paid basket: its number is the journal's next. */
export function saleOf({
  head,
  identity: { device, store },
  newId,
  at,
  pieces = 1,
  lines = 1,
}: {
  readonly head: JournalHead;
  readonly identity: Pick<TillIdentity, "device" | "store">;
  readonly newId: () => string;
  readonly at: Instant;
  readonly pieces?: number;
  /** The same article on so many lines. */
  readonly lines?: number;
}): Fact {
  const price = euros(850);
  const completed = completeTicket({
    basket: {
      id: idOf<"Basket">(newId()),
      status: "open",
      label: "",
      staff: MIRA.id,
      customer: null,
      openedAt: at,
      updatedAt: at,
      lines: Array.from({ length: lines }, (_, index) => ({
        id: idOf<"Line">(`line-${index}`),
        variant: MUG,
        sku: idOf<"Sku">("SKU-mug-v"),
        name: "Emaille-Becher",
        options: [],
        taxClass: STANDARD,
        unitPrice: price,
        quantity: pieces,
        discount: null,
      })),
      discount: null,
      tenders: [{ id: idOf<"Tender">("coins"), kind: "cash", tendered: euros(850 * pieces * lines) }],
    },
    tax: taxAt(SETTINGS.tax, { at, timeZone: SETTINGS.timeZone }),
    currency: EUR,
    timeZone: SETTINGS.timeZone,
    id: idOf<"Ticket">(newId()),
    number: formatReceiptNumber({
      storeCode: SETTINGS.code,
      register: head.register,
      counter: head.nextReceipt,
    }),
    store,
    device,
    staff: MIRA.id,
    at,
  });
  if (!completed.ok) throw new Error(`the sale was not completed: ${completed.reason}`);
  return { type: "ticket.completed", ticket: completed.value };
}
