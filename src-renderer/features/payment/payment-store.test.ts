import { beforeEach, describe, expect, it } from "vitest";
import type { RefundRouteView } from "#protocol/till/returns.ts";
import { ring } from "../../app/register.ts";
import { ask, useNotice } from "../../app/till.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import {
  amountToGiveBack,
  amountToTake,
  beginPayment,
  chooseMethod,
  chooseRoute,
  chosenRoute,
  deleteDigit,
  giveBack,
  takeCard,
  takeCash,
  typeAmount,
  typeApprovalCode,
  usePayment,
} from "./payment-store.ts";

describe("taking the money", () => {
  beforeEach(async () => {
    await signedIn();
    await ring(item("MUG"));
    beginPayment();
  });

  it("without anything typed, all that is left is taken", () => {
    expect(amountToTake(shownBasket())).toEqual(euros(1_290));
  });

  it("digits are typed as on a cash register, from the right", () => {
    for (const key of ["2", "0", "00"]) typeAmount(key);
    expect(amountToTake(shownBasket())).toEqual(euros(2_000));
    deleteDigit();
    expect(amountToTake(shownBasket())).toEqual(euros(200));
  });

  it("what is no digit and what no till can hold is let go", () => {
    for (const key of ["0", "x", "-", "5"]) typeAmount(key);
    expect(amountToTake(shownBasket())).toEqual(euros(5));
    typeAmount("99999999999999");
    expect(usePayment.getState().digits).toHaveLength(9);
  });

  it("more cash than is due gives change", async () => {
    await takeCash(euros(2_000));
    expect(shownBasket().change).toEqual(euros(710));
  });

  it("part by card, the rest in cash: the entry begins anew after each", async () => {
    chooseMethod("card");
    typeAmount("1000");
    typeApprovalCode(" A1B2C3 ");
    await takeCard(amountToTake(shownBasket()));
    expect(usePayment.getState()).toEqual({
      method: "cash",
      digits: "",
      approvalCode: "",
      route: null,
      onto: null,
    });
    expect(amountToTake(shownBasket())).toEqual(euros(290));
    await takeCash(amountToTake(shownBasket()));
    expect(shownBasket().tenders.map((tender) => tender.kind)).toEqual(["card", "cash"]);
    expect(shownBasket().remaining).toEqual(euros(0));
  });

  it("a card without its approval code is refused in words, and what was typed stays", async () => {
    chooseMethod("card");
    typeAmount("500");
    await takeCard(amountToTake(shownBasket()));
    expect(useNotice.getState().notice?.text).toContain("approval code");
    expect(usePayment.getState().digits).toBe("500");
    expect(shownBasket().tenders).toEqual([]);
  });
});

describe("giving money back", () => {
  const refunds = () =>
    shownBasket().tenders.map((tender) => (tender.kind === "refund" ? [tender.to.kind, tender.amount] : []));
  const route = () => {
    const chosen = chosenRoute(shownBasket());
    if (chosen === null) throw new Error("there is no way to give back");
    return chosen;
  };
  function choose(kind: RefundRouteView["kind"]): void {
    const found = shownBasket().returning?.routes.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`nothing goes to ${kind}`);
    chooseRoute(found);
  }

  async function takeBack(code: string): Promise<void> {
    await signedIn();
    const opened = await ask("openReturn", { code });
    const purchase = opened?.ok === true ? opened.value.returning?.purchases[0] : undefined;
    if (purchase === undefined) throw new Error("no such purchase");
    const [line] = purchase.lines;
    await ask("chooseReturn", {
      purchase: purchase.ref,
      position: 0,
      quantity: line?.left ?? 1,
      reason: "changedMind",
      condition: "asNew",
      disposition: "stock",
    });
    beginPayment();
  }

  it("without anything typed, all of it goes the way that is offered first: as it was paid", async () => {
    await takeBack("HAM1-01-000455");
    expect(route()).toMatchObject({ kind: "card", paidBy: "7F3A91" });
    expect(amountToGiveBack(route())).toEqual(euros(4 * 1_290));
  });

  it("a part as store credit, the rest in cash: each way takes its amount, and the rest is preset", async () => {
    await takeBack("BER1-03-000123");
    choose("credit");
    typeAmount("1000");
    await giveBack(route());
    choose("cash");
    expect(amountToGiveBack(route())).toEqual(euros(2_580 - 1_000));
    await giveBack(route());
    expect(refunds()).toEqual([
      ["credit", euros(1_000)],
      ["cash", euros(1_580)],
    ]);
    expect(shownBasket().giveBack).toEqual(euros(0));
  });

  it("onto the card only with the code that its terminal shows, and what was typed stays", async () => {
    await takeBack("HAM1-01-000455");
    await giveBack(route());
    expect(useNotice.getState().notice?.text).toContain("approval code");
    typeApprovalCode("R9");
    await giveBack(route());
    expect(refunds()).toEqual([["card", euros(4 * 1_290)]]);
  });

  it("never more than a way takes", async () => {
    await takeBack("BER1-03-000123");
    choose("cash");
    typeAmount("999999");
    await giveBack(route());
    expect(useNotice.getState().notice?.text).toContain("Not that much");
    expect(refunds()).toEqual([]);
  });
});
