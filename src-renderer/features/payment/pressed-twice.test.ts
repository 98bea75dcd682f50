import { beforeEach, describe, expect, it } from "vitest";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { ring } from "../../app/register.ts";
import { ask, useNotice, useTill } from "../../app/till.ts";
import { ANNA } from "../../testing/fake-customers.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { beginCredit, checkCredit, takeCredit } from "./credit-store.ts";
import {
  amountToTake,
  beginPayment,
  chooseMethod,
  chooseRoute,
  chosenRoute,
  giveBack,
  payByTerminal,
  takeCard,
  takeCash,
  typeAmount,
  typeApprovalCode,
} from "./payment-store.ts";
import { beginPoints, takePoints, typePoints } from "./points-store.ts";

const refused = () => useNotice.getState().notice;

/** The second press comes before the engine has answered the first. */
const twice = (press: () => Promise<void>) => Promise.all([press(), press()]);

describe("a button of payment that is pressed twice takes once", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    await ring(item("MUG"));
    beginPayment();
  });

  it("cash", async () => {
    typeAmount("500");
    await twice(() => takeCash(amountToTake(shownBasket())));
    expect(shownBasket().tenders).toMatchObject([{ kind: "cash", tendered: euros(500) }]);
    expect(refused()).toBeNull();
  });

  it("a card at the terminal beside the till, with the code that was typed as it was pressed", async () => {
    chooseMethod("card");
    typeAmount("500");
    typeApprovalCode("A1B2C3");
    const presses = twice(() => takeCard(amountToTake(shownBasket())));
    typeApprovalCode("another");
    await presses;
    expect(shownBasket().tenders).toMatchObject([{ kind: "card", approvalCode: "A1B2C3" }]);
    expect(refused()).toBeNull();
  });

  it("a card at the till's own terminal", async () => {
    till.terminal.setUp();
    await ask("testTerminal", {});
    chooseMethod("card");
    typeAmount("500");
    await twice(() => payByTerminal(shownBasket(), amountToTake(shownBasket())));
    expect(useTill.getState().terminal?.now).toMatchObject({ state: "asking", amount: euros(500) });
    expect(refused()).toBeNull();
  });

  it("store credit and gift card, of what was entered as it was pressed", async () => {
    const code = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(5));
    till.credits.give(code, euros(10_000));
    chooseMethod("credit");
    beginCredit();
    await checkCredit(code);
    typeAmount("5");
    const presses = twice(takeCredit);
    typeAmount("00");
    await presses;
    expect(shownBasket().tenders).toMatchObject([{ kind: "credit", amount: euros(5) }]);
    expect(refused()).toBeNull();
  });

  it("points, of what was entered as it was pressed", async () => {
    till.points.give(ANNA.id, 2_550);
    await ask("setCustomer", { customer: ANNA.id });
    await beginPoints();
    typePoints("100");
    const presses = twice(takePoints);
    typePoints("0");
    await presses;
    expect(shownBasket().tenders).toMatchObject([{ kind: "points", points: 100 }]);
    expect(refused()).toBeNull();
  });

  it("two equal parts, one after the other, are two", async () => {
    await takeCash(euros(500));
    await takeCash(euros(500));
    expect(shownBasket().remaining).toEqual(euros(290));
  });

  it("two notes that are not alike, in one go, are two", async () => {
    await Promise.all([takeCash(euros(500)), takeCash(euros(200))]);
    expect(shownBasket().remaining).toEqual(euros(590));
  });
});

it("money that goes back, pressed twice, goes back once, as it was entered as it was pressed", async () => {
  await signedIn();
  const opened = await ask("openReturn", { code: "BER1-03-000123" });
  const purchase = opened?.ok === true ? opened.value.returning?.purchases[0] : undefined;
  if (purchase === undefined) throw new Error("no such purchase");
  await ask("chooseReturn", {
    purchase: purchase.ref,
    position: 0,
    quantity: purchase.lines[0]?.left ?? 1,
    reason: "changedMind",
    condition: "asNew",
    disposition: "stock",
  });
  beginPayment();
  const cash = shownBasket().returning?.routes.find(({ kind }) => kind === "cash");
  if (cash === undefined) throw new Error("nothing goes back in cash");
  chooseRoute(cash);
  typeAmount("5");
  const presses = twice(() => giveBack(chosenRoute(shownBasket()) ?? cash));
  typeAmount("00");
  await presses;
  expect(shownBasket().tenders).toMatchObject([{ kind: "refund", amount: euros(5) }]);
  expect(refused()).toBeNull();
});
