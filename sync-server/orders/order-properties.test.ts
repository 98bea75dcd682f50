import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { money } from "#domain/money/money.ts";
import type { TillAct } from "#domain/orders/act.ts";
import { type Credited, creditsOf, type StoreRole } from "#domain/orders/attribution.ts";
import type { OrderFact } from "#domain/orders/facts.ts";
import { allThatIsDue, reservedBy } from "#domain/orders/goods.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import type { ShopEdit } from "#domain/orders/shop-edit.ts";
import { ACROSS, type AcrossName } from "#domain/reports/across.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { OrderBench, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";

let server: ServerForTests;
let bench: OrderBench;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 12);
  await bench.stock(HAMBURG, TEA, 12);
});
afterEach(() => server.close());

type Step =
  | { readonly do: "place"; readonly quantity: number; readonly ship: boolean; readonly split: boolean }
  | {
      readonly do: "fact";
      readonly order: number;
      readonly part: number;
      readonly till: number;
      readonly act: TillAct["type"];
      readonly pieces: number;
      readonly rest: "refundRest" | "rerouteRest" | "askHq";
    }
  | { readonly do: "cancel"; readonly order: number }
  | {
      readonly do: "edit";
      readonly order: number;
      readonly wanted: number;
      readonly refunded: number;
      readonly cancels: boolean;
    }
  | { readonly do: "reroute"; readonly order: number; readonly part: number }
  | { readonly do: "sell"; readonly till: number; readonly quantity: number }
  | { readonly do: "wait"; readonly hours: number }
  | { readonly do: "pushAgain"; readonly till: number };

const index = fc.nat({ max: 5 });
const till = fc.nat({ max: 2 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("place" as const),
        quantity: fc.integer({ min: 1, max: 5 }),
        ship: fc.boolean(),
        split: fc.boolean(),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("fact" as const),
        order: index,
        part: fc.nat({ max: 2 }),
        till,
        act: fc.constantFrom<TillAct["type"]>(
          "accepted",
          "declined",
          "pickingStarted",
          "pickingStopped",
          "picked",
          "picked",
          "handedOver",
          "handedOver",
          "shipped",
          "restocked",
        ),
        pieces: fc.nat({ max: 5 }),
        rest: fc.constantFrom("refundRest" as const, "rerouteRest" as const, "askHq" as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), order: index }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("edit" as const),
        order: index,
        wanted: fc.nat({ max: 4 }),
        refunded: fc.nat({ max: 2_000 }),
        cancels: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("reroute" as const), order: index, part: fc.nat({ max: 2 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("sell" as const),
        till,
        quantity: fc.integer({ min: 1, max: 4 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 200 }) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("pushAgain" as const), till }) },
  ),
  { minLength: 5, maxLength: 30 },
);

test("S19 S82 whatever stores, shops, HQ and time do to orders, in whatever order: reserved is the sum of what each part keeps and never below zero, and stock is the sum of its movements", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const tills = [await server.pair(BERLIN), await server.pair(BERLIN), await server.pair(HAMBURG)];
      const orders: Order["id"][] = [];
      for (const step of script) await take(step, { tills, orders });
      await everythingAddsUp();
    }),
    { numRuns: 20 },
  );
}, 60_000);

let made = 0;

async function take(
  step: Step,
  { tills, orders }: { readonly tills: readonly PairedTill[]; readonly orders: Order["id"][] },
): Promise<void> {
  const { orders: desk } = server.deps;
  const by = { kind: "hq", who: "Hanna" } as const;
  switch (step.do) {
    case "place": {
      made += 1;
      const lines = [{ sku: "SKU-tea", quantity: step.quantity, unitPrice: money(350, EUR) }];
      const delivery = step.ship ? TO_SHIP : {};
      const { order } = await bench.place({ id: `order-${made}`, lines, maySplit: step.split, ...delivery });
      orders.push(order.id);
      return;
    }
    case "fact": {
      const id = oneOf(orders, step.order);
      const part = id === undefined ? undefined : oneOf((await bench.order({ id })).fulfilments, step.part);
      const mine = tills.filter(({ till: each }) => each.store === part?.store);
      const from = oneOf(mine, step.till);
      if (part !== undefined && from !== undefined) await bench.push(from, factOf(step, part));
      return;
    }
    case "cancel": {
      const id = oneOf(orders, step.order);
      if (id !== undefined) await desk.cancel({ name: { id }, reason: "Asked for", by });
      return;
    }
    case "edit": {
      const id = oneOf(orders, step.order);
      if (id === undefined) return;
      await server.deps.publisher.publish(async (publication) => {
        const order = await publication.tx.order(id);
        if (order !== null) await desk.editForShop(publication, { order, edit: editOf(step, order) });
      });
      return;
    }
    case "reroute": {
      const order = oneOf(orders, step.order);
      if (order === undefined) return;
      const { fulfilments } = await bench.order({ id: order });
      const fulfilment = oneOf(fulfilments, step.part)?.id ?? null;
      await desk.reroute({ order, fulfilment, store: null, reason: "Asked for", by });
      return;
    }
    case "sell": {
      const from = tills[step.till];
      if (from === undefined) return;
      const ticket = from.till.ticket([{ variant: TEA, quantity: step.quantity }]);
      await bench.push(from, { type: "ticket.completed", ticket });
      return;
    }
    case "wait":
      server.clock.advance(step.hours * 3_600_000);
      return desk.tick();
    case "pushAgain": {
      const from = tills[step.till];
      if (from !== undefined && from.till.entries.length > 0) await bench.pushAgain(from);
    }
  }
}

