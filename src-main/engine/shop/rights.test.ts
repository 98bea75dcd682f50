import { beforeEach, describe, expect, test } from "vitest";
import type { LineId } from "#domain/ids.ts";
import { badgeCodeOf, badgeVerifierOf } from "#domain/staff/badge.ts";
import { type Role, USUAL_ROLES } from "#domain/staff/role.ts";
import { sha256Hex } from "../journal/journal.ts";
import {
  euros,
  JOHANNA,
  JOHANNAS_WORD,
  MUG,
  price,
  product,
  settingsWith,
  TAREK,
  TEE_S,
} from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ROLES: readonly Role[] = USUAL_ROLES.map((role) =>
  role.id === "manager"
    ? { ...role, limits: { ...role.limits, priceOverridePpm: 500_000 } }
    : { ...role, limits: { ...role.limits, discountPpm: 100_000 } },
);
const BADGE = badgeCodeOf(new Uint8Array(12).fill(7));
const percent = (ppm: number) => ({ kind: "percent", ppm, reason: "Goodwill" }) as const;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("settings", settingsWith({ roles: [...ROLES] }));
  till.replica.put("staff", { ...JOHANNA, badge: badgeVerifierOf(BADGE, sha256Hex) });
  await till.signIn("mira");
  await till.verbs.addItem({ variant: MUG, quantity: 3 });
});

function mug(): LineId {
  const line = till.basket.lines.find(({ variant }) => variant === MUG);
  if (line === undefined) throw new Error("no mug was rung up");
  return line.id;
}
function facts(type: string): unknown[] {
  return till.journal.entries.map(({ fact }) => fact).filter((fact) => fact.type === type);
}

describe("discounts", () => {
  test("up to the limit of the role are given without asking, and nobody is named", async () => {
    expect(await till.verbs.discountLine({ line: mug(), discount: percent(100_000) })).toMatchObject({
      ok: true,
    });
    expect(facts("action.approved")).toEqual([]);
  });

  test("above the limit take a manager's PIN in place; who allowed what is in the journal, and nobody is signed out", async () => {
    const discount = percent(300_000);
    expect(await till.verbs.discountLine({ line: mug(), discount })).toEqual({
      ok: false,
      reason: "approvalNeeded",
    });
    expect(till.basket.lines[0]?.discount).toBeNull();
    const answer = await till.verbs.discountLine({ line: mug(), discount, approval: JOHANNAS_WORD });
    expect(answer).toMatchObject({ ok: true, value: { lines: [{ discount }] } });
    expect(facts("action.approved")).toEqual([
      {
        type: "action.approved",
        permission: "discount.line",
        approvedBy: "johanna",
        what: "Emaille-Becher: 30 %",
      },
    ]);
    expect(till.shop.views.session.current()).toMatchObject({ staff: { id: "mira" } });
  });

  test("are allowed by a badge as by a PIN", async () => {
    const allowed = await till.verbs.discountBasket({
      discount: percent(500_000),
      approval: { badge: BADGE },
    });
    expect(allowed).toMatchObject({ ok: true });
    expect(facts("action.approved")).toMatchObject([
      { permission: "discount.basket", approvedBy: "johanna" },
    ]);
  });

  test("are not allowed by a wrong PIN, nor by a colleague who may not either", async () => {
    const give = (approval: { manager: typeof JOHANNA.id; pin: string }) =>
      till.verbs.discountBasket({ discount: percent(500_000), approval });
    expect(await give({ manager: JOHANNA.id, pin: "000000" })).toMatchObject({ reason: "wrongPin" });
    expect(await give({ manager: TAREK.id, pin: "222222" })).toMatchObject({ reason: "notAManager" });
    expect(till.basket.discount).toBeNull();
    expect(facts("action.approved")).toEqual([]);
  });

  test("an amount off the basket is asked for again when goods are taken out below it", async () => {
    await till.verbs.addItem({ variant: TEE_S, quantity: 5 });
    const amount = { kind: "amount", amount: euros(1_000), reason: "Goodwill" } as const;
    expect(await till.verbs.discountBasket({ discount: amount })).toMatchObject({ ok: true });
    const tee = till.basket.lines[1]?.id ?? mug();
    expect(await till.verbs.removeLine({ line: tee })).toMatchObject({ reason: "approvalNeeded" });
    expect(await till.verbs.removeLine({ line: tee, approval: JOHANNAS_WORD })).toMatchObject({ ok: true });
  });
});

