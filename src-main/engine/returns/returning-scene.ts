import type { StoreId } from "#domain/ids.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { settingsAt } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { Payment } from "#domain/ticket/payment.ts";
import type { ReturningView } from "#protocol/till/returns.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { ReturnJudge } from "./return-judge.ts";
import { returningView } from "./returning-view.ts";

interface ScenePorts {
  readonly replica: ShopPorts["replica"];
  readonly clock: ShopPorts["clock"];
  readonly judge: ReturnJudge;
  readonly customers: Pick<CustomerBook, "nameOf">;
  readonly catalog: Pick<Catalog, "peek">;
  readonly session: Session;
  readonly storeNameOf: (store: StoreId) => string | null;
}

/** What comes back with a basket, judged as things are now; null where nothing does. `basket` as of now, with its payment. */
export function returningOf(
  { returning, ...basket }: Basket,
  payment: Payment,
  { replica, clock, judge, customers, catalog, session, storeNameOf }: ScenePorts,
): ReturningView | null {
  const stored = replica.settings();
  if (returning === undefined || stored === null) return null;
  const settings = settingsAt(stored, clock.now());
  const asOfNow = { ...basket, returning };
  return returningView(returning, {
    lines: payment.priced.lines,
    mode: settings.tax.mode,
    currency: payment.due.currency,
    obstacles: judge.obstacles(asOfNow, settings),
    routes: judge.routes(asOfNow, settings, payment),
    mayWithoutReceipt: returnPolicyOf(settings).withoutReceipt !== null,
    leaseOf(ref) {
      const { kind } = judge.leaseOf(ref);
      return kind === "unknown" ? "offline" : kind;
    },
    imageOf: (variant) => catalog.peek(variant)?.image ?? null,
    storeNameOf,
    customerNameOf: (customer) => (customer === null ? null : customers.nameOf(customer)),
    staffNameOf: (staff) => session.nameOf(staff),
  });
}