function editOf(
  { wanted, refunded, cancels }: Extract<Step, { readonly do: "edit" }>,
  { lines }: Order,
): ShopEdit {
  return {
    contact: null,
    delivery: null,
    payment: null,
    lines: null,
    stillWanted: lines.map(({ id, quantity }) => ({ line: id, quantity: Math.min(wanted, quantity) })),
    refunded: money(refunded, EUR),
    cancelled: cancels ? { reason: "Changed my mind" } : null,
  };
}

/** The one of that number, counted round and round; undefined where there is none at all. */
function oneOf<T>(all: readonly T[], number: number): T | undefined {
  return all[number % Math.max(1, all.length)];
}

/** Any act at any time: a till that was offline knows no better. */
function factOf({ act, pieces, rest }: Extract<Step, { readonly do: "fact" }>, part: Fulfilment): Fact {
  const fulfilment = part.id;
  switch (act) {
    case "declined":
      return { type: "order.declined", fulfilment, reason: "Broken" };
    case "picked": {
      const lines = part.lines.map(({ line, quantity }) => ({
        line,
        quantity: Math.min(pieces, quantity),
        substitute: null,
      }));
      const isShort = part.lines.some(({ quantity, missing }) => pieces < quantity - missing);
      return { type: "order.picked", fulfilment, lines, shelf: "A1", rest: isShort ? rest : null };
    }
    case "handedOver":
    case "shipped": {
      const [first] = part.lines;
      const due = allThatIsDue(part);
      // All that is due, or what another till handed out already.
      const lines =
        due.length > 0 || first === undefined
          ? due
          : [{ line: first.line, variant: first.variant, from: 0, quantity: 1 }];
      if (lines.length === 0) return { type: "order.accepted", fulfilment };
      return act === "shipped"
        ? { type: "order.shipped", fulfilment, lines, parcels: [{ carrier: "Post", tracking: "1" }] }
        : {
            type: "order.handedOver",
            fulfilment,
            lines,
            ticket: null,
            proof: { kind: "code" },
            override: null,
          };
    }
    case "accepted":
    case "pickingStarted":
    case "pickingStopped":
    case "restocked":
      return { type: `order.${act}`, fulfilment } satisfies OrderFact;
  }
}

async function everythingAddsUp(): Promise<void> {
  const { orders } = await server.storage.read((tx) =>
    tx.orders({ status: null, store: null, search: "", offset: 0, limit: 10_000 }),
  );
  const parts = orders.flatMap(({ fulfilments }) => fulfilments);
  for (const store of [BERLIN, HAMBURG]) {
    const mine = parts.filter((part) => part.store === store.store);
    const promised = mine.reduce((sum, part) => sum + (reservedBy(part).get(TEA) ?? 0), 0);
    const { onHand, sum, reserved } = await bench.levels(store);
    expect(reserved).toBeGreaterThanOrEqual(0);
    expect(reserved).toBe(promised);
    expect(onHand).toBe(sum);
    const level = { onHand, ...(reserved > 0 ? { reserved } : {}) };
    const told = await bench.stockOnTills(store.store, TEA);
    expect(told).toEqual({ id: TEA, store: store.store, variant: TEA, ...level });
  }
  await reportsAddUp(orders);
  for (const order of orders) {
    for (const line of order.lines) {
      const handed = order.fulfilments
        .flatMap(({ lines }) => lines)
        .filter((each) => each.line === line.id)
        .reduce((sum, each) => sum + each.handed, 0);
      expect(handed).toBeLessThanOrEqual(2 * line.quantity);
    }
    const { refunded, paid } = order.payment;
    expect(refunded.minor).toBeLessThanOrEqual(paid.minor);
  }
}

/** Reports say of all orders what is found by going through them again. */
async function reportsAddUp(orders: readonly Order[]): Promise<void> {
  const rules = (await server.storage.read((tx) => tx.retailerRules())).attribution;
  const credited = (is: (to: Credited) => boolean) =>
    orders
      .flatMap((order) => creditsOf(order, rules).filter(({ to }) => is(to)))
      .reduce((sum, { amount }) => sum + amount.minor, 0);
  const isStore = (to: Credited, role: StoreRole) => to.kind === "store" && to.role === role;
  expect(await reported("attribution")).toEqual([
    credited(({ kind }) => kind === "channel"),
    credited((to) => isStore(to, "placed")),
    credited((to) => isStore(to, "fulfilled")),
    credited(({ kind }) => kind === "staff"),
    credited((to) => isStore(to, "returned")),
  ]);
  const parts = orders.flatMap(({ fulfilments }) => fulfilments.filter(({ kind }) => kind === "pickup"));
  const ready = parts.flatMap((part) => {
    const at = part.trace.find(({ to }) => to === "ready")?.at;
    return at === undefined ? [] : [at <= part.promisedAt];
  });
  expect((await reported("promise")).slice(0, 3)).toEqual([
    parts.length,
    ready.length,
    ready.filter((isKept) => isKept).length,
  ]);
  const sent = orders.flatMap(({ fulfilments }) =>
    fulfilments.filter(({ kind, trace }) => kind === "ship" && trace.some(({ to }) => to === "shipped")),
  );
  expect((await reported("sent")).slice(0, 2)).toEqual([
    sent.length,
    sent.flatMap(({ lines }) => lines).reduce((sum, { handed }) => sum + handed, 0),
  ]);
}

/** What all that a report across channels counts comes to; zeros where there is nothing. */
async function reported(report: AcrossName): Promise<readonly number[]> {
  const period = { from: idOf<"BusinessDay">("2020-01-01"), until: idOf<"BusinessDay">("2099-12-31") };
  const filter = { ...period, report, stores: null, channels: null };
  const answer = await server.storage.aside.read("acrossReport", { filter, group: "store", before: null });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.now.totals[0]?.measures ?? ACROSS[report].measures.map(() => 0);
}
