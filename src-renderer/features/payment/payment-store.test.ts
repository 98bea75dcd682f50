import { beforeEach, describe, expect, it } from "vitest";
import { ring } from "../../app/register.ts";
import { useNotice } from "../../app/till.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import {
  amountToTake,
  beginPayment,
  chooseMethod,
  deleteDigit,
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
    expect(usePayment.getState()).toEqual({ method: "cash", digits: "", approvalCode: "", route: null });
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
