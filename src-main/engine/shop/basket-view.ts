import type { CustomerId, FulfilmentId, StoreId, VariantId } from "#domain/ids.ts";
import { subtractMoney } from "#domain/money/arithmetic.ts";
import type { Currency } from "#domain/money/money.ts";
import type { DeliveryWish } from "#domain/orders/order.ts";
import { priceBasket } from "#domain/pricing/price-basket.ts";
import { singlePrice } from "#domain/pricing/quantity-price.ts";
import { savedBy } from "#domain/promotions/saved.ts";
import type { StoreSettingsNow } from "#domain/store/store.ts";
import type { Basket, BasketLine } from "#domain/ticket/basket.ts";
import { type Payment, paymentOf } from "#domain/ticket/payment.ts";
import { orderLineOf, type TicketLine } from "#domain/ticket/ticket.ts";
import type { BasketLineView, BasketView, ParkedBasket } from "#protocol/till/basket.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { ReturningView } from "#protocol/till/returns.ts";
import { couponsView } from "../coupons/coupons-view.ts";
import type { BasketDraft } from "./basket-draft.ts";

/** What showing a basket takes besides the basket. */
export interface BasketScene {
  readonly settings: Pick<StoreSettingsNow, "tax" | "currency">;
  /** The article as it is now, at the prices that hold for the basket in front; null where it is not sold any more. */
  readonly itemOf: (variant: VariantId) => Item | null;
  /** What people call the order of a fulfilment; null when it is no longer known here. */
  readonly orderNumberOf: (fulfilment: FulfilmentId) => string | null;
  /** Null when this till does not know the customer (yet). */
  readonly customerNameOf: (customer: CustomerId) => string | null;
  /** Names of a customer's groups that have prices of their own. */
  readonly groupsWithPrices: (customer: CustomerId) => readonly string[];
  /** Another store's name; null when this till never heard of it. */
  readonly storeNameOf: (store: StoreId) => string | null;
  /** What comes back with a basket, judged; null where nothing does. */
  readonly returningOf: (basket: Basket, payment: Payment) => ReturningView | null;
  /** What the customer's points are and become with it; null where nobody collects any. */
  readonly loyaltyOf: (basket: Basket, payment: Payment) => BasketView["loyalty"];
}

/** A basket as the register shows it: every amount worked out by the domain. What comes back with it is as of now. */
export function basketView({ basket, revision, undo }: BasketDraft, scene: BasketScene): BasketView {
  const currency = currencyOf(basket, scene);
  const { tax } = scene.settings;
  const payment = paymentOf({ basket, tax, currency });
  const { totals, taxes, lines } = payment.priced;
  return {
    id: basket.id,
    revision,
    label: basket.label,
    customer: customerView(basket, scene),
    lines: lines
      .filter(({ kind }) => kind === "sale")
      .map((line, index) => lineView(line, basket.lines[index] ?? null, scene)),
    discount: basket.discount,
    pieces: piecesOf(basket),
    subtotal: totals.gross,
    discounted: totals.discount,
    promotions: [...savedBy(lines)],
    tax: totals.tax,
    taxIncluded: tax.mode === "inclusive",
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
    undo: undo === null ? null : { line: aloneView(undo.line, scene), at: undo.at },
    collecting: collectingView(basket, scene),
    ordering: orderingView(basket, scene),
    returning: scene.returningOf(basket, payment),
    coupons: couponsView(basket, lines),
    loyalty: scene.loyaltyOf(basket, payment),
  };
}

function customerView({ customer, taxExemption }: Basket, scene: BasketScene): BasketView["customer"] {
  if (customer === null) return null;
  const pricesOf = [...scene.groupsWithPrices(customer)];
  const name = scene.customerNameOf(customer) ?? "";
  return {
    id: customer,
    name,
    ...(pricesOf.length === 0 ? {} : { pricesOf }),
    ...(taxExemption === undefined ? {} : { taxExemption: taxExemption.certificate }),
  };
}

function collectingView({ collecting, label }: Basket, scene: BasketScene): BasketView["collecting"] {
  if (collecting === undefined) return null;
  const { fulfilment, paidOnline } = collecting;
  return { fulfilment, number: scene.orderNumberOf(fulfilment) ?? label, paidOnline };
}

