import {
  type BusinessDay,
  type CustomerId,
  type Instant,
  idOf,
  instant,
  type StaffId,
  type VariantId,
} from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { returnDaysOf, returnPolicyOf } from "#domain/returns/policy.ts";
import { businessDayOf, dayNumberOf, daysAfter } from "#domain/store/business-day.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { RungItem } from "#domain/ticket/basket-acts.ts";
import type { DemoData } from "./demo-data.ts";
import { demoUuid, type Random, seededRandom } from "./random.ts";

/** What was rung up before the demo was opened. */
export interface PastSale {
  readonly at: Instant;
  readonly staff: StaffId;
  readonly customer: CustomerId | null;
  readonly lines: readonly { readonly item: RungItem; readonly quantity: number }[];
  readonly by: "card" | "cash";
}

/** A store's day before the demo was opened: its sales in their order, and by how much the drawer was off when it was counted, minor units. */
export interface PastDay {
  readonly day: BusinessDay;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly manager: StaffId;
  readonly sales: readonly PastSale[];
  readonly offMinor: number;
}

/** A source of their own, so that the shop that screenshots show stays as it is. */
const PAST_SALES = 2_000;
const DAYS = 28;
const MINUTE_MS = 60_000;
/** Day 0 of `dayNumberOf` was a Thursday. */
const THURSDAY = 4;
const SATURDAY = 6;
/** Sales of a usual day. Saturdays bring half as many again; on Sundays German shops are shut. */
const SALES_A_DAY: Readonly<Record<string, number>> = { BER1: 30, HAM1: 20, MUC1: 12 };
/** A few articles are most of what is sold. */
const FAVOURITES = 60;
/** One in so many days the drawer is off, by less than what a manager must allow. */
const OFF_EVERY = 5;

/** What a store sold in the four weeks before this moment, day by day, the oldest first. The same seed sells the same, from whatever day on. */
export function pastDays(
  data: DemoData,
  { store, seed, now }: { readonly store: StoreSettings; readonly seed: number; readonly now: Instant },
): readonly PastDay[] {
  const random = seededRandom(seed + PAST_SALES);
  const goods = plainGoods(data, store, random);
  const today = businessDayOf({ at: now, timeZone: store.timeZone });
  return Array.from({ length: DAYS }, (_, back) => daysAfter(today, back - DAYS))
    .filter((day) => weekdayOf(day) !== 0)
    .map((day) => pastDay({ data, store, goods, day, random }));
}

/** 0 is Sunday. */
function weekdayOf(day: BusinessDay): number {
  return (dayNumberOf(day) + THURSDAY) % 7;
}

interface DayOf {
  readonly data: DemoData;
  readonly store: StoreSettings;
  readonly goods: readonly RungItem[];
  readonly day: BusinessDay;
  readonly random: Random;
}

function pastDay({ data, store, goods, day, random }: DayOf): PastDay {
  const isSaturday = weekdayOf(day) === SATURDAY;
  const opensAt = at(day, "09:45", store);
  const closesAt = at(day, isSaturday ? "18:10" : "19:10", store);
  const staff = data.staff.filter((each) => each.store === store.store).map(({ member }) => member);
  const manager = staff.find(({ role }) => role === "manager")?.id;
  const cashiers = staff.filter(({ role }) => role === "cashier").map(({ id }) => id);
  if (manager === undefined) throw new Error(`${store.code} has no manager`);
  const usual = SALES_A_DAY[store.code] ?? 0;
  const most = isSaturday ? Math.round(usual * 1.5) : usual;
  const count = random.between({ from: Math.ceil(most * 0.8), to: most });
  const minutes = Math.floor((closesAt - opensAt) / MINUTE_MS) - 30;
  const moments = Array.from({ length: count }, () => random.between({ from: 15, to: minutes }));
  const off = random.between({ from: 1, to: 190 });
  return {
    day,
    opensAt,
    closesAt,
    manager,
    sales: moments
      .toSorted((some, other) => some - other)
      .map((minute) =>
        saleOf({
          data,
          goods,
          random,
          cashier: random.pick(cashiers),
          at: instant(opensAt + minute * MINUTE_MS),
        }),
      ),
    offMinor: random.between({ from: 1, to: OFF_EVERY }) === 1 ? (random.chance(70) ? -off : off) : 0,
  };
}

function saleOf({
  data,
  goods,
  random,
  cashier,
  at: moment,
}: Pick<DayOf, "data" | "goods" | "random"> & { readonly cashier: StaffId; readonly at: Instant }): PastSale {
  const lines = random.between({ from: 1, to: 4 });
  const customer: CustomerId | null = random.chance(35) ? random.pick(data.customers).id : null;
  return {
    at: moment,
    staff: cashier,
    customer,
    lines: Array.from({ length: lines }, () => ({
      item: {
        ...(random.chance(70) ? random.pick(goods.slice(0, FAVOURITES)) : random.pick(goods)),
        id: idOf<"Line">(demoUuid(random)),
      },
      quantity: random.chance(12) ? 3 : random.chance(20) ? 2 : 1,
    })),
    by: random.chance(60) ? "card" : "cash",
  };
}

function at(day: BusinessDay, time: string, { timeZone }: StoreSettings): Instant {
  const moment = instantOfLocalTime({ text: `${day}T${time}`, timeZone });
  if (moment === null) throw new RangeError(`there is no ${time} on ${day}`);
  return moment;
}

/** What is sold by the piece at one price and with nothing else, as a till of the store rings it up; the favourites first. */
function plainGoods(data: DemoData, store: StoreSettings, random: Random): readonly RungItem[] {
  const prices = standingPrices(data, store);
  const policy = returnPolicyOf(store);
  const goods = data.products
    .filter(({ soldBy, links, status }) => soldBy === undefined && links === undefined && status === "active")
    .flatMap(({ title, category, taxClass, variants }) =>
      variants.flatMap(({ id, sku, options }): RungItem[] => {
        const unitPrice = prices.get(id);
        if (unitPrice === undefined) return [];
        const returnDays = returnDaysOf(policy, category);
        return [
          {
            id: idOf<"Line">(id),
            variant: id,
            sku,
            name: title,
            options,
            taxClass,
            category,
            unitPrice,
            returnDays,
          },
        ];
      }),
    );
  return [...random.some(goods, FAVOURITES), ...goods];
}

/** Prices of the store's lists that hold at any time and for any number; the first list that names an article counts. */
function standingPrices(data: DemoData, { priceLists }: StoreSettings): ReadonlyMap<VariantId, Money> {
  const found = new Map<VariantId, Money>();
  for (const wanted of priceLists)
    for (const { list, variant, amount, validFrom, validTo, tiers } of data.prices)
      if (
        list === wanted &&
        validFrom === null &&
        validTo === null &&
        tiers === undefined &&
        !found.has(variant)
      )
        found.set(variant, amount);
  return found;
}
