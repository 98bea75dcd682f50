import { beforeEach, describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { cardAtOnce, hasTerminal } from "../../app/card.ts";
import { isAtTerminal, isPaid, ring, useRegister } from "../../app/register.ts";
import { ask, useNotice, useTill } from "../../app/till.ts";
import { euros, item } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { amountToTake, beginPayment, chooseMethod, payByTerminal, typeAmount } from "./payment-store.ts";

const terminalNow = () => useTill.getState().terminal?.now;
/** An answer comes after all that was shown before it. */
const arrived = () => ask("testTerminal", {});
const JOHANNA = { manager: idOf<"Staff">("johanna"), pin: "999999" };

describe("paying at the till's own card terminal", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    till.terminal.setUp();
    await ring(item("MUG"));
    beginPayment();
  });

  it("one tap sends all of it, and opens payment on what the terminal does", async () => {
    expect(hasTerminal()).toBe(true);
    await cardAtOnce();
    expect(terminalNow()).toMatchObject({ state: "asking", amount: euros(1_290), act: "pay" });
    expect(useRegister.getState().paying).toBe(true);
    till.terminal.approve();
    await arrived();
    expect(isPaid(shownBasket())).toBe(true);
    expect(shownBasket().tenders).toMatchObject([
      { kind: "card", terminal: { brand: "Visa", lastFour: "0042" } },
    ]);
  });

  it("a part by card, the rest open: the next entry begins anew", async () => {
    chooseMethod("card");
    typeAmount("500");
    await payByTerminal(shownBasket(), amountToTake(shownBasket()));
    till.terminal.approve();
    await arrived();
    expect(amountToTake(shownBasket())).toEqual(euros(790));
  });

  it("a card that has less than was asked for leaves the rest open", async () => {
    await cardAtOnce();
    till.terminal.approve(1_000);
    await arrived();
    expect(shownBasket().remaining).toEqual(euros(290));
    expect(terminalNow()).toMatchObject({
      state: "idle",
      last: { outcome: "approved", approved: euros(1_000) },
    });
  });

  it("a declined card is said, and any other way to pay is open again", async () => {
    await cardAtOnce();
    till.terminal.decline();
    await arrived();
    expect(terminalNow()).toMatchObject({ last: { outcome: "notDone", reason: "declined" } });
    expect(shownBasket().remaining).toEqual(euros(1_290));
    await ask("takeCash", { tendered: euros(1_290) });
    expect(isPaid(shownBasket())).toBe(true);
  });

  it("while the terminal waits the basket stays at payment, and what is tried with it is refused in words", async () => {
    await cardAtOnce();
    expect(isAtTerminal(shownBasket(), useTill.getState().terminal)).toBe(true);
    await ask("takeCash", { tendered: euros(1_290) });
    expect(useNotice.getState().notice?.text).toContain("terminal has not answered");
  });

  it("where nobody knows, a manager's word settles it", async () => {
    await cardAtOnce();
    till.terminal.fallSilent();
    await arrived();
    expect(terminalNow()).toMatchObject({ state: "unknown", amount: euros(1_290) });
    await ask("settleTerminal", {
      happened: true,
      approvalCode: "A1",
      reason: "slip",
      approval: JOHANNA,
    });
    expect(shownBasket().tenders).toMatchObject([{ kind: "card", approvalCode: "A1" }]);
  });
});
