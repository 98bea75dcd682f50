import { beforeEach, describe, expect, test } from "vitest";
import { COUPON_CODE_BYTES, couponCodeOf, couponSeriesOf } from "#domain/coupons/coupon-code.ts";
import { couponDocument, couponPageOf } from "#domain/coupons/coupon-id.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CouponDocument } from "#protocol/documents/balance.ts";
import { DEVICE, euros, JOHANNAS_WORD, MUG, settingsWith, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { namedCoupon } from "./coupon-at-till.ts";

const SERIES = couponSeriesOf(5);
const CODE = couponCodeOf(SERIES, new Uint8Array(COUPON_CODE_BYTES).fill(3));
const COUPON = namedCoupon(CODE)!;
const OTHER_TILL = idOf<"Device">("device-9");
const CODES = idOf<"Promotion">("codes");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
  promote({ id: CODES, when: { coupon: { kind: "codes" } } });
});

/** A tenth off mugs. */
function promote(changes: Partial<Promotion>): void {
  till.replica.put("promotions", {
    id: idOf<"Promotion">("summer"),
    name: "Summer",
    validFrom: instant(0),
    validUntil: null,
    priority: 0,
    when: { coupon: { kind: "word", word: "SUMMER10" } },
    rule: {
      kind: "fromValue",
      goods: { kind: "variants", variants: [MUG] },
      least: euros(1),
      off: { kind: "percent", ppm: 100_000 },
    },
    ...changes,
  });
}

/** What tills get of a series that HQ made. */
function listed(uses = 1, revoked = false): void {
  const id = idOf<"Balance">(couponDocument.series(SERIES));
  till.replica.put("balances", { id, kind: "couponSeries", promotion: CODES, uses, revoked });
  const page = idOf<"Balance">(couponDocument.page(SERIES, couponPageOf(COUPON.id)));
  if (!revoked) till.replica.put("balances", { id: page, kind: "coupons", coupons: [COUPON.id] });
}

function document(changes: Partial<CouponDocument> = {}): CouponDocument {
  return {
    id: idOf<"Balance">(couponDocument.coupon(COUPON.id)),
    kind: "coupon",
    promotion: CODES,
    uses: 1,
    used: 0,
    revoked: false,
    moves: [],
    ...changes,
  };
}

function atServer(changes: Partial<CouponDocument> | null): void {
  const balance = changes === null ? null : document(changes);
  till.server.balances.set(CODE, { balance, holder: null });
}

const apply = (code = CODE) => till.verbs.useCoupon({ code });
const ringUp = (quantity = 6) => till.verbs.addItem({ variant: MUG, quantity });

async function sell(): Promise<Ticket> {
  await till.verbs.takeCash({ tendered: euros(100_000) });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  const ticket = till.journal.facts("ticket.completed").at(-1)?.ticket;
  if (ticket === undefined) throw new Error("nothing was sold");
  return ticket;
}

describe("a word", () => {
  test("takes off what its promotion does, and is on the ticket", async () => {
    promote({});
    await ringUp();
    expect(till.basket.due).toEqual(euros(5_100));
    expect(await apply(" summer 10")).toMatchObject({ ok: true, value: { due: euros(4_590) } });
    expect(till.basket.coupons).toEqual([
      { code: "SUMMER10", promotion: "summer", name: "Summer", used: true },
    ]);
    expect((await sell()).coupons).toEqual([{ code: "SUMMER10", promotion: "summer" }]);
  });

  test("for which nothing fits is taken and said not to be used yet, and is no coupon of the ticket", async () => {
    promote({});
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    expect(await apply("SUMMER10")).toMatchObject({ ok: true, value: { coupons: [{ used: false }] } });
    expect(await sell()).not.toHaveProperty("coupons");
    await apply("SUMMER10");
    expect(await ringUp()).toMatchObject({ ok: true, value: { coupons: [{ used: true }] } });
  });

  test("is taken off the basket again, and stays with it over a restart", async () => {
    promote({});
    await ringUp();
    await apply("SUMMER10");
    await till.restart();
    await till.signIn();
    expect(till.basket.due).toEqual(euros(4_590));
    expect(await till.verbs.removeCoupon({ code: "SUMMER10" })).toMatchObject({
      ok: true,
      value: { due: euros(5_100), coupons: [] },
    });
  });

  test("that is none, has ended, is for elsewhere or comes too late is refused in a word", async () => {
    await ringUp();
    expect(await apply("SUMMER10")).toEqual({ ok: false, reason: "couponUnknown" });
    promote({ validUntil: instant(1) });
    expect(await apply("SUMMER10")).toEqual({ ok: false, reason: "couponExpired" });
    const coupon = { kind: "word", word: "SUMMER10" } as const;
    promote({ when: { coupon, channels: [idOf<"Channel">("web")] } });
    expect(await apply("SUMMER10")).toEqual({ ok: false, reason: "couponNotHere" });
    promote({});
    await till.verbs.takeCash({ tendered: euros(100) });
    expect(await apply("SUMMER10")).toEqual({ ok: false, reason: "paymentStarted" });
  });
});

