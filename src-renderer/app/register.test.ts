import { beforeEach, describe, expect, it } from "vitest";
import { euros, item, JOHANNA, PINS } from "../testing/fake-shop.ts";
import type { FakeTill } from "../testing/fake-till.ts";
import { shownBasket, signedIn } from "../testing/signed-in.ts";
import { inTurn } from "./in-turn.ts";
import { closeOverlay, useOverlay } from "./overlay.ts";
import {
  completeSale,
  exactCash,
  goToPayment,
  leavePayment,
  ring,
  scan,
  startNewSale,
  useRegister,
} from "./register.ts";
import { ask, client, useNotice, useTill } from "./till.ts";

const notice = () => useNotice.getState().notice?.text ?? null;
const settled = () => inTurn(async () => undefined);

describe("at the register", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
  });

  it("three articles and exact cash are one sale: four acts, no more", async () => {
    for (const sku of ["MUG", "OIL", "MUG"]) void ring(item(sku));
    await exactCash();
    expect(till.ticketsSold).toBe(1);
    const { done, paying } = useRegister.getState();
    expect(done?.due).toEqual(euros(1_290 + 899 + 1_290));
    expect(done?.change).toEqual(euros(0));
    expect(paying).toBe(false);
    expect(shownBasket().lines).toEqual([]);
  });

  it("a scan right after exact cash belongs to the next sale, however quick it comes", async () => {
    await scan("4006381333931");
    void exactCash();
    await scan("4006381333948");
    expect(till.ticketsSold).toBe(1);
    expect(shownBasket().lines.map((line) => line.name)).toEqual(["Olive Oil"]);
  });

  it("pressing exact cash twice sells once", async () => {
    await ring(item("MUG"));
    void exactCash();
    await exactCash();
    expect(till.ticketsSold).toBe(1);
    expect(notice()).toBeNull();
  });

  it("what is sold by weight asks for it, scanned or pressed, and costs what it weighs", async () => {
    for (const rings of [() => scan("4006381333986"), () => ring(item("CHEESE"))]) {
      closeOverlay();
      await rings();
      expect(useOverlay.getState().overlay).toMatchObject({ kind: "weigh", item: { sku: "CHEESE" } });
    }
    expect(shownBasket().lines).toEqual([]);
    expect(await ring(item("CHEESE"), { grams: 432 })).toBe(true);
    expect(shownBasket().lines).toMatchObject([{ unitPrice: euros(557), quantity: 1 }]);
  });

  it("what has no fixed price asks what it costs", async () => {
    await ring(item("HEM"));
    expect(useOverlay.getState().overlay).toMatchObject({ kind: "openPrice", item: { sku: "HEM" } });
    await ring(item("HEM"), { price: euros(1_500) });
    expect(shownBasket().lines).toMatchObject([{ name: "Alteration", unitPrice: euros(1_500) }]);
  });

  it("exact cash on an empty basket does nothing", async () => {
    await exactCash();
    expect(till.calls).not.toContain("takeCash");
  });

  it("the next article takes the place of the sale that was completed", async () => {
    await ring(item("MUG"));
    await exactCash();
    expect(useRegister.getState().done).not.toBeNull();
    await scan("4006381333948");
    expect(useRegister.getState().done).toBeNull();
  });

  it("while a basket that was fetched back is being completed the sale before it is not shown as done", async () => {
    await ring(item("MUG"));
    await exactCash();
    await ask("addItem", { variant: item("OIL").variant });
    const shown: unknown[] = [];
    const stop = useTill.subscribe(({ basket }) => {
      if (basket?.lines.length === 0) shown.push(useRegister.getState().done);
    });
    await exactCash();
    stop();
    expect(new Set(shown)).toEqual(new Set([null]));
    expect(useRegister.getState().done?.due).toEqual(euros(899));
  });

  it("a new sale can be begun without an article, too", async () => {
    await ring(item("MUG"));
    await exactCash();
    startNewSale();
    expect(useRegister.getState().done).toBeNull();
  });

  it("a code that nobody knows is refused in words and leaves the basket as it was", async () => {
    await scan("4006381333931");
    await scan("9999999999994");
    expect(notice()).toBe("The code 9999999999994 is not known here.");
    expect(shownBasket().pieces).toBe(1);
  });

  it("an article without a price says who can help", async () => {
    await ring(item("NEW"));
    expect(notice()).toContain("HQ sets it");
  });

  it("going back from the payment takes what was taken back first", async () => {
    await ring(item("MUG"));
    goToPayment();
    await ask("takeCash", { tendered: euros(500) });
    await leavePayment();
    expect(shownBasket().tenders).toEqual([]);
    expect(useRegister.getState().paying).toBe(false);
  });

  it("a part paid before counts: exact cash takes only the rest", async () => {
    await ring(item("MUG"));
    await ask("takeCard", { amount: euros(1_000), approvalCode: "A1" });
    await exactCash();
    expect(till.ticketsSold).toBe(1);
    expect(useRegister.getState().done?.change).toEqual(euros(0));
  });

  it("a basket with everything off is completed without any money", async () => {
    await ring(item("MUG"));
    const discount = { kind: "percent", ppm: 1_000_000, reason: "Goodwill" } as const;
    const approval = { manager: JOHANNA.id, pin: PINS[JOHANNA.id] ?? "" };
    await ask("discountBasket", { discount, approval });
    await exactCash();
    expect(till.ticketsSold).toBe(1);
    expect(till.calls).not.toContain("takeCash");
    expect(useRegister.getState().done).toMatchObject({ tookBack: false, due: euros(0) });
  });

  it("when the engine falls just as the sale is written down, it is asked again and sold once", async () => {
    await ring(item("MUG"));
    await ask("takeCash", { tendered: euros(2_000) });
    till.holdAnswers();
    const completing = completeSale();
    await Promise.resolve();
    await Promise.resolve();
    till.fall();
    client.connect(till.connect());
    await completing;
    expect(till.calls.filter((verb) => verb === "completeSale")).toHaveLength(2);
    expect(till.ticketsSold).toBe(1);
    expect(useRegister.getState().done?.change).toEqual(euros(710));
  });

  it("an act that fails does not hold up the next one", async () => {
    await inTurn(() => Promise.reject(new Error("no"))).catch(() => undefined);
    await ring(item("MUG"));
    await settled();
    expect(shownBasket().pieces).toBe(1);
  });
});