function orderingView({ ordering }: Basket, scene: BasketScene): BasketView["ordering"] {
  if (ordering === undefined) return null;
  const { contact, delivery } = ordering;
  return { customerName: contact.name, kind: delivery.kind, to: destinationOf(delivery, scene) };
}

function destinationOf(delivery: DeliveryWish, scene: BasketScene): string {
  if (delivery.kind === "pickup") return scene.storeNameOf(delivery.store) ?? "";
  const { address } = delivery;
  return address === null ? "" : [...address.lines, `${address.postcode} ${address.city}`.trim()].join(", ");
}

/** A parked basket as the list of parked baskets shows it. */
export function parkedView(
  { basket }: BasketDraft,
  scene: BasketScene & { readonly staffName: string },
): ParkedBasket {
  const { totals } = priceBasket({
    basket,
    tax: scene.settings.tax,
    currency: currencyOf(basket, scene),
    cash: false,
  });
  return {
    id: basket.id,
    label: basket.label,
    staffName: scene.staffName,
    parkedAt: basket.updatedAt,
    pieces: piecesOf(basket),
    total: totals.total,
  };
}

/** Deposits, levies and bags are no pieces of their own. */
export function piecesOf(basket: Basket): number {
  return basket.lines.reduce((sum, { linked, quantity }) => sum + (linked === undefined ? quantity : 0), 0);
}

/** A basket rung up before the store changed its currency is still counted in its own. */
function currencyOf({ lines, returning }: Basket, { settings }: BasketScene): Currency {
  const back = returning?.lines.find((line) => line.kind === "unreceipted");
  return (
    lines[0]?.unitPrice.currency ??
    returning?.standings[0]?.purchase.currency ??
    (back?.kind === "unreceipted" ? back.unitPrice.currency : settings.currency)
  );
}

function aloneView(line: BasketLine, scene: BasketScene): BasketLineView {
  const { lines } = priceBasket({
    basket: { lines: [line], discount: null },
    tax: scene.settings.tax,
    currency: line.unitPrice.currency,
    cash: false,
  });
  const [priced] = lines;
  if (priced === undefined) throw new RangeError("a line was priced to nothing");
  return lineView(priced, line, scene);
}

function lineView(line: TicketLine, rung: BasketLine | null, scene: BasketScene): BasketLineView {
  const item = scene.itemOf(line.variant);
  return {
    id: line.id,
    variant: line.variant,
    sku: line.sku,
    name: line.name,
    options: [...line.options],
    image: item?.image ?? null,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    discount: rung?.discount ?? null,
    promotions: [...savedBy([line])],
    discounted: subtractMoney(line.gross, line.total),
    total: line.total,
    isOrdered: orderLineOf(line) !== null,
    ...(line.kind === "sale" && line.giftCard !== undefined ? { isGiftCard: true } : {}),
    ...(rung === null ? {} : pricedHow(rung)),
    ...(rung === null || item === null ? {} : reductionOf(rung, item)),
  };
}

/** How a line came to its price, where it is not simply that of a piece. */
function pricedHow({
  weighed,
  openPrice,
  override,
  linked,
  marks,
  tiers,
  soldBy,
}: BasketLine): Partial<BasketLineView> {
  return {
    ...(weighed === undefined ? {} : { weighed }),
    ...(openPrice === undefined ? {} : { openPrice }),
    ...(override === undefined ? {} : { override }),
    ...(soldBy === undefined ? {} : { soldBy }),
    ...(linked === undefined ? {} : { linked }),
    ...(marks === undefined ? {} : { marks }),
    ...(tiers === undefined ? {} : { tiers: [...tiers.tiers] }),
  };
}

/** What the goods cost before, where the line has the reduced price that holds now. Never without the lowest of 30 days: no reduction may be named without it. */
function reductionOf(rung: BasketLine, { price, compareAt, lowest30 }: Item): Partial<BasketLineView> {
  const own = rung.weighed?.perKilo ?? singlePrice(rung);
  const isReduced = rung.order === undefined && price?.minor === own.minor;
  return isReduced && compareAt !== null && lowest30 !== undefined ? { compareAt, lowest30 } : {};
}
