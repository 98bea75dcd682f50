import type { Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { makeReceiptCode } from "#domain/returns/code/make-code.ts";

import type { Ticket } from "#domain/ticket/ticket.ts";
import { boughtByOrder, boughtByTicket, storeFor } from "../returns/purchase-of.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { sha256 } from "./keys.ts";
import { type ServerKey, serverKeyOf } from "./server-key.ts";

export type CodeOfTicket = (tx: ReadTransaction, ticket: Ticket) => Promise<string | null>;

export interface ReceiptCodes {
  /** The code of what an order bought, signed by the server: of all that was ordered and not given up, for its confirmation has it. Refused where nothing of it is left, or where no store can say how it is taxed. */
  codeOf(order: Order): Promise<Result<string, "nothingLeft" | "noStore">>;
  /**
   * Makes the codes of tickets' receipts, signed by the server in the name of their till. Null: nothing on it can be brought back by it, or HQ has revoked the
   * till; of one that is revoked later, tills refuse the code as they do the till's own.
   */
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
      return async (tx, ticket) => {
        const till = await tx.device(ticket.device);
        if (till === null || till.revokedAt !== null) return null;
        const purchase = await boughtByTicket(tx, ticket);
        if (purchase === null) return null;
        const origin = Buffer.from(till.publicKey, "base64url");
        return makeReceiptCode(purchase, { signer: own, sha256, origin });
      };
    },
  };
}