describe("a code without a connection", () => {
  beforeEach(() => {
    listed();
    till.server.goOffline();
  });

  test("is found among those that HQ made, holds once at this till, and is there again where the basket was thrown away", async () => {
    await ringUp();
    expect(await apply(CODE.toLowerCase().replaceAll("-", " "))).toMatchObject({
      ok: true,
      value: { due: euros(4_590), coupons: [{ code: CODE, used: true }] },
    });
    await till.verbs.discardBasket({ basket: till.basket.id, approval: JOHANNAS_WORD });
    await ringUp();
    expect(await apply()).toMatchObject({ ok: true });
    expect((await sell()).coupons).toEqual([{ code: CODE, promotion: CODES }]);
    await ringUp();
    expect(await apply()).toEqual({ ok: false, reason: "couponUsed" });
  });

  test("what this till used is counted once when the server has told of it", async () => {
    listed(2);
    await ringUp();
    await apply();
    const ticket = await sell();
    till.replica.put("balances", document({ uses: 2, used: 1, moves: [`${ticket.id}:${CODE}`] }));
    await ringUp();
    expect(await apply()).toMatchObject({ ok: true });
    await sell();
    await ringUp();
    expect(await apply()).toEqual({ ok: false, reason: "couponUsed" });
  });

  test("lies in one basket at a time", async () => {
    await ringUp();
    await apply();
    await till.verbs.parkBasket({ label: "waits" });
    await ringUp();
    expect(await apply()).toEqual({ ok: false, reason: "couponInAnotherBasket" });
  });

  test("that was never made, mistyped, used elsewhere or revoked is refused", async () => {
    await ringUp();
    const never = couponCodeOf(SERIES, new Uint8Array(COUPON_CODE_BYTES).fill(9));
    expect(await apply(never)).toEqual({ ok: false, reason: "couponUnknown" });
    const mistyped = `${CODE.slice(0, -1)}${CODE.endsWith("A") ? "B" : "A"}`;
    expect(await apply(mistyped)).toEqual({ ok: false, reason: "couponMistyped" });
    till.replica.put("balances", document({ used: 1 }));
    expect(await apply()).toEqual({ ok: false, reason: "couponUsed" });
    listed(1, true);
    expect(await apply()).toEqual({ ok: false, reason: "couponRevoked" });
  });

  test("is not taken where HQ wants the server's word", async () => {
    const { offlinePolicy } = settingsWith({});
    till.replica.put("settings", settingsWith({ offlinePolicy: { ...offlinePolicy, couponCodes: false } }));
    await ringUp();
    expect(await apply()).toEqual({ ok: false, reason: "couponNeedsServer" });
  });
});

describe("a code with a connection", () => {
  test("is good by the server's word, which holds it for this till until the basket is gone", async () => {
    atServer({});
    await ringUp();
    expect(await apply()).toMatchObject({ ok: true, value: { due: euros(4_590) } });
    expect(till.server.holderOf(COUPON.id)).toBe(DEVICE);
    await till.verbs.discardBasket({ basket: till.basket.id, approval: JOHANNAS_WORD });
    await till.server.asked(2);
    expect(till.server.sent).toEqual(["ask", "release"]);
  });

  test("that was used online a moment ago is refused, whatever this till last heard", async () => {
    listed();
    atServer({ used: 1 });
    await ringUp();
    expect(await apply()).toEqual({ ok: false, reason: "couponUsed" });
  });

  test("that another till has in its basket is that till's; one that holds for many is everybody's", async () => {
    till.server.leaseTo(COUPON.id, OTHER_TILL);
    atServer({});
    await ringUp();
    expect(await apply()).toEqual({ ok: false, reason: "couponHeldByAnother" });
    listed(100);
    atServer({ uses: 100, used: 7 });
    expect(await apply()).toMatchObject({ ok: true });
  });

  test("is looked at again before the sale is written", async () => {
    atServer({});
    await ringUp();
    await apply();
    await till.verbs.takeCash({ tendered: euros(100_000) });
    atServer({ used: 1 });
    const { id } = till.basket;
    expect(await till.verbs.completeSale({ basket: id })).toEqual({ ok: false, reason: "couponUsed" });
    atServer({});
    expect(await till.verbs.completeSale({ basket: id })).toMatchObject({ ok: true });
  });
});
