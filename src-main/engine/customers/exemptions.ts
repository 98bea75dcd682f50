import { exemptionOn } from "#domain/customer/exemption.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { serverNow } from "../shop/server-now.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { CustomerBook } from "./customer-book.ts";

/** A basket with the tax exemption of its customer that holds today. Once money was taken, the prices stand. */
export function withExemption(
  basket: Basket,
  ports: Pick<ShopPorts, "replica" | "clock" | "server">,
  customers: Pick<CustomerBook, "knownOf">,
): Basket {
  if (isBeingPaid(basket)) return basket;
  const { taxExemption: before, ...plain } = basket;
  const settings = ports.replica.settings();
  if (settings === null || basket.customer === null) return plain;
  const day = businessDayOf({ at: serverNow(ports), timeZone: settings.timeZone });
  // Of a customer who is not read yet after a restart the basket knows what they had.
  const known = customers.knownOf(basket.customer) ?? { taxExemption: before };
  const exemption = exemptionOn(known, day);
  return exemption === null ? plain : { ...plain, taxExemption: exemption };
}
