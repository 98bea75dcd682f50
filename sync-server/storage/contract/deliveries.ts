import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import type { Delivery, DeliveryAct, DeliveryOpening } from "#domain/stock/delivery.ts";
import { openDelivery, withDeliveryActs } from "#domain/stock/delivery-acts.ts";
import { BERLIN, CUP, HAMBURG, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const HQ = { kind: "hq", who: "Hanna" } as const;
const TILL = { kind: "staff", staff: null, device: idOf<"Device">("till") } as const;
const tea = { variant: TEA, sku: idOf<"Sku">("TEA-100"), name: "Green tea" };
const ASK = {
  stores: null,
  filter: "all",
  kind: null,
  today: idOf<"BusinessDay">("2026-11-26"),
  search: "",
  offset: 0,
  limit: 9,
} as const;

function wanted(id: string, changes: Partial<DeliveryOpening> = {}, at: number = AT): Delivery {
  const opening: DeliveryOpening = {
    id: idOf<"Delivery">(id),
    reference: `D-${id}`,
    kind: "transfer",
    supplier: "",
    from: BERLIN.store,
    to: HAMBURG.store,
    fromName: BERLIN.name,
    toName: HAMBURG.name,
    expectedOn: null,
    blind: false,
    lines: [{ ...tea, ordered: 5 }],
    note: "",
    ...changes,
  };
  return openDelivery(opening, { at: instant(at), by: HQ });
}

function after(of: Delivery, ...acts: readonly DeliveryAct[]): Delivery {
  return withDeliveryActs(
    of,
    acts.map((act, index) => ({ id: `${of.id}-${index}`, at: instant(LATER + index), by: TILL, act })),
  );
}

const confirmed = { kind: "confirmed" } as const;
const sent = (pieces: number) =>
  ({ kind: "sent", store: BERLIN.store, lines: [{ ...tea, pieces }] }) as const;
const received = (good: number) =>
  ({
    kind: "received",
    store: HAMBURG.store,
    lines: [{ ...tea, good, damaged: 0 }],
    isAll: false,
    note: "",
  }) as const;
const ids = ({ deliveries }: { readonly deliveries: readonly Delivery[] }) => deliveries.map(({ id }) => id);

export const DELIVERIES: readonly ContractCase[] = [
  {
    promise: "a delivery is found by its id and its reference, as it was put last",
    check: async (storage, reopen) => {
      const first = wanted("1");
      await storage.write((tx) => tx.putGoodsDelivery(first));
      await storage.write((tx) => tx.putGoodsDelivery(after(first, confirmed)));
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.deepEqual(await tx.goodsDelivery(first.id), after(first, confirmed));
        const named = { reference: "D-1", supplier: "" };
        assert.deepEqual(await tx.goodsDeliveryReferenced(named), after(first, confirmed));
        assert.equal(await tx.goodsDeliveryReferenced({ ...named, supplier: "Tea House" }), null);
        assert.equal(await tx.goodsDelivery(idOf<"Delivery">("2")), null);
        assert.equal(await tx.hqDeliveries(), 1);
      });
    },
  },
  {
    promise: "deliveries are listed by store, state, kind, day and what is in them, the newest first",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putGoodsDelivery(after(wanted("1"), confirmed, sent(5)));
        const supplier = { kind: "supplier", from: null, supplier: "Teehaus Köln" } as const;
        const day = idOf<"BusinessDay">("2026-11-25");
        await tx.putGoodsDelivery(after(wanted("2", { ...supplier, expectedOn: day }, AT + 1), confirmed));
        await tx.putGoodsDelivery(wanted("3", { to: BERLIN.store, ...supplier }, AT + 2));
        await tx.putGoodsDelivery(
          after(wanted("4", {}, AT + 3), confirmed, { kind: "cancelled", reason: "No" }),
        );
      });
      const found = async (ask: object) =>
        ids(await storage.read((tx) => tx.goodsDeliveries({ ...ASK, ...ask })));
      assert.deepEqual(await found({}), ["4", "3", "2", "1"]);
      assert.deepEqual(await found({ filter: "open" }), ["3", "2", "1"]);
      assert.deepEqual(await found({ filter: "late" }), ["2"]);
      assert.deepEqual(await found({ filter: "sent" }), ["1"]);
      assert.deepEqual(await found({ kind: "supplier" }), ["3", "2"]);
      assert.deepEqual(await found({ stores: [BERLIN.store] }), ["4", "3", "1"]);
      assert.deepEqual(await found({ stores: [] }), []);
      assert.deepEqual(await found({ search: "koln" }), ["3", "2"]);
      assert.deepEqual(await found({ offset: 1, limit: 2 }), ["3", "2"]);
    },
  },
  {
    promise: "an act on a delivery is noted once, known or not",
    check: async (storage) => {
      const act = { id: "a", at: AT, by: TILL, act: sent(5) };
      const of = idOf<"Delivery">("1");
      assert.equal(await storage.write((tx) => tx.noteGoodsDeliveryAct(of, act)), true);
      assert.equal(await storage.write((tx) => tx.noteGoodsDeliveryAct(of, act)), false);
      assert.deepEqual(await storage.read((tx) => tx.goodsDeliveryActs(of)), [act]);
    },
  },
  {
    promise: "what is on its way to a store is told by variant: asked for, then in transit, then there",
    check: async (storage) => {
      const coming = () =>
        storage.read(async (tx) => {
          const of = await tx.incomingOf({ store: HAMBURG.store, variants: [TEA, CUP] });
          return [...of.values()].map(({ variant, ...pieces }) => ({ [variant]: pieces }));
        });
      const put = (...acts: readonly DeliveryAct[]) =>
        storage.write((tx) => tx.putGoodsDelivery(after(wanted("1"), ...acts)));
      await put();
      assert.deepEqual(await coming(), []);
      await put(confirmed);
      assert.deepEqual(await coming(), [{ [TEA]: { incoming: 5, inTransit: 0 } }]);
      await put(confirmed, sent(4));
      assert.deepEqual(await coming(), [{ [TEA]: { incoming: 0, inTransit: 4 } }]);
      await put(confirmed, sent(4), received(3));
      assert.deepEqual(await coming(), [{ [TEA]: { incoming: 0, inTransit: 1 } }]);
      await put(confirmed, sent(4), received(3), { kind: "closedShort", reason: "Lost" });
      assert.deepEqual(await coming(), []);
    },
  },
  {
    promise: "a delivery that is over is taken off the tills once",
    check: async (storage) => {
      const over = after(wanted("1"), confirmed, sent(5), received(5));
      const forget = { closedBefore: instant(LATER + 60_000), limit: 9 };
      await storage.write((tx) => tx.putGoodsDelivery(over));
      assert.deepEqual(await storage.read((tx) => tx.goodsDeliveriesToForget(forget)), [over]);
      await storage.write((tx) => tx.noteGoodsDeliveryForgotten(over.id));
      assert.deepEqual(await storage.read((tx) => tx.goodsDeliveriesToForget(forget)), []);
    },
  },
  {
    promise: "a delivery that is changed is found by what it says now, and no longer by what it said",
    check: async (storage, reopen) => {
      const before = wanted("1");
      await storage.write((tx) => tx.putGoodsDelivery(before));
      const changed = { reference: "NEW-1", supplier: "", from: null, to: BERLIN.store } as const;
      const after = wanted("1", { ...changed, expectedOn: idOf<"BusinessDay">("2026-11-01") });
      await storage.write((tx) => tx.putGoodsDelivery(after));
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.equal(await tx.goodsDeliveryReferenced({ reference: "D-1", supplier: "" }), null);
        assert.deepEqual(await tx.goodsDeliveryReferenced({ reference: "NEW-1", supplier: "" }), after);
        assert.deepEqual(ids(await tx.goodsDeliveries({ ...ASK, stores: [HAMBURG.store] })), []);
        assert.deepEqual(ids(await tx.goodsDeliveries({ ...ASK, stores: [BERLIN.store] })), ["1"]);
        assert.equal(await tx.hqDeliveries(), 1);
      });
    },
  },
  {
    promise: "a delivery that is deleted is nowhere any more, and still counts among those that HQ opened",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putGoodsDelivery(wanted("1"));
        await tx.putGoodsDelivery(wanted("2"));
        await tx.removeGoodsDelivery(idOf<"Delivery">("1"), instant(LATER));
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.equal(await tx.goodsDelivery(idOf<"Delivery">("1")), null);
        assert.equal(await tx.goodsDeliveryReferenced({ reference: "D-1", supplier: "" }), null);
        assert.deepEqual(ids(await tx.goodsDeliveries(ASK)), ["2"]);
        assert.equal(await tx.hqDeliveries(), 2);
      });
    },
  },
];
