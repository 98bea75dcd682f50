import { describe, expect, test } from "vitest";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  WORKED_ARTICLES,
  WORKED_AT,
  WORKED_BASKETS,
  WORKED_CURRENCY,
  WORKED_TIME_ZONE,
  type WorkedBasket,
  type WorkedOutcome,
  workedExemption,
} from "#domain/testing/worked-baskets.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { price, product, SETTINGS, variant } from "../src-main/engine/testing/shop-fixture.ts";
import { TillInMemory } from "../src-main/engine/testing/till-in-memory.ts";

const eur = (minor: number) => money(minor, WORKED_CURRENCY);
const variantOf = (article: string) => idOf<"Variant">(`v-${article}`);
const TRADE = idOf<"PriceList">("trade");
const CUSTOMER: CustomerId = idOf<"Customer">("worked");
/** A verb of the till, which a rule about React would take for a hook. */
const SHOW = "useCoupon";

/** What HQ has decided, as the till has heard of it: by the clock of the table. */
async function tillFor(worked: WorkedBasket): Promise<TillInMemory> {
  const till = await TillInMemory.open();
  till.clock.pass(WORKED_AT - till.clock.now());
  const { replica } = till;
  const rate = (id: string, ppm: number) => ({ id, name: id, ppm });
  const groups = new Set(["trade", ...(worked.customer?.groups ?? [])]);
  replica.put("settings", {
    ...SETTINGS,
    timeZone: WORKED_TIME_ZONE,
    tax: {
      mode: "inclusive",
      rounding: "ticket",
      cashRounding: null,
      classes: [
        { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [rate("de-19", 190_000)] },
        { id: idOf<"TaxClass">("reduced"), name: "Reduced", rates: [rate("de-7", 70_000)] },
      ],
    },
    customerGroups: [...groups].map((id) => ({
      id: idOf<"CustomerGroup">(id),
      name: id,
      priceLists: id === "trade" ? [TRADE] : [],
    })),
    ...(worked.choice === undefined ? {} : { promotionChoice: worked.choice }),
  });
  for (const [name, { price: minor, category, taxClass, tiers, trade }] of Object.entries(WORKED_ARTICLES)) {
    const linked = worked.lines.find(
      ({ linkedTo }) => linkedTo !== undefined && worked.lines[linkedTo]?.article === name,
    );
    replica.put(
      "products",
      product(name, {
        category,
        taxClass: idOf<"TaxClass">(taxClass),
        variants: [variant(variantOf(name))],
        ...(linked === undefined
          ? {}
          : { links: [{ variant: variantOf(linked.article), kind: "deposit" as const }] }),
        ...(worked.lines.some(({ article, grams }) => article === name && grams !== undefined)
          ? { soldBy: "weight" as const }
          : {}),
      }),
    );
    const steps = tiers?.map(({ from, amount }) => ({ from, amount: eur(amount) }));
    replica.put("prices", price(variantOf(name), minor, steps === undefined ? {} : { tiers: steps }));
    if (trade !== undefined) replica.put("prices", price(variantOf(name), trade, { list: TRADE }));
  }
  replica.put("promotions", ...worked.promotions);
  putCustomer(till, worked);
  await till.restart();
  await till.signIn("johanna");
  return till;
}

function putCustomer(till: TillInMemory, worked: WorkedBasket): void {
  const { customer } = worked;
  if (customer === undefined) return;
  const exemption = workedExemption(worked);
  till.replica.put("customers", {
    id: CUSTOMER,
    name: "Anna",
    email: null,
    phone: null,
    cardNumber: null,
    groups: customer.groups.map((id) => idOf<"CustomerGroup">(id)),
    promotionUses: Object.entries(customer.uses ?? {}).map(([id, times]) => ({
      promotion: idOf<"Promotion">(id),
      times,
    })),
    ...(customer.isFirstPurchase === true ? {} : { hasBought: true as const }),
    ...(exemption === null ? {} : { taxExemption: exemption }),
  });
}

/** The whole basket as a colleague rings it up, the customer after the goods. */
async function rungUp(till: TillInMemory, worked: WorkedBasket): Promise<BasketView> {
  const { lines, customer, coupons = [], basketPercent } = worked;
  // What is reduced by hand comes first: a piece more of the same goes onto a line that is not.
  const order = lines.toSorted((a, b) => Number(b.handPercent ?? 0) - Number(a.handPercent ?? 0));
  for (const { article, pieces, grams, linkedTo, handPercent } of order) {
    if (linkedTo !== undefined) continue;
    const weighed = grams === undefined ? {} : { grams };
    const rung = await till.verbs.addItem({ variant: variantOf(article), quantity: pieces, ...weighed });
    if (!rung.ok) throw new Error(rung.reason);
    const line = till.basket.lines.findLast(({ linked }) => linked === undefined);
    if (handPercent === undefined || line === undefined) continue;
    const discount = { kind: "percent", ppm: handPercent * 10_000, reason: "by hand" } as const;
    await till.verbs.discountLine({ line: line.id, discount });
  }
  if (customer !== undefined) await till.verbs.setCustomer({ customer: CUSTOMER });
  for (const code of coupons) await till.verbs[SHOW]({ code });
  if (basketPercent !== undefined) {
    const discount = { kind: "percent", ppm: basketPercent * 10_000, reason: "all" } as const;
    await till.verbs.discountBasket({ discount });
  }
  return till.basket;
}

function outcomeOf({ expected }: WorkedBasket, { lines, due }: BasketView): WorkedOutcome {
  const total = due.minor;
  if (expected.lines === undefined) return { total };
  return {
    total,
    lines: lines.map((line) => ({
      total: line.total.minor,
      off: Object.fromEntries(line.promotions.map(({ promotion, amount }) => [promotion, amount.minor])),
    })),
  };
}

/** Lines in whatever order: they were rung up in another. */
function sorted({ lines, ...totals }: WorkedOutcome): WorkedOutcome {
  if (lines === undefined) return totals;
  const text = lines.map((line) => JSON.stringify(line)).toSorted();
  return { ...totals, lines: text.map((line) => JSON.parse(line)) };
}

const RINGABLE = WORKED_BASKETS.filter(({ at }) => at !== "web");

describe("a till comes to what was worked by hand", () => {
  for (const worked of RINGABLE)
    test(worked.name, async () => {
      const till = await tillFor(worked);
      expect(instant(till.clock.now())).toBe(WORKED_AT);
      expect(sorted(outcomeOf(worked, await rungUp(till, worked)))).toEqual(sorted(worked.expected));
      await till.shop.close();
    });
});
