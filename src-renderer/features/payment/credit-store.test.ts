import { beforeEach, describe, expect, it } from "vitest";
import { instant } from "#domain/ids.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { ring } from "../../app/register.ts";
import { useNotice } from "../../app/till.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { beginCredit, checkCredit, creditToTake, takeCredit, useCredit } from "./credit-store.ts";
import { beginPayment, chooseMethod, takeCash, typeAmount, usePayment } from "./payment-store.ts";

const CODE = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(5));

let till: FakeTill;
beforeEach(async () => {
  till = await signedIn();
  // 12.90 each.
  for (let count = 0; count < 6; count += 1) await ring(item("MUG"));
  beginPayment();
  chooseMethod("credit");
  beginCredit();
});

const said = () => useNotice.getState().notice?.text ?? "";
const found = () => {
  const credit = useCredit.getState().found;
  if (credit === null) throw new Error("no credit was found");
  return credit;
};

describe("paying with store credit", () => {
  it("what is there is shown, however the code was typed, and taken up to what remains", async () => {
    till.credits.give(CODE, euros(10_000));
    await checkCredit(CODE.toLowerCase().replaceAll("-", ""));
    expect(found()).toMatchObject({ code: CODE, balance: euros(10_000), most: euros(7_740) });
    expect(creditToTake(found())).toEqual(euros(7_740));
    await takeCredit();
    expect(shownBasket().remaining).toEqual(euros(0));
    expect(useCredit.getState()).toEqual({ typed: "", found: null });
    expect(usePayment.getState().method).toBe("cash");
  });

  it("a part of it can be taken, and the rest paid otherwise", async () => {
    till.credits.give(CODE, euros(10_000));
    await checkCredit(CODE);
    typeAmount("2000");
    await takeCredit();
    await takeCash(euros(5_740));
    expect(shownBasket().tenders.map(({ kind }) => kind)).toEqual(["credit", "cash"]);
    expect(shownBasket().remaining).toEqual(euros(0));
  });

  it("more than is left is refused, and the words say how much there is", async () => {
    till.credits.give(CODE, euros(1_000));
    await checkCredit(CODE);
    typeAmount("1001");
    await takeCredit();
    expect(said()).toContain("10.00");
    expect(shownBasket().tenders).toEqual([]);
    expect(found().code).toBe(CODE);
  });

  it("without a connection the words say how much is possible", async () => {
    till.showSync({ link: { state: "offline", since: instant(1_800_000_000_000) } });
    till.credits.give(CODE, euros(10_000));
    await checkCredit(CODE);
    expect(found()).toMatchObject({ askedServer: false, most: euros(5_000), boundBy: "offline" });
    typeAmount("6000");
    await takeCredit();
    expect(said()).toContain("50.00");
  });

  it("a mistyped, an unknown and an empty one are told apart, and what was found before is gone", async () => {
    till.credits.give(CODE, euros(1_000));
    await checkCredit(CODE);
    await checkCredit(`${CODE.slice(0, -1)}${CODE.endsWith("A") ? "B" : "A"}`);
    expect(said()).toContain("a character of it is wrong");
    expect(useCredit.getState().found).toBeNull();
    await checkCredit(creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(6)));
    expect(said()).toContain("not known here");
    await checkCredit(CODE);
    await takeCredit();
    await checkCredit(CODE);
    expect(said()).toContain("Nothing is left");
  });
});
