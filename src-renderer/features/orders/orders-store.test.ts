import { beforeEach, describe, expect, it } from "vitest";
import { client, useNotice, useTill } from "../../app/till.ts";
import { PICKUP_CODE } from "../../testing/fake-order-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { actOnCard, decline, restock, takeOver } from "./act.ts";
import {
  closeOrder,
  currentCard,
  openFirstFound,
  openOrder,
  resetOrders,
  scanForOrder,
  searchOrders,
  stepBack,
  useOrders,
} from "./orders-store.ts";

const notice = () => useNotice.getState().notice?.text ?? null;
const shown = () => useTill.getState().orders?.orders ?? [];
const order = (number: string) => {
  const found = shown().find((each) => each.number === number);
  if (found === undefined) throw new Error(`${number} is not shown`);
  return found;
};
const opened = () => useOrders.getState().opened;

describe("finding an order", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    resetOrders();
  });

  it("by number, name or the digits of a phone", async () => {
    for (const text of ["1042", "kowalska", "555 0142"]) {
      await searchOrders(text);
      expect(useOrders.getState().found?.map((each) => each.number)).toEqual(["FEN-1042"]);
    }
    await openFirstFound();
    expect(opened()?.card.number).toBe("FEN-1042");
  });

  it("a code that was typed to find the order counts as shown, a name of six letters does not", async () => {
    till.orders.arrive({ number: "FEN-9", name: "Eva Wagner", state: "ready", goods: { MUG: 1 } });
    await searchOrders("k7m 4pq");
    await openFirstFound();
    expect(opened()?.code).toBe(PICKUP_CODE);
    await searchOrders("wagner");
    await openFirstFound();
    expect(opened()).toMatchObject({ card: { number: "FEN-9" }, code: "" });
  });

  it("Enter right after the last letter opens what is written, not what was found before", async () => {
    till.orders.arrive({ number: "FEN-9", name: "Eva Wagner", state: "ready", goods: { MUG: 1 } });
    await searchOrders("kowalska");
    void searchOrders("wagner");
    await openFirstFound();
    expect(opened()?.card.number).toBe("FEN-9");
  });

  it("Enter opens nothing of an earlier search while the engine is away", async () => {
    await searchOrders("kowalska");
    till.holdAnswers();
    const entered = [searchOrders("wagner"), openFirstFound()];
    till.fall();
    await Promise.all(entered);
    expect(opened()).toBeNull();
  });

  it("an order that is tapped while Enter looks for another stays in front, and one that was closed closed", async () => {
    till.orders.arrive({ number: "FEN-9", name: "Eva Wagner", state: "ready", goods: { MUG: 1 } });
    await searchOrders("wagner");
    const late = openFirstFound();
    openOrder(order("FEN-1042"));
    await late;
    expect(opened()?.card.number).toBe("FEN-1042");
    const later = openFirstFound();
    openOrder(order("FEN-1042"));
    closeOrder();
    await later;
    expect(opened()).toBeNull();
  });

  it("an emptied search shows the queue again", async () => {
    await searchOrders("kowalska");
    await searchOrders("");
    expect(useOrders.getState()).toMatchObject({ text: "", found: null });
  });

  it("the customer's QR opens the order, and its code counts as shown", async () => {
    await scanForOrder(`OTP:FEN-1042:${PICKUP_CODE}`);
    expect(opened()).toMatchObject({ card: { number: "FEN-1042" }, code: PICKUP_CODE });
  });

  it("a scanned code that no order has is said in words", async () => {
    await scanForOrder("4006381333931");
    expect(notice()).toBe("No order of this store has the code 4006381333931.");
    expect(opened()).toBeNull();
  });

  it("one step back leaves the order, then the search, then the orders", async () => {
    await searchOrders("kowalska");
    await openFirstFound();
    expect([stepBack(), opened(), useOrders.getState().found?.length]).toEqual([true, null, 1]);
    expect([stepBack(), useOrders.getState().found]).toEqual([true, null]);
    expect(stepBack()).toBe(false);
  });
});

describe("acting on an order", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    resetOrders();
  });

  it("start picking claims it: the order in front is the one after the act", async () => {
    openOrder(order("FEN-1048"));
    await actOnCard("startPicking", order("FEN-1048"));
    const now = opened();
    expect(now === null ? null : currentCard(now, shown())).toMatchObject({
      state: "picking",
      claimedBy: { isMine: true },
    });
  });

  it("an order in a colleague's hands can be taken over", async () => {
    expect(order("FEN-1044").claimedBy).toMatchObject({ isMine: false });
    await takeOver(order("FEN-1044"));
    expect(order("FEN-1044")).toMatchObject({ state: "picking", claimedBy: { isMine: true } });
  });

  it("an act that came too late is refused in words and changes nothing", async () => {
    expect(await actOnCard("startPicking", order("FEN-1042"))).toBeNull();
    expect(notice()).toContain("somebody else was quicker");
    expect(order("FEN-1042").state).toBe("ready");
  });

  it("a declined order says that it goes to another store", async () => {
    expect(await decline(order("FEN-1047"), "Not in stock")).toBe(true);
    expect(notice()).toBe("FEN-1047 goes to another store.");
    expect(order("FEN-1047").trace.at(-1)).toMatchObject({ act: "declined", reason: "Not in stock" });
  });

  it("one press puts the goods of a cancelled order back on sale", async () => {
    await restock(order("FEN-1038"));
    expect(order("FEN-1038").toRestock).toBe(false);
    expect(notice()).toBe("FEN-1038 is back on sale.");
  });

  it("offline it is done all the same, and marked as not sent yet", async () => {
    till.showSync({ link: { state: "neverOnline" } });
    await actOnCard("acceptOrder", order("FEN-1047"));
    expect(order("FEN-1047")).toMatchObject({ state: "accepted", unsent: true });
  });

  it("a new order is shown, and counted as arrived", async () => {
    const before = useTill.getState().orders?.arrived ?? 0;
    till.orders.arrive({ number: "FEN-2000", name: "Nadia", goods: { MUG: 1 } });
    await client.call("findOrders", { text: "" });
    expect(useTill.getState().orders?.arrived).toBe(before + 1);
    expect(order("FEN-2000").state).toBe("allocated");
  });
});
