import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";

const EUR = idOf<"Currency">("EUR");
const ALWAYS = { validFrom: instant(0), validUntil: null } as const;

/** A promotion of each kind, on goods that are seldom bought alone. */
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
];
