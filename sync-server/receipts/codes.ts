import type { Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { boughtByOrder, storeFor } from "../returns/purchase-of.ts";
import type { Storage } from "../storage/port.ts";
import { sha256 } from "./keys.ts";
import { type ServerKey, serverKeyOf } from "./server-key.ts";

export type CodeOfTicket = (ticket: Ticket) => string | null;

export interface ReceiptCodes {
  /** The code of what an order bought, signed by the server: of all that was ordered and not given up, for its confirmation has it. Refused where nothing of it is left, or where no store can say how it is taxed. */
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
      const { store, purchase } = await storage.read(async (tx) => ({
        store: await storeFor(tx, order),
        purchase: await boughtByOrder(tx, order, "ordered"),
      }));
      if (store === null) return refused("noStore");
      const lines = purchase?.lines.filter(({ quantity }) => quantity > 0) ?? [];
      if (purchase === null || lines.length === 0) return refused("nothingLeft");
      return ok(makeReceiptCode({ ...purchase, lines }, { signer: await signer(), sha256 }));
    },
    async ofTickets() {
      const own = await signer();
      const stores = await storage.read((tx) => tx.stores());
      const daysOf = new Map(stores.map((each) => [each.store, returnPolicyOf(each).windowDays]));
      return (ticket) => {
        const usualDays = daysOf.get(ticket.store) ?? returnPolicyOf({}).windowDays;
        const purchase = purchaseOfTicket(ticket, { usualDays });
        return purchase === null ? null : makeReceiptCode(purchase, { signer: own, sha256 });
      };
    },
  };
}
