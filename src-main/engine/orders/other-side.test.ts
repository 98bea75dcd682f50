import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { euros, MUG, price, product, TEE_M, variant } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

describe("a basket begun online", () => {
  const shared = (sku: string, of: string | null, quantity: number) => ({
    sku: idOf<"Sku">(sku),
    variant: of,
    name: sku,
    quantity,
    price: null,
  });

  beforeEach(() => {
    const lines = [shared("SKU-mug-v", MUG, 2), shared("SKU-moon", null, 1), shared("SKU-tee-m", null, 1)];
    till.server.baskets.set("WQ7K3MFD", {
      code: "WQ7K3MFD",
      from: "shop",
      lines,
      expiresAt: till.clock.now(),
    });
  });

  test("is finished at the till, by its QR, at this store's prices; what is not sold here is told", async () => {
    const answer = await till.verbs.fetchBasket({ code: "OTB:WQ7K3MFD" });
    expect(answer).toMatchObject({
      ok: true,
      value: { pieces: 3, due: euros(3_699), skipped: [{ sku: "SKU-moon", quantity: 1 }] },
    });
    expect(till.basket.lines.map(({ variant: of, quantity }) => [of, quantity])).toEqual([
      [MUG, 2],
      [TEE_M, 1],
    ]);
  });

  test("an article without a price here is told as well", async () => {
    till.replica.put(
      "products",
      product("mug", { variants: [variant("bare", { sku: idOf<"Sku">("SKU-moon") })] }),
    );
    till.replica.put(
      "prices",
      price(idOf<"Variant">("bare"), 100, { amount: { minor: 1, currency: idOf("CHF") } }),
    );
    const answer = await till.verbs.fetchBasket({ code: "WQ7K3MFD" });
    expect(answer).toMatchObject({ value: { skipped: [{ sku: "SKU-mug-v" }, { sku: "SKU-moon" }] } });
  });

  test.each([
    { why: "unknown code", code: "NOTHING1", reason: "noSuchBasket" },
    { why: "no connection", code: "WQ7K3MFD", reason: "offline" },
  ])("$why: $reason", async ({ code, reason }) => {
    if (reason === "offline") till.server.goOffline();
    expect(await till.verbs.fetchBasket({ code })).toEqual({ ok: false, reason });
  });

  test("does not mix with what lies in front already", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(await till.verbs.fetchBasket({ code: "WQ7K3MFD" })).toEqual({
      ok: false,
      reason: "basketNotEmpty",
    });
  });
});

describe("a basket begun here", () => {
  test("goes to the customer as a code, one line per article", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { id } = till.basket.lines[0]!;
    const discount = { kind: "amount", amount: euros(50), reason: "chipped" } as const;
    await till.verbs.discountLine({ line: id, discount });
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    expect(await till.verbs.sendBasket({})).toEqual({ ok: true, value: { code: "WQ7K3MFD", link: null } });
    expect(till.server.shared).toEqual([[{ sku: "SKU-mug-v", quantity: 3 }]]);
    expect(till.basket.pieces).toBe(3);
  });

  test("not while it is empty or nobody can be reached", async () => {
    expect(await till.verbs.sendBasket({})).toEqual({ ok: false, reason: "emptyBasket" });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    till.server.unreachable = true;
    expect(await till.verbs.sendBasket({})).toEqual({ ok: false, reason: "offline" });
  });
});
