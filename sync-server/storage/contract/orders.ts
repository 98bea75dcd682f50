import assert from "node:assert/strict";
import { type Exception, overdueBefore } from "#domain/exceptions/exceptions.ts";
import { type EntryId, type FulfilmentId, idOf, instant, type OrderId, type StoreId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { DEFAULT_RETAILER_RULES } from "#domain/orders/retailer-rules.ts";
import type { ExceptionsAsk } from "../../exceptions/port.ts";
import { BERLIN, CUP, EUR, HAMBURG, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const PART = idOf<"Fulfilment">("part-1");

export function order(id: string, changes: Partial<Order> = {}): Order {
  return {
    id: idOf<"Order">(id),
    number: `T-${id}`,
    channel: idOf<"Channel">("web"),
    externalId: id,
    placedAt: AT,
    placedBy: null,
    currency: EUR,
    contact: { customer: null, name: "Jürgen Ahrens", email: "j@example.org", phone: null },
    lines: [
      {
        id: idOf<"Line">("1"),
        variant: TEA,
        sku: idOf<"Sku">("SKU-tea"),
        name: "Tea",
        options: [],
        taxClass: idOf<"TaxClass">("standard"),
        quantity: 1,
        unitPrice: money(350, EUR),
        total: money(350, EUR),
      },
    ],
    shipping: money(0, EUR),
    payment: { state: "paid", total: money(350, EUR), paid: money(350, EUR), refunded: money(0, EUR) },
    delivery: { kind: "pickup", store: BERLIN.store },
    maySplit: false,
    note: "",
    fulfilments: [],
    declinedBy: [],
    givenUp: [],
    cancelledAt: null,
    ...changes,
  };
}

function row(id: FulfilmentId, of: OrderId) {
  const day = idOf<"BusinessDay">("2027-01-15");
  return { id, order: of, store: BERLIN.store, state: "allocated", day, seenTo: AT, nextAt: LATER } as const;
}

export const ORDERS: readonly ContractCase[] = [
  {
    promise: "an order is found by its id, the shop's id and each of its parts, as it was put last",
    check: async (storage) => {
      const first = order("o1");
      const changed = { ...first, note: "Ring twice" };
      await storage.write(async (tx) => {
        await tx.putOrder(first, { salt: "a-salt-of-letters", hash: "0".repeat(64) });
        await tx.putFulfilmentRow(row(PART, first.id));
        await tx.putOrder(changed, null);
      });
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.order(first.id), changed);
        assert.deepEqual(await tx.orderByExternalId({ channel: "web", externalId: "o1" }), changed);
        assert.deepEqual(await tx.orderOfFulfilment(PART), changed);
        assert.equal(await tx.orderByExternalId({ channel: "other", externalId: "o1" }), null);
        assert.equal((await tx.pickupVerifier(first.id))?.salt, "a-salt-of-letters");
      });
    },
  },
  {
    promise: "a shop's id is one order: another under the same is not written, nor anything with it",
    check: async (storage) => {
      await storage.write((tx) => tx.putOrder(order("o1"), null));
      const clash = order("o2", { externalId: "o1" });
      await assert.rejects(
        storage.write(async (tx) => {
          await tx.noteOrderAct(idOf<"Entry">("e1"), AT);
          await tx.putOrder(clash, null);
        }),
      );
      assert.equal(await storage.read((tx) => tx.order(clash.id)), null);
      assert.equal(await storage.write((tx) => tx.noteOrderAct(idOf<"Entry">("e1"), AT)), true);
    },
  },
  {
    promise: "orders are listed newest first, by status, store and what they are searched for",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putOrder(order("o1"), null);
        await tx.putOrder(order("o2", { placedAt: LATER, cancelledAt: LATER, lines: [] }), null);
        await tx.putFulfilmentRow(row(PART, idOf<"Order">("o1")));
      });
      const all = { status: null, store: null, search: "", offset: 0, limit: 9 } as const;
      const ask = (changes: object) =>
        storage.read(async (tx) => {
          const { orders, total } = await tx.orders({ ...all, ...changes });
          return [orders.map(({ id }) => String(id)), total];
        });
      assert.deepEqual(await ask({}), [["o2", "o1"], 2]);
      assert.deepEqual(await ask({ limit: 1, offset: 1 }), [["o1"], 2]);
      assert.deepEqual(await ask({ status: "placed" }), [["o1"], 1]);
      assert.deepEqual(await ask({ store: BERLIN.store }), [["o1"], 1]);
      assert.deepEqual(await ask({ store: HAMBURG.store }), [[], 0]);
      assert.deepEqual(await ask({ store: [BERLIN.store, HAMBURG.store] }), [["o1"], 1]);
      assert.deepEqual(await ask({ store: [HAMBURG.store] }), [[], 0]);
      for (const search of ["jurgen", "T-o1", "sku-TEA"])
        assert.deepEqual(await ask({ search, status: "placed" }), [["o1"], 1]);
      assert.deepEqual(await ask({ search: "100%" }), [[], 0]);
    },
  },
  {
    promise: "a fulfilment comes due when its time has come, the longest waiting first, and not before",
    check: async (storage) => {
      const other = idOf<"Fulfilment">("part-2");
      const never = idOf<"Fulfilment">("part-3");
      const of = idOf<"Order">("o1");
      await storage.write(async (tx) => {
        await tx.putOrder(order("o1"), null);
        await tx.putFulfilmentRow(row(PART, of));
        await tx.putFulfilmentRow({ ...row(other, of), nextAt: AT, state: "collected" });
        await tx.putFulfilmentRow({ ...row(never, of), nextAt: null });
      });
      await storage.read(async (tx) => {
        const due = async (at = LATER) =>
          (await tx.fulfilmentsDue({ at, limit: 9 })).map(({ id }) => id as string);
        assert.deepEqual(await due(), ["part-2", "part-1"]);
        assert.deepEqual(await due(instant(LATER - 1)), ["part-2"]);
        assert.deepEqual(await tx.fulfilmentRow(PART), row(PART, of));
        assert.deepEqual(
          (await tx.openFulfilments(BERLIN.store)).map(({ id }) => id as string),
          ["part-1", "part-3"],
        );
        const { day } = row(PART, of);
        assert.equal(await tx.fulfilmentsOn({ store: BERLIN.store, day }), 3);
        assert.equal(await tx.fulfilmentsOn({ store: HAMBURG.store, day }), 0);
      });
    },
  },
  {
    promise: "what is reserved is the sum of the reservations, and a part's are replaced whole",
    check: async (storage) => {
      const place = { store: BERLIN.store, variant: TEA };
      const put = (id: string, pieces: number, variant = TEA) =>
        storage.write((tx) =>
          tx.putReservations({ fulfilment: idOf<"Fulfilment">(id), store: BERLIN.store }, [
            { variant, pieces },
          ]),
        );
      await put("a", 2);
      await put("b", 3);
      assert.equal(await storage.read((tx) => tx.reserved(place)), 5);
      await put("a", 1, CUP);
      await storage.read(async (tx) => {
        assert.equal(await tx.reserved(place), 3);
        assert.equal(await tx.reserved({ ...place, store: HAMBURG.store }), 0);
        assert.deepEqual(await tx.reservationsOf(idOf<"Fulfilment">("a")), [{ variant: CUP, pieces: 1 }]);
      });
    },
  },
  {
    promise: "what an entry says of an order is noted once",
    check: async (storage) => {
      const entry: EntryId = idOf<"Entry">("e1");
      assert.equal(await storage.write((tx) => tx.noteOrderAct(entry, AT)), true);
      assert.equal(await storage.write((tx) => tx.noteOrderAct(entry, LATER)), false);
    },
  },
  {
    promise: "the retailer's rules are the usual ones until others are put",
    check: async (storage) => {
      assert.deepEqual(await storage.read((tx) => tx.retailerRules()), DEFAULT_RETAILER_RULES);
      const rules = { ...DEFAULT_RETAILER_RULES, routing: ["cheapest"], split: "always" } as const;
      await storage.write((tx) => tx.putRetailerRules(rules));
      assert.deepEqual(await storage.read((tx) => tx.retailerRules()), rules);
    },
  },
  {
    promise: "leases are found by the till that holds or wants them, and when they ran out",
    check: async (storage) => {
      const [holder, other] = [idOf<"Device">("till-1"), idOf<"Device">("till-2")];
      const lease = { subject: "order:1", holder, expiresAt: AT, wantedBy: other };
      const later = { subject: "order:2", holder, expiresAt: LATER, wantedBy: null };
      await storage.write(async (tx) => {
        await tx.putLease(lease);
        await tx.putLease(later);
      });
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.leasesOf(holder), [lease, later]);
        assert.deepEqual(await tx.leasesOf(other), [lease]);
        assert.deepEqual(await tx.leasesExpired({ before: AT, limit: 9 }), [lease]);
      });
    },
  },
  {
    promise: "exceptions are asked for by state, store, kind and who has them; open ones are counted by kind",
    check: async (storage) => {
      const raise = (id: string, change: Partial<Exception> = {}): Exception => ({
        id,
        kind: "late",
        store: BERLIN.store,
        subject: null,
        raisedAt: AT,
        detail: {},
        closing: null,
        ...change,
      });
      const [first, second, third] = [
        raise("1"),
        raise("2", { kind: "oversold", raisedAt: LATER }),
        raise("3", { store: HAMBURG.store, raisedAt: LATER }),
      ] as const;
      const mira = { id: "mira", name: "Mira" };
      await storage.write(async (tx) => {
        for (const each of [first, second, third, raise("4", { store: null })]) await tx.raiseException(each);
        assert.equal(await tx.assignException("2", mira), true);
        assert.equal(await tx.assignException("none", mira), false);
        await tx.closeException("4", { resolution: "accept", by: "Ines", note: "", at: LATER });
        assert.equal(await tx.assignException("4", mira), false);
      });
      const all = { stores: null, state: "all", kind: null, assignee: null, oldestFirst: false } as const;
      const ids = async (ask: Partial<ExceptionsAsk>) => {
        const found = await storage.read((tx) =>
          tx.exceptionsAsked({ ...all, offset: 0, limit: 10, ...ask }),
        );
        return found.exceptions.map(({ id }) => id);
      };
      assert.deepEqual(await ids({}), ["3", "2", "4", "1"]);
      assert.deepEqual(await ids({ oldestFirst: true, limit: 2 }), ["1", "4"]);
      assert.deepEqual(await ids({ offset: 3 }), ["1"]);
      assert.deepEqual(await ids({ state: "open", stores: [BERLIN.store] }), ["2", "1"]);
      assert.deepEqual(await ids({ state: "closed" }), ["4"]);
      assert.deepEqual(await ids({ kind: "oversold" }), ["2"]);
      assert.deepEqual(await ids({ assignee: "mira" }), ["2"]);
      assert.deepEqual(await ids({ state: "open", assignee: "nobody" }), ["3", "1"]);
      assert.deepEqual(await storage.read((tx) => tx.exception("2")), { ...second, assignee: mira });
      await storage.write((tx) => tx.assignException("2", null));
      assert.deepEqual(await storage.read((tx) => tx.exception("2")), second);
      const overdue = overdueBefore(instant(AT + 2 * 3_600_000));
      const byKind = (stores: readonly StoreId[] | null) =>
        storage.read((tx) => tx.openByKind({ stores, overdueBefore: overdue }));
      assert.deepEqual(await byKind([BERLIN.store]), [
        { kind: "late", open: 1, overdue: 1 },
        { kind: "oversold", open: 1, overdue: 0 },
      ]);
      assert.deepEqual(
        (await byKind(null)).map(({ open }) => open),
        [2, 1],
      );
    },
  },
  {
    promise: "an exception is closed once, with who and why, and how long that took is known",
    check: async (storage) => {
      const of = idOf<"Order">("o1");
      const raised = {
        id: "late:1",
        kind: "late",
        store: null,
        subject: { order: of, fulfilment: PART },
        raisedAt: AT,
        detail: { number: "T-1" },
        closing: null,
      } as const;
      const closing = { resolution: "accept", by: "Hanna", note: "Told her", at: LATER } as const;
      await storage.write(async (tx) => {
        await tx.raiseException(raised);
        await tx.raiseException({ ...raised, id: "late:2", subject: { order: of, fulfilment: null } });
      });
      assert.equal(await storage.write((tx) => tx.closeException("late:1", closing)), true);
      assert.equal(
        await storage.write((tx) => tx.closeException("late:1", { ...closing, by: "Another" })),
        false,
      );
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.exception("late:1"), { ...raised, closing });
        assert.deepEqual(
          (await tx.openExceptions(9)).map(({ id }) => id),
          ["late:2"],
        );
        assert.deepEqual(
          (await tx.openExceptionsOf("late")).map(({ id }) => id),
          ["late:2"],
        );
        assert.deepEqual(await tx.openExceptionsOf("oversold"), []);
        assert.deepEqual(await tx.exceptionsOf(of), ["late:1", "late:2"]);
        assert.deepEqual(await tx.exceptionFigures(), { open: 1, closed: 1, medianMs: LATER - AT });
      });
    },
  },
  {
    promise: "a task is kept as it is now, and is open until it is done",
    check: async (storage) => {
      const id = idOf<"Notice">("t1");
      const task = {
        id,
        exception: "oversold:1",
        store: BERLIN.store,
        doneAt: null,
        notice: { id, kind: "oversold", raisedAt: AT, detail: { task: "recount" }, resolved: false },
      } as const;
      await storage.write((tx) => tx.putTask(task));
      assert.deepEqual(await storage.read((tx) => tx.task(id)), task);
      assert.deepEqual(await storage.read((tx) => tx.openTasks()), [task]);
      await storage.write((tx) => tx.putTask({ ...task, doneAt: LATER }));
      assert.deepEqual(await storage.read((tx) => tx.task(id)), { ...task, doneAt: LATER });
      assert.deepEqual(await storage.read((tx) => tx.openTasks()), []);
      assert.equal(await storage.read((tx) => tx.task(idOf<"Notice">("t2"))), null);
    },
  },
];
