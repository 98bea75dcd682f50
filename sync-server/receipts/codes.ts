import type { Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { boughtByOrder, storeFor } from "../returns/purchase-of.ts";
import type { Storage } from "../storage/port.ts";
import { sha256 } from "./keys.ts";
import { type ServerKey, serverKeyOf } from "./server-key.ts";

export interface ReceiptCodes {
  /** The code of what an order bought, signed by the server. Refused where nothing of it is left, or where no store can say how it is taxed. */
  codeOf(order: Order): Promise<Result<string, "nothingLeft" | "noStore">>;
}

export function createReceiptCodes({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): ReceiptCodes {
  let key: ServerKey | null = null;
  return {
    async codeOf(order) {
      const { store, purchase } = await storage.read(async (tx) => ({
        store: await storeFor(tx, order),
        purchase: await boughtByOrder(tx, order),
      }));
      if (store === null) return refused("noStore");
      if (purchase === null) return refused("nothingLeft");
      key ??= await storage.write((tx) => serverKeyOf(tx, now()));
      return ok(makeReceiptCode(purchase, { signer: key, sha256 }));
    },
  };
}