describe("a manager's word", () => {
  const half = percent(500_000);
  const tee = { variant: TEE_S, quantity: 5 };

  test("for a discount is asked for again with more pieces of the article", async () => {
    const line = mug();
    await till.verbs.discountLine({ line, discount: half, approval: JOHANNAS_WORD });
    expect(await till.verbs.changeQuantity({ line, quantity: 9 })).toMatchObject({
      reason: "approvalNeeded",
    });
    expect(await till.verbs.changeQuantity({ line, quantity: 2 })).toMatchObject({ ok: true });
    expect(await till.verbs.changeQuantity({ line, quantity: 9, approval: JOHANNAS_WORD })).toMatchObject({
      ok: true,
    });
  });

  test("for a discount over the basket is asked for again when more is rung up, and is in the journal then", async () => {
    await till.verbs.discountBasket({ discount: half, approval: JOHANNAS_WORD });
    expect(await till.verbs.addItem(tee)).toMatchObject({ reason: "approvalNeeded" });
    expect(till.basket.lines).toHaveLength(1);
    expect(await till.verbs.addItem({ ...tee, approval: JOHANNAS_WORD })).toMatchObject({ ok: true });
    expect(facts("action.approved")).toHaveLength(2);
  });

  test("for a discount over the basket does not reach goods that were taken out before it was given", async () => {
    await till.verbs.addItem(tee);
    const line = till.basket.lines[1]?.id ?? mug();
    await till.verbs.removeLine({ line });
    await till.verbs.discountBasket({ discount: half, approval: JOHANNAS_WORD });
    expect(await till.verbs.undoRemove({})).toMatchObject({ reason: "approvalNeeded" });
    expect(await till.verbs.undoRemove({ approval: JOHANNAS_WORD })).toMatchObject({ ok: true });
  });

  test("is not needed to bring back by undo what it allowed before", async () => {
    await till.verbs.discountBasket({ discount: half, approval: JOHANNAS_WORD });
    await till.verbs.removeLine({ line: mug() });
    expect(await till.verbs.undoRemove({})).toMatchObject({ ok: true, value: { discount: half } });
  });
});

test("an amount off a line is asked for again where more pieces make each of them cheaper", async () => {
  till.replica.put("prices", price(TEE_S, 1_999, { tiers: [{ from: 5, amount: euros(1_500) }] }));
  await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
  const line = till.basket.lines[1]?.id ?? mug();
  const discount = { kind: "amount", amount: euros(199), reason: "Goodwill" } as const;
  expect(await till.verbs.discountLine({ line, discount })).toMatchObject({ ok: true });
  const more = { variant: TEE_S, quantity: 4 };
  expect(await till.verbs.addItem(more)).toMatchObject({ reason: "approvalNeeded" });
  expect(await till.verbs.addItem({ ...more, approval: JOHANNAS_WORD })).toMatchObject({ ok: true });
});

test("a discount off the line and one off the basket are no way round the limit together", async () => {
  const tenth = percent(100_000);
  expect(await till.verbs.discountLine({ line: mug(), discount: tenth })).toMatchObject({ ok: true });
  expect(await till.verbs.discountBasket({ discount: tenth })).toMatchObject({ reason: "approvalNeeded" });
});

describe("taking goods out", () => {
  test("is in the journal, line by line, also where it is only some of the pieces", async () => {
    await till.verbs.changeQuantity({ line: mug(), quantity: 2 });
    await till.verbs.removeLine({ line: mug() });
    const voided = { type: "basket.voided", whole: false, approvedBy: null };
    expect(facts("basket.voided")).toEqual([
      { ...voided, lines: [{ name: "Emaille-Becher", quantity: 1, total: euros(850) }] },
      { ...voided, lines: [{ name: "Emaille-Becher", quantity: 2, total: euros(1_700) }] },
    ]);
  });

  test("giving up a whole basket takes a manager, whose name stays in the journal", async () => {
    const basket = till.basket.id;
    expect(await till.verbs.discardBasket({ basket })).toMatchObject({ reason: "approvalNeeded" });
    await till.verbs.discardBasket({ basket, approval: JOHANNAS_WORD });
    expect(till.basket.lines).toEqual([]);
    expect(facts("basket.voided")).toEqual([
      {
        type: "basket.voided",
        whole: true,
        approvedBy: "johanna",
        lines: [{ name: "Emaille-Becher", quantity: 3, total: euros(2_550) }],
      },
    ]);
  });

  test("when the journal cannot be written, nothing is taken out", async () => {
    till.journal.fail(new Error("the disk is full"));
    expect(await till.verbs.removeLine({ line: mug() })).toMatchObject({ reason: "storage" });
    expect(till.basket.pieces).toBe(3);
  });
});

