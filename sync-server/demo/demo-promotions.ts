import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import type { PromotedGoods, Promotion } from "#domain/promotions/promotion.ts";
import { DEMO_CHANNEL } from "../webshop/checkout.ts";
import { TRADE_GROUP } from "./retailer.ts";

const EUR = idOf<"Currency">("EUR");
const ALWAYS = { validFrom: instant(0), validUntil: null } as const;

const of = (...categories: readonly string[]): PromotedGoods => ({ kind: "categories", categories });
const midnightInBerlin = (day: string) => instant(Date.parse(`${day}T00:00:00+01:00`));

/** A promotion of each kind, on so many or such goods as are seldom bought by chance, or with a coupon: a basket of a few articles costs what they cost. */
export const DEMO_PROMOTIONS: readonly Promotion[] = [
  {
    id: idOf<"Promotion">("stationery-3-for-2"),
    name: "Stationery: 3 for 2",
    ...ALWAYS,
    priority: 10,
    rule: {
      kind: "piecesFor",
      goods: { kind: "categories", categories: ["Stationery"] },
      size: 3,
      pays: 2,
    },
  },
  {
    id: idOf<"Promotion">("shoes-and-jacket"),
    name: "Shoes and jacket: 199",
    ...ALWAYS,
    priority: 5,
    rule: {
      kind: "bundle",
      components: [
        { goods: { kind: "categories", categories: ["Shoes"] }, each: 1 },
        { goods: { kind: "categories", categories: ["Jackets"] }, each: 1 },
      ],
      price: money(19_900, EUR),
    },
  },
  {
    id: idOf<"Promotion">("toys-from-60"),
    name: "Toys: 10 off from 60",
    ...ALWAYS,
    priority: 0,
    rule: {
      kind: "fromValue",
      goods: { kind: "categories", categories: ["Toys"] },
      least: money(6_000, EUR),
      off: { kind: "amount", amount: money(1_000, EUR) },
    },
  },
  {
    id: idOf<"Promotion">("hello-10"),
    name: "Hello: 10 % from 30",
    ...ALWAYS,
    priority: 0,
    when: { coupon: { kind: "word", word: "HELLO10" } },
    combines: "stacks",
    rule: {
      kind: "fromValue",
      goods: { kind: "all" },
      least: money(3_000, EUR),
      off: { kind: "percent", ppm: 100_000 },
    },
  },
  {
    id: idOf<"Promotion">("books-by-pieces"),
    name: "Books: the more the less",
    ...ALWAYS,
    priority: 10,
    rule: {
      kind: "tiers",
      goods: of("Books"),
      steps: {
        by: "pieces",
        of: [
          { from: 4, off: { kind: "percent", ppm: 100_000 } },
          { from: 8, off: { kind: "percent", ppm: 200_000 } },
        ],
      },
    },
  },
  {
    id: idOf<"Promotion">("body-care-half"),
    name: "Body care: the fourth at half price",
    ...ALWAYS,
    priority: 10,
    when: { channels: [TILL_CHANNEL] },
    rule: { kind: "piecesFor", goods: of("Body Care"), size: 4, pays: 3, ppm: 500_000 },
  },
  {
    id: idOf<"Promotion">("knitwear-gift"),
    name: "Stationery as a gift with knitwear",
    ...ALWAYS,
    priority: 20,
    limits: { perTicket: 1 },
    rule: {
      kind: "gift",
      goods: of("Knitwear"),
      needs: { kind: "value", least: money(15_000, EUR) },
      gift: of("Stationery"),
      free: 1,
      perEach: false,
    },
  },
  {
    id: idOf<"Promotion">("no-shipping-from-150"),
    name: "No shipping from 150",
    ...ALWAYS,
    priority: 0,
    when: { channels: [DEMO_CHANNEL] },
    combines: "stacks",
    rule: { kind: "freeShipping", goods: { kind: "all" }, least: money(15_000, EUR) },
  },
  {
    id: idOf<"Promotion">("welcome-5"),
    name: "Welcome: 5 off from 25",
    ...ALWAYS,
    priority: 0,
    when: { firstPurchase: true, coupon: { kind: "word", word: "WELCOME5" } },
    combines: "stacks",
    limits: { perCustomer: 1 },
    rule: {
      kind: "fromValue",
      goods: { kind: "all" },
      least: money(2_500, EUR),
      off: { kind: "amount", amount: money(500, EUR) },
    },
  },
  {
    id: idOf<"Promotion">("trade-mornings"),
    name: "Cafés: 5 % on a dozen in the morning",
    ...ALWAYS,
    priority: 10,
    when: { groups: [TRADE_GROUP.id], days: [1, 2, 3, 4, 5], hours: { from: 360, until: 600 } },
    rule: {
      kind: "tiers",
      goods: of("Café", "Groceries"),
      steps: { by: "pieces", of: [{ from: 12, off: { kind: "percent", ppm: 50_000 } }] },
    },
  },
  {
    id: idOf<"Promotion">("winter-tops"),
    name: "Winter sale: books for 24.99",
    validFrom: midnightInBerlin("2027-01-04"),
    validUntil: midnightInBerlin("2027-02-01"),
    priority: 30,
    when: { coupon: { kind: "word", word: "WINTER" } },
    limits: { perTicket: 3 },
    rule: { kind: "eachPiece", goods: of("Books"), off: { kind: "fixedPrice", price: money(2_499, EUR) } },
  },
];
