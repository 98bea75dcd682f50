import { idOf, instant, type StoreId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { type ArticleFacts, ticketFactsOf } from "#domain/reports/ticket-facts.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import type { TaxRate } from "#domain/tax/tax.ts";
import type { SaleLine, Ticket } from "#domain/ticket/ticket.ts";
import { demoUuid, seededRandom } from "../../sync-server/demo/random.ts";
import { CURRENCY } from "../../sync-server/demo/retailer.ts";
import { articleAt } from "./article.ts";

export const SALES_YEAR = {
  from: idOf<"BusinessDay">("2026-01-01"),
  until: idOf<"BusinessDay">("2026-12-31"),
} as const;
const YEAR_BEGINS = Date.UTC(2026, 0, 1);
const DAYS = 365;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const OPENS_AT = 9;
const HOURS_OPEN = 11;
export const LINES_A_TICKET = 3;
const COLLEAGUES_A_STORE = 6;
/** Each first line of a ticket is reduced by it. */
export const PROMOTION = "ten-off";
const VAT = { id: "de-19", name: "VAT", ppm: 190_000 };
const PERCENT_BACK = 4;
const PERCENT_IN_CASH = 40;

export function storeAt(number: number): StoreId {
  return idOf<"Store">(demoUuid(seededRandom(1_000_000 + number)));
}

/** What stands under a ticket on which nothing was reduced and of which the tax is known; minor units. */
export function sumsOf(
  { total, tax }: { readonly total: number; readonly tax: number },
  rate: TaxRate,
): Pick<Ticket, "currency" | "taxMode" | "taxRounding" | "taxes" | "totals"> {
  const euro = (minor: number) => money(minor, CURRENCY);
  return {
    currency: CURRENCY,
    taxMode: "inclusive",
    taxRounding: "line",
    taxes: [{ rate, net: euro(total - tax), tax: euro(tax) }],
    totals: {
      gross: euro(total),
      discount: euro(0),
      net: euro(total - tax),
      tax: euro(tax),
      total: euro(total),
      cashRounding: euro(0),
      due: euro(total),
    },
  };
}

/** So many sales, spread over the year in its order. Articles are made once: a year of sales is of the same ones again and again. */
export function salesOf({
  skus,
  stores,
  tickets,
}: {
  readonly skus: number;
  readonly stores: number;
  readonly tickets: number;
}): (number: number) => TicketFacts {
  const articles = Array.from({ length: skus }, (_, number) => articleAt(number));
  const known = new Map<string, ArticleFacts>(
    articles.map(({ product }) => [
      product.variants[0]?.id ?? "",
      { product: product.id, category: product.category, brand: product.brand },
    ]),
  );
  const costs = new Map(
    articles.map(({ product, price }) => [product.variants[0]?.id ?? "", price.amount.minor >> 1]),
  );
  const ids = Array.from({ length: stores }, (_, number) => storeAt(number));
  return (number) => {
    const random = seededRandom(number + 1);
    const day = Math.floor((number * DAYS) / tickets);
    const at = instant(
      YEAR_BEGINS + day * DAY_MS + (OPENS_AT + random.between({ from: 0, to: HOURS_OPEN })) * HOUR_MS,
    );
    const isBack = random.between({ from: 1, to: 100 }) <= PERCENT_BACK;
    const lines = Array.from({ length: LINES_A_TICKET }, (_, place) => {
      const { product, price, sku } = random.pick(articles);
      return lineOf({
        variant: product.variants[0]?.id ?? "",
        sku,
        name: product.title,
        minor: price.amount.minor,
        place,
        isBack,
      });
    });
    const store = random.pick(ids);
    const ticket = ticketOf({
      number,
      store,
      at,
      day,
      lines,
      inCash: random.between({ from: 1, to: 100 }) <= PERCENT_IN_CASH,
    });
    return ticketFactsOf(ticket, {
      timeZone: "UTC",
      article: (variant) => known.get(variant) ?? null,
      costOf: (variant) => money(costs.get(variant) ?? 0, CURRENCY),
      order: () => null,
      before: () => null,
    });
  };
}

/** One piece sold or given back; the first of a ticket is reduced. */
export function lineOf({
  variant,
  sku,
  name,
  minor,
  place,
  isBack,
}: {
  readonly variant: string;
  readonly sku: string;
  readonly name: string;
  readonly minor: number;
  readonly place: number;
  readonly isBack: boolean;
}): Ticket["lines"][number] {
  const off = place === 0 ? Math.floor(minor / 10) : 0;
  const total = isBack ? off - minor : minor - off;
  const tax = Math.round((total * VAT.ppm) / (1_000_000 + VAT.ppm));
  const line: Omit<SaleLine, "kind"> = {
    id: idOf<"Line">(`line-${place}`),
    variant: idOf<"Variant">(variant),
    sku: idOf<"Sku">(sku),
    name,
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity: 1,
    unitPrice: money(minor, CURRENCY),
    gross: money(minor, CURRENCY),
    discounts:
      off === 0
        ? []
        : [
            {
              source: "promotion",
              reason: "Ten off",
              amount: money(isBack ? -off : off, CURRENCY),
              promotion: idOf<"Promotion">(PROMOTION),
              needs: null,
            },
          ],
    total: money(total, CURRENCY),
    taxes: [{ rate: VAT, net: money(total - tax, CURRENCY), tax: money(tax, CURRENCY) }],
  };
  if (!isBack) return { ...line, kind: "sale" };
  return {
    ...line,
    kind: "return",
    of: null,
    reason: "changedMind",
    condition: "asNew",
    disposition: "stock",
  };
}

/** The ticket of these lines, paid in full. */
export function ticketOf({
  number,
  store,
  at,
  day,
  lines,
  inCash,
}: Pick<Ticket, "store" | "lines"> & {
  readonly number: number;
  readonly at: Ticket["completedAt"];
  readonly day: number;
  readonly inCash: boolean;
}): Ticket {
  const total = lines.reduce((sum, line) => sum + line.total.minor, 0);
  const tax = lines.reduce((sum, line) => sum + (line.taxes[0]?.tax.minor ?? 0), 0);
  const euro = (minor: number) => money(minor, CURRENCY);
  const id = idOf<"Tender">("tender");
  const paid: Ticket["tenders"][number] = inCash
    ? { id, kind: "cash", tendered: euro(total), change: euro(0) }
    : { id, kind: "card", amount: euro(total), approvalCode: "A1" };
  return {
    id: idOf<"Ticket">(demoUuid(seededRandom(5_000_000 + number))),
    number: idOf<"ReceiptNumber">(`BEN1-01-${String(number).padStart(6, "0")}`),
    basket: idOf<"Basket">("basket"),
    store,
    device: idOf<"Device">(`till-${store}`),
    staff: idOf<"Staff">(`staff-${store.slice(-6)}-${number % COLLEAGUES_A_STORE}`),
    customer: null,
    completedAt: at,
    businessDay: daysAfter(SALES_YEAR.from, day),
    ...sumsOf({ total, tax }, VAT),
    lines,
    tenders: total < 0 ? [{ id, kind: "refund", amount: euro(-total), to: { kind: "cash" } }] : [paid],
  };
}
