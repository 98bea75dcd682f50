import type { Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { makeReceiptCode } from "#domain/returns/code/make-code.ts";
import type { Purchase } from "#domain/returns/purchase.ts";
import { purchaseOfOrder } from "#domain/returns/purchase-of-order.ts";
import { purchaseOfTicket, USUAL_RETURN_DAYS } from "#domain/returns/purchase-of-ticket.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { sha256 } from "./keys.ts";
import { type ServerKey, serverKeyOf } from "./server-key.ts";

export type CodeOfTicket = (ticket: Ticket) => string | null;

export interface ReceiptCodes {
  /** The code of what an order bought, signed by the server. Refused where nothing of it is left, or where no store can say how it is taxed. */
  codeOf(order: Order): Promise<Result<string, "nothingLeft" | "noStore">>;
  /** Makes the codes of tickets' receipts, signed by the server as good as by their till: the same each time. Null: nothing on it can be brought back by it. */
  ofTickets(): Promise<CodeOfTicket>;
}

export function createReceiptCodes({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): ReceiptCodes {
  let key: ServerKey | null = null;

  async function signer(): Promise<ServerKey> {
    key ??= await storage.write((tx) => serverKeyOf(tx, now()));
    return key;
  }

  return {
    async codeOf(order) {
      const store = await storage.read((tx) => storeFor(tx, order));
      if (store === null) return refused("noStore");
      const purchase = purchaseAt(store, order);
      if (purchase === null) return refused("nothingLeft");
      return ok(makeReceiptCode(purchase, { signer: await signer(), sha256 }));
    },
    async ofTickets() {
      const own = await signer();
      return (ticket) => {
        const purchase = purchaseOfTicket(ticket, { usualDays: USUAL_RETURN_DAYS });
        return purchase === null ? null : makeReceiptCode(purchase, { signer: own, sha256 });
      };
    },
  };
}

function purchaseAt({ tax, timeZone }: StoreSettings, order: Order): Purchase | null {
  return purchaseOfOrder(order, { tax, timeZone, daysOf: () => USUAL_RETURN_DAYS, paidWith: null });
}

/** The store that stands for an order: where it is collected, where it was placed, else the first that keeps its currency. */
async function storeFor(
  tx: ReadTransaction,
  { delivery, placedBy, currency }: Order,
): Promise<StoreSettings | null> {
  const named = delivery.kind === "pickup" ? delivery.store : placedBy?.store;
  const store = named === undefined ? null : await tx.store(named);
  return store ?? (await tx.stores()).find((each) => each.currency === currency) ?? null;
}