describe("another price than the list's", () => {
  const reason = "Scratched";

  test("takes a manager, and the line says what it would have cost and why", async () => {
    const asked = { line: mug(), price: euros(700), reason };
    expect(await till.verbs.overridePrice(asked)).toMatchObject({ reason: "approvalNeeded" });
    expect(await till.verbs.overridePrice({ ...asked, approval: JOHANNAS_WORD })).toMatchObject({
      value: {
        lines: [{ unitPrice: euros(700), override: { listPrice: euros(850), reason }, total: euros(2_100) }],
      },
    });
    expect(facts("action.approved")).toMatchObject([{ permission: "price.override" }]);
  });

  test("of an article with the longest of names is written down like any other", async () => {
    const title = "Emaille-Becher ".repeat(34).slice(0, 498);
    till.replica.put("products", product("mug", { title }));
    await till.verbs.discardBasket({ basket: till.basket.id, approval: JOHANNAS_WORD });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const asked = { line: mug(), price: euros(700), reason, approval: JOHANNAS_WORD };
    expect(await till.verbs.overridePrice(asked)).toMatchObject({ ok: true });
    expect(facts("action.approved").at(-1)).toMatchObject({ what: expect.stringMatching(/: 17\.6471 %$/) });
  });

  test("is refused without a reason, at nothing, and so far below that the manager may not either", async () => {
    const ask = (price: number, why: string) =>
      till.verbs.overridePrice({ line: mug(), price: euros(price), reason: why, approval: JOHANNAS_WORD });
    expect(await ask(700, "")).toMatchObject({ reason: "reasonMissing" });
    expect(await ask(0, reason)).toMatchObject({ reason: "priceNotPositive" });
    expect(await ask(400, reason)).toMatchObject({ reason: "notAManager" });
  });

  test("can be taken back: the list's price holds again", async () => {
    const line = mug();
    await till.verbs.overridePrice({ line, price: euros(700), reason, approval: JOHANNAS_WORD });
    await till.verbs.overridePrice({ line, price: null, reason: "" });
    expect(till.basket.lines[0]).toMatchObject({ unitPrice: euros(850) });
    expect(till.basket.lines[0]).not.toHaveProperty("override");
  });

  test("is on the ticket with what the list said", async () => {
    await till.verbs.overridePrice({ line: mug(), price: euros(700), reason, approval: JOHANNAS_WORD });
    const { id, remainingInCash } = till.basket;
    await till.verbs.takeCash({ tendered: remainingInCash });
    await till.verbs.completeSale({ basket: id });
    expect(facts("ticket.completed")).toMatchObject([
      { ticket: { lines: [{ override: { listPrice: euros(850), reason }, gross: euros(2_100) }] } },
    ]);
  });
});

describe("who sold it", () => {
  test("is chosen for a line, and is on the ticket; one more of it goes onto a line of its own", async () => {
    await till.verbs.attributeSale({ line: mug(), soldBy: TAREK.id });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.lines.map(({ soldBy, quantity }) => [soldBy, quantity])).toEqual([
      ["tarek", 3],
      [undefined, 1],
    ]);
    const { id, remainingInCash } = till.basket;
    await till.verbs.takeCash({ tendered: remainingInCash });
    await till.verbs.completeSale({ basket: id });
    expect(facts("ticket.completed")).toMatchObject([{ ticket: { lines: [{ soldBy: "tarek" }, {}] } }]);
  });

  test("is chosen for all of a basket, and taken back", async () => {
    await till.verbs.attributeSale({ line: null, soldBy: TAREK.id });
    expect(till.basket.lines[0]?.soldBy).toBe("tarek");
    await till.verbs.attributeSale({ line: null, soldBy: null });
    expect(till.basket.lines[0]).not.toHaveProperty("soldBy");
  });

  test("is nobody who does not work here", async () => {
    till.replica.put("staff", { ...TAREK, active: false });
    expect(await till.verbs.attributeSale({ line: mug(), soldBy: TAREK.id })).toMatchObject({
      reason: "unknownStaff",
    });
  });
});

test("what somebody is to answer for is in the journal with who that was, each of it, also where nobody had to be asked", async () => {
  const asked = ["receipt 3", "receipt 4"];
  expect(await till.shop.mayAnswerFor(null, asked)).toEqual({ ok: false, reason: "approvalNeeded" });
  expect(facts("action.approved")).toEqual([]);
  expect(await till.shop.mayAnswerFor(JOHANNAS_WORD, asked.slice(1))).toMatchObject({ ok: true });
  await till.verbs.signOut({});
  await till.signIn("johanna");
  expect(await till.shop.mayAnswerFor(null, asked)).toMatchObject({ ok: true });
  expect(facts("action.approved")).toMatchObject(
    ["receipt 4", ...asked].map((what) => ({ permission: "devices.setUp", approvedBy: "johanna", what })),
  );
});
