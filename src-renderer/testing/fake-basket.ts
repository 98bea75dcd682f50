import { usedCoupons } from "#domain/coupons/uses.ts";
import type { CustomerId } from "#domain/ids.ts";
import { subtractMoney } from "#domain/money/arithmetic.ts";
import { savedBy } from "#domain/promotions/saved.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { paymentOf } from "#domain/ticket/payment.ts";
import type { BasketView, ParkedBasket } from "#protocol/till/basket.ts";
import { OTHER_STORES } from "./fake-orders.ts";
import { CURRENCY, STORE_FACTS, TAX } from "./fake-shop.ts";

/** A basket as the fake engine shows it: every amount by the domain, as the real one does. */
export function showBasket({
  basket,
  revision,
  undo,
  returning,
  nameOf,
  loyalty,
}: {
  readonly basket: Basket;
  readonly revision: number;
  readonly undo: BasketView["undo"];
  readonly returning: BasketView["returning"];
  readonly nameOf: (customer: CustomerId) => string;
  readonly loyalty: BasketView["loyalty"];
}): BasketView {
  const payment = paymentOf({ basket, tax: TAX, currency: CURRENCY });
  const { totals, taxes, lines } = payment.priced;
  return {
    id: basket.id,
    revision,
    label: basket.label,
    customer: basket.customer === null ? null : { id: basket.customer, name: nameOf(basket.customer) },
    lines: lines.flatMap((line, index) =>
      line.kind === "sale"
        ? [
            {
              id: line.id,
              variant: line.variant,
              sku: line.sku,
              name: line.name,
              options: [...line.options],
              image: null,
              quantity: line.quantity,
              unitPrice: line.unitPrice,
              discount: basket.lines[index]?.discount ?? null,
              promotions: [...savedBy([line])],
              discounted: subtractMoney(line.gross, line.total),
              total: line.total,
              isOrdered: basket.lines[index]?.order !== undefined,
              ...(line.override === undefined ? {} : { override: line.override }),
              ...(line.soldBy === undefined ? {} : { soldBy: line.soldBy }),
            },
          ]
        : [],
    ),
    discount: basket.discount,
    pieces: pieces(basket),
    subtotal: totals.gross,
    discounted: totals.discount,
    promotions: [...savedBy(lines)],
    tax: totals.tax,
    taxIncluded: true,
    taxes: taxes.map((each) => ({ name: each.rate.name, ppm: each.rate.ppm, net: each.net, tax: each.tax })),
    due: payment.due,
    dueInCash: payment.dueInCash,
    tenders: [...basket.tenders],
    paid: payment.paid,
    remaining: payment.remaining,
    remainingInCash: payment.remainingInCash,
    change: payment.change,
    giveBack: payment.giveBack,
    giveBackInCash: payment.giveBackInCash,
    quickCash: [...payment.quickCash],
    undo,
    collecting:
      basket.collecting === undefined
        ? null
        : {
            fulfilment: basket.collecting.fulfilment,
            number: basket.label,
            paidOnline: basket.collecting.paidOnline,
          },
    ordering: basket.ordering === undefined ? null : showOrdering(basket.ordering),
    returning,
    coupons: (basket.coupons ?? []).map(({ code, promotion }) => ({
      code,
      promotion,
      name: basket.promotions?.find(({ id }) => id === promotion)?.name ?? code,
      used: usedCoupons(basket.coupons ?? [], lines).some((each) => each.code === code),
    })),
    loyalty,
  };
}

function showOrdering({ contact, delivery }: NonNullable<Basket["ordering"]>): BasketView["ordering"] {
  const to =
    delivery.kind === "pickup"
      ? (OTHER_STORES.find((each) => each.store === delivery.store)?.name ?? STORE_FACTS.storeName)
      : [...(delivery.address?.lines ?? []), delivery.address?.city ?? ""].join(", ");
  return { customerName: contact.name, kind: delivery.kind, to };
}

export function showParked(basket: Basket, staffName: string): ParkedBasket {
  const { due } = paymentOf({ basket, tax: TAX, currency: CURRENCY });
  return {
    id: basket.id,
    label: basket.label,
    staffName,
    parkedAt: basket.updatedAt,
    pieces: pieces(basket),
    total: due,
  };
}

export function pieces(basket: Basket): number {
  return basket.lines.reduce((sum, line) => sum + line.quantity, 0);
}
