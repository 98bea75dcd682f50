import { beforeEach, describe, expect, test } from "vitest";
import type { FulfilmentId } from "#domain/ids.ts";
import { pickupQr } from "#domain/orders/pickup-code.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { FREE_PIN_ATTEMPTS } from "#domain/staff/pin.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import { CODE, leaseOf, OTHER_TILL, readyOrder, storeOrder } from "../testing/order-fixture.ts";
import { DEVICE, JOHANNA, MUG, PINS, settingsWith, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ORDER = readyOrder();
const OVERRIDE = { manager: JOHANNA.id, pin: PINS.johanna, reason: "desk is closed" } as const;
const ID_CHECK = { kind: "idCheck", reason: "phone is empty", collector: "her brother" } as const;
const SIGNED = { kind: "drawn", path: "M10 100l50 -59 60 119" } as const;
const WRONG = { ok: false, reason: "wrongCode" };

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

function handOver(changes: Partial<VerbParsedArgs<"handOver">> = {}, fulfilment: FulfilmentId = ORDER.id) {
  const proof = { kind: "code", code: CODE } as const;
  return till.verbs.handOver({
    fulfilment,
    proof,
    lines: null,
    withSale: false,
    override: null,
    signature: null,
    ...changes,
  });
}

function withCode(code: string) {
  return handOver({ proof: { kind: "code", code } });
}

describe("a ready order is handed out", () => {
  beforeEach(() => till.replica.put("orders", ORDER));

  test.each([
    { how: "typed bare", code: "34acde" },
    { how: "typed with a dash and blanks", code: " 34A-CDE " },
    { how: "scanned from the phone", code: pickupQr({ number: "WEB-1001", code: CODE }) },
  ])("by its pickup code, $how, without any connection", async ({ code }) => {
    till.server.goOffline();
    expect(await withCode(code)).toMatchObject({
      ok: true,
      value: { next: "done", order: { state: "collected", unsent: true } },
    });
    expect(till.journal.facts("order.handedOver")).toEqual([
      {
        type: "order.handedOver",
        fulfilment: ORDER.id,
        ticket: null,
        lines: [
          { line: "l1", variant: MUG, from: 0, quantity: 2 },
          { line: "l2", variant: TEE_S, from: 0, quantity: 1 },
        ],
        proof: { kind: "code" },
        override: null,
      },
    ]);
  });

  test("and the goods leave this store's stock on the screen at once", async () => {
    await handOver();
    const [mug] = await till.verbs.search({ text: "Becher", limit: 1 });
    expect(mug?.onHand).toBe(10);
  });

  test("once: asked again it says that it was collected", async () => {
    const [first, second] = await Promise.all([handOver(), handOver()]);
    expect(first.ok).toBe(true);
    expect(second).toEqual({ ok: false, reason: "alreadyCollected" });
    expect(till.journal.facts("order.handedOver")).toHaveLength(1);
  });

  test("to somebody else by an ID check, with the reason and who came", async () => {
    expect(await handOver({ proof: ID_CHECK, signature: SIGNED })).toMatchObject({ ok: true });
    expect(till.journal.facts("order.handedOver")[0]?.proof).toEqual(ID_CHECK);
  });

  test("without a code only against a signature, drawn or typed, which is kept in the journal", async () => {
    expect(await handOver({ proof: ID_CHECK })).toEqual({ ok: false, reason: "signatureMissing" });
    expect(till.journal.facts("order.handedOver")).toEqual([]);
    const typed = { kind: "typed", name: "Ada Brandt" } as const;
    expect(await handOver({ proof: ID_CHECK, signature: typed })).toMatchObject({ ok: true });
    expect(till.journal.facts("order.handedOver")[0]?.signature).toEqual(typed);
  });

  test("against a signature always, or never, where the store's policy says so; a wrong code is told first", async () => {
    till.replica.put("settings", settingsWith({ orders: { ...DEFAULT_ORDER_POLICY, signature: "always" } }));
    expect(await withCode("34ACDF")).toEqual(WRONG);
    expect(await handOver()).toEqual({ ok: false, reason: "signatureMissing" });
    till.replica.put("settings", settingsWith({ orders: { ...DEFAULT_ORDER_POLICY, signature: "never" } }));
    expect(await handOver({ proof: ID_CHECK })).toMatchObject({ ok: true });
    expect(till.journal.facts("order.handedOver")[0]).not.toHaveProperty("signature");
  });

  test("in part, and the rest another day", async () => {
    const line = ORDER.fulfilment.lines[0]!.line;
    const first = await handOver({ lines: [{ line, quantity: 1 }] });
    expect(first).toMatchObject({ ok: true, value: { order: { state: "ready" } } });
    expect(await handOver()).toMatchObject({ ok: true, value: { order: { state: "collected" } } });
    expect(till.journal.facts("order.handedOver").map(({ lines }) => lines)).toEqual([
      [{ line: "l1", variant: MUG, from: 0, quantity: 1 }],
      [
        { line: "l1", variant: MUG, from: 1, quantity: 1 },
        { line: "l2", variant: TEE_S, from: 0, quantity: 1 },
      ],
    ]);
  });

  test("never beyond what is due", async () => {
    const line = ORDER.fulfilment.lines[0]!.line;
    expect(await handOver({ lines: [{ line, quantity: 3 }] })).toMatchObject({ ok: false });
    expect(till.journal.facts("order.handedOver")).toEqual([]);
  });

  test("not while nobody is signed in", async () => {
    await till.verbs.signOut({});
    expect(await handOver()).toEqual({ ok: false, reason: "notSignedIn" });
  });

  test("not when the disk is full: it stays on the shelf", async () => {
    till.journal.fail(new Error("ENOSPC"));
    expect(await handOver()).toEqual({ ok: false, reason: "storage" });
    till.journal.fail(null);
    expect(await handOver()).toMatchObject({ ok: true });
  });
});

describe("a wrong pickup code", () => {
  beforeEach(() => till.replica.put("orders", ORDER));

  test.each([
    { what: "of another order", code: "34ACDF" },
    { what: "that is no code at all", code: "hello" },
    { what: "in a QR of another order", code: pickupQr({ number: "WEB-2002", code: CODE }) },
  ])("$what hands out nothing", async ({ code }) => {
    expect(await withCode(code)).toEqual(WRONG);
    expect(till.journal.facts("order.handedOver")).toEqual([]);
  });

  test("slows down the next tries, also over a restart; an ID check still helps the customer", async () => {
    for (let tries = 0; tries <= FREE_PIN_ATTEMPTS; tries += 1)
      expect(await withCode("777777")).toEqual(WRONG);
    await till.restart();
    await till.signIn("mira");
    expect(await withCode(CODE)).toEqual({ ok: false, reason: "tooManyTries" });
    expect(await handOver({ proof: ID_CHECK, signature: SIGNED })).toMatchObject({ ok: true });
  });

  test("is forgiven after a while", async () => {
    for (let tries = 0; tries <= FREE_PIN_ATTEMPTS; tries += 1) await withCode("777777");
    till.clock.pass(15_000);
    expect(await withCode(CODE)).toMatchObject({ ok: true });
  });

  test("of one order does not hold up another", async () => {
    const other = readyOrder({ number: "WEB-1002" });
    till.replica.put("orders", other);
    for (let tries = 0; tries <= FREE_PIN_ATTEMPTS; tries += 1) await withCode("777777");
    expect(await handOver({}, other.id)).toMatchObject({ ok: true });
  });

  test("left empty is asked for, and counts as no try", async () => {
    for (let tries = 0; tries <= 2 * FREE_PIN_ATTEMPTS; tries += 1)
      expect(await withCode(" ")).toEqual({ ok: false, reason: "codeMissing" });
    expect(await withCode(CODE)).toMatchObject({ ok: true });
  });
});

describe("what cannot be handed out says why", () => {
  test.each([
    { state: "picking", reason: "notReady" },
    { state: "cancelled", reason: "cancelled" },
    { state: "declined", reason: "cancelled" },
    { state: "expired", reason: "expired" },
    { state: "collected", reason: "alreadyCollected" },
  ] as const)("an order that is $state: $reason, a manager's word or not", async ({ state, reason }) => {
    till.replica.put("orders", readyOrder({ fulfilment: { state } }));
    expect(await handOver()).toEqual({ ok: false, reason });
    expect(await handOver({ override: OVERRIDE })).toEqual({ ok: false, reason });
  });

  test("an order to be sent is not handed over the counter", async () => {
    till.replica.put("orders", readyOrder({ fulfilment: { kind: "ship" } }));
    expect(await handOver()).toEqual({ ok: false, reason: "notPickup" });
  });

  test("an order that this store does not have", async () => {
    expect(await handOver()).toEqual({ ok: false, reason: "noSuchOrder" });
  });

  test("an order without a code asks for an ID check", async () => {
    till.replica.put("orders", readyOrder({ fulfilment: { pickup: null } }));
    expect(await handOver()).toEqual({ ok: false, reason: "codeMissing" });
    expect(await handOver({ proof: ID_CHECK, signature: SIGNED })).toMatchObject({ ok: true });
  });
});

describe("without the lease", () => {
  const NOBODYS = readyOrder({ lease: null });
  const ANOTHERS = readyOrder({ lease: leaseOf(OTHER_TILL) });

  test("online, any till gets it in one round trip and hands out", async () => {
    till.replica.put("orders", NOBODYS);
    expect(await handOver()).toMatchObject({ ok: true, value: { next: "done" } });
    expect(till.server.requests).toHaveLength(1);
    expect(till.journal.facts("order.handedOver")[0]?.override).toBeNull();
  });

  test("offline, the order stays where it is", async () => {
    till.replica.put("orders", NOBODYS);
    till.server.goOffline();
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
    till.replica.put("orders", ANOTHERS);
    expect(await handOver()).toEqual({ ok: false, reason: "leaseHeldByAnother" });
    expect(till.journal.facts("order.handedOver")).toEqual([]);
  });

  test("a server that cannot be reached after all is as good as none", async () => {
    till.replica.put("orders", NOBODYS);
    till.server.unreachable = true;
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
  });

  test("a server that never answers keeps the customer no longer than a few seconds", async () => {
    till.replica.put("orders", NOBODYS);
    till.server.hangs = true;
    const answer = handOver();
    await till.timers.until((rests) => rests.includes(4_000));
    till.timers.pass(4_000);
    expect(await answer).toEqual({ ok: false, reason: "leaseUnknown" });
  });

  test("a second till is refused while the first one holds on to it", async () => {
    till.replica.put("orders", ANOTHERS);
    till.server.leaseTo(ORDER.id, OTHER_TILL);
    const answer = handOver();
    await till.server.asked(1);
    await till.timers.until((rests) => rests.includes(4_000));
    till.timers.pass(4_000);
    expect(await answer).toEqual({ ok: false, reason: "leaseHeldByAnother" });
    expect(till.journal.facts("order.handedOver")).toEqual([]);
  });

  test("it is handed out as soon as the other till has let go of it", async () => {
    till.replica.put("orders", ANOTHERS);
    till.server.leaseTo(ORDER.id, OTHER_TILL);
    const answer = handOver();
    await till.server.asked(1);
    till.replica.put("orders", readyOrder({ lease: leaseOf(DEVICE) }));
    expect(await answer).toMatchObject({ ok: true, value: { next: "done" } });
  });

  test("a lease that has lapsed by the server's clock is none, however the till's clock goes", async () => {
    till.replica.put("orders", readyOrder({ lease: leaseOf(DEVICE, { expiresAt: till.clock.now() }) }));
    till.server.goOffline();
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
    till.server.offsetMs = 60_000;
    expect(await handOver()).toMatchObject({ ok: true });
  });
});

describe("a manager's word without the lease", () => {
  beforeEach(() => {
    till.replica.put("orders", readyOrder({ lease: leaseOf(OTHER_TILL) }));
    till.server.goOffline();
  });

  test("hands out, and the journal says who gave it and why", async () => {
    expect(await handOver({ override: OVERRIDE })).toMatchObject({ ok: true });
    const { override } = till.journal.facts("order.handedOver")[0]!;
    expect(override).toEqual({ manager: JOHANNA.id, reason: "desk is closed" });
    expect(till.shop.views.session.current()).toMatchObject({ staff: { id: "mira" } });
  });

  test("with a wrong PIN is none, and guessing it is slowed down as at the sign-in", async () => {
    const guess = { ...OVERRIDE, pin: "000000" };
    for (let tries = 0; tries <= FREE_PIN_ATTEMPTS; tries += 1)
      expect(await handOver({ override: guess })).toEqual({ ok: false, reason: "wrongPin" });
    expect(await handOver({ override: OVERRIDE })).toEqual({ ok: false, reason: "tooManyTries" });
    const signIn = await till.verbs.signIn({ staff: JOHANNA.id, pin: PINS.johanna });
    expect(signIn).toMatchObject({ ok: false, reason: "throttled" });
  });

  test("of somebody who is no manager is none", async () => {
    const colleague = { ...OVERRIDE, manager: till.replica.staff()[1]!.id, pin: PINS.tarek };
    expect(await handOver({ override: colleague })).toEqual({ ok: false, reason: "notAManager" });
  });

  test("that was not needed is not noted", async () => {
    till.replica.put("orders", ORDER);
    expect(await handOver({ override: OVERRIDE })).toMatchObject({ ok: true });
    expect(till.journal.facts("order.handedOver")[0]?.override).toBeNull();
  });
});

test("a short order's missing pieces are not handed out", async () => {
  const { fulfilment } = storeOrder();
  const lines = fulfilment.lines.map((line, at) => ({ ...line, picked: 1, missing: at === 0 ? 1 : 0 }));
  till.replica.put("orders", readyOrder({ fulfilment: { lines } }));
  expect(await handOver()).toMatchObject({ ok: true, value: { order: { state: "collected", pieces: 2 } } });
  expect(till.journal.facts("order.handedOver")[0]?.lines.map(({ quantity }) => quantity)).toEqual([1, 1]);
});
