import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { DeliveryOpening } from "#domain/stock/delivery.ts";
import { openDelivery, withDeliveryActs } from "#domain/stock/delivery-acts.ts";
import { MUG, STORE } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { DELIVERY_SLIP_WORDS } from "./delivery-slip-words.ts";

const HAMBURG = idOf<"Store">("store-ham1");
const ID = idOf<"Delivery">("d-1");
const HQ = { kind: "hq", who: "Hanna" } as const;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
  till.server.goOffline();
});

/** HQ asks for it, and this till hears of it. */
function wanted(changes: Partial<DeliveryOpening> = {}): void {
  const opening: DeliveryOpening = {
    id: ID,
    reference: "D-HQ-000001",
    kind: "supplier",
    supplier: "Potters",
    from: null,
    to: STORE,
    fromName: "",
    toName: "Berlin",
    expectedOn: null,
    blind: false,
    lines: [{ variant: MUG, sku: idOf<"Sku">("MUG"), name: "Mug", ordered: 5 }],
    note: "",
    ...changes,
  };
  const at = till.clock.now();
  const confirmed = { id: "c", at, by: HQ, act: { kind: "confirmed" } } as const;
  till.replica.put("deliveries", withDeliveryActs(openDelivery(opening, { at, by: HQ }), [confirmed]));
}
const toHamburg = { kind: "transfer", from: STORE, to: HAMBURG, supplier: "", toName: "Hamburg" } as const;
const shown = () => till.shop.views.deliveries.current().deliveries;
const receive = (good: number, damaged = 0, isAll = false) =>
  till.verbs.receiveDelivery({
    delivery: ID,
    lines: [{ variant: MUG, good, damaged }],
    isAll,
    note: "",
  });
const onHand = async () => (await till.verbs.search({ text: "mug", limit: 1 }))[0]?.onHand ?? null;

describe("a delivery that is expected", () => {
  test("is received in parts without the server: what is whole is on the shelf at once", async () => {
    wanted();
    const before = (await onHand()) ?? 0;
    expect(shown()).toMatchObject([{ way: "in", partner: "Potters", toDo: 5, isDue: true }]);
    expect(await receive(3, 1)).toMatchObject({ ok: true, value: { toDo: 1, state: "partlyReceived" } });
    expect(await onHand()).toBe(before + 3);
    expect(await receive(1)).toMatchObject({ ok: true, value: { state: "received", unsent: true } });
    expect(shown()).toMatchObject([{ isDue: false, isOver: true }]);
    await till.restart();
    await till.signIn("mira");
    expect(shown()).toMatchObject([{ state: "received" }]);
  });

  test("that is to be counted blind does not say how many there should be", async () => {
    wanted({ blind: true });
    expect(shown()).toMatchObject([{ toDo: null }]);
    const card = await till.verbs.deliveryOf({ delivery: ID });
    expect(card).toMatchObject({ ok: true, value: { lines: [{ toDo: null, good: 0 }] } });
  });

  test("is received with nothing only where nothing more came", async () => {
    wanted();
    expect(await receive(0)).toEqual({ ok: false, reason: "nothingEntered" });
    expect(await receive(0, 0, true)).toMatchObject({ ok: true });
    expect(till.journal.facts("delivery.received")).toMatchObject([{ isAll: true, lines: [] }]);
  });

  test("is for whoever is signed in and knows it", async () => {
    expect(await receive(1)).toEqual({ ok: false, reason: "noSuchDelivery" });
    await till.verbs.signOut({});
    expect(await receive(1)).toEqual({ ok: false, reason: "notSignedIn" });
    expect(shown()).toEqual([]);
  });
});

describe("a transfer", () => {
  const lines = [{ variant: MUG, pieces: 2 }];

  test("that HQ asked for leaves once, and the shelf has less at once", async () => {
    wanted(toHamburg);
    const before = (await onHand()) ?? 0;
    expect(shown()).toMatchObject([{ way: "out", partner: "Hamburg", toDo: 5, isDue: true }]);
    expect(await till.verbs.sendDelivery({ delivery: ID, lines })).toMatchObject({
      ok: true,
      value: { state: "sent", isDue: false },
    });
    expect(await onHand()).toBe(before - 2);
    expect(await till.verbs.sendDelivery({ delivery: ID, lines })).toEqual({
      ok: false,
      reason: "deliveryGoneOn",
    });
    expect(till.journal.facts("delivery.sent")).toHaveLength(1);
  });

  test("begins at the till, to a store that it has heard of", async () => {
    const start = () => till.verbs.startTransfer({ to: HAMBURG, lines, note: "" });
    expect(await start()).toEqual({ ok: false, reason: "storeUnknown" });
    till.server.comeBack();
    till.server.stock.set(idOf<"Sku">("SKU-mug-v"), [
      { store: "HAM1", id: HAMBURG, name: "Hamburg", available: 1, pickup: true, asOf: null, silent: false },
    ]);
    expect(await till.verbs.transferStores({ variant: MUG })).toEqual({
      stores: [{ store: HAMBURG, name: "Hamburg" }],
      hasServer: true,
    });
    till.server.goOffline();
    expect(await start()).toMatchObject({ ok: true, value: { partner: "Hamburg", state: "sent" } });
    const [fact] = till.journal.facts("delivery.sent");
    expect(fact?.opening).toMatchObject({ from: STORE, to: HAMBURG, lines: [{ ordered: 2 }] });
    expect(fact?.opening?.reference).toMatch(/^T-BER1-03-\d{6}$/);
  });
});

test("every language has words for the slip", () => {
  for (const words of Object.values(DELIVERY_SLIP_WORDS))
    expect(Object.values(words).every((text) => text.length > 0)).toBe(true);
});
