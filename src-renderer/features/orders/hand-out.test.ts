import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { PICKUP_CODE_ALPHABET, PICKUP_CODE_CHARS } from "#domain/orders/pickup-code.ts";
import { usePlace } from "../../app/place.ts";
import { exactCash, ring, useRegister } from "../../app/register.ts";
import { ask, client, useNotice, useTill } from "../../app/till.ts";
import { PICKUP_CODE } from "../../testing/fake-order-shop.ts";
import { RECEIPT_CODE } from "../../testing/fake-purchases.ts";
import { euros, item, JOHANNA, PINS } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { beginHandOut, handOut, leaveSigning, setPieces, sign, typeCode, useHandOut } from "./hand-out.ts";
import { openOrder, resetOrders, useOrders } from "./orders-store.ts";

const TO_PAY = "FEN-1042";
const PAID = "FEN-1041";
const HELD_BY_OTHER = "FEN-1040";

const notice = () => useNotice.getState().notice?.text ?? null;
const order = (number: string) => {
  const found = useTill.getState().orders?.orders.find((each) => each.number === number);
  if (found === undefined) throw new Error(`${number} is not shown`);
  return found;
};
function begin(number: string, code = PICKUP_CODE): void {
  openOrder(order(number));
  beginHandOut(order(number), code);
}

describe("handing out", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    resetOrders();
    usePlace.setState({ screen: "orders" });
  });

  it("a paid order with the right code is handed out and the queue is back in front", async () => {
    begin(PAID);
    await handOut(order(PAID));
    expect(order(PAID).state).toBe("collected");
    expect(notice()).toBe("FEN-1041 is handed out.");
    expect(useOrders.getState().opened).toBeNull();
  });

  it("a wrong code is said in words and can be typed anew", async () => {
    begin(PAID, "333333");
    await handOut(order(PAID));
    expect(notice()).toBe("That is not this order’s pickup code.");
    expect(useHandOut.getState().code).toBe("");
    expect(order(PAID).state).toBe("ready");
  });

  it("without a code it needs a reason, and then who collects is kept", async () => {
    begin(PAID, "");
    useHandOut.setState({ proof: "idCheck" });
    await handOut(order(PAID));
    expect(notice()).toBe("Say why.");
    useHandOut.setState({ reason: "Someone else collects", collector: "Ola Kowalska" });
    await handOut(order(PAID));
    expect(useHandOut.getState().isSigning).toBe(true);
    expect(order(PAID).state).toBe("ready");
    await sign(order(PAID), { kind: "drawn", path: "M0 0l100 100" });
    expect(useHandOut.getState()).toMatchObject({ isSigning: false, signature: null });
    expect(till.orders.signatures).toEqual([{ kind: "drawn", path: "M0 0l100 100" }]);
    expect(order(PAID).trace.at(-1)).toMatchObject({ act: "handedOver", reason: "Someone else collects" });
  });

  it("where every hand-out is signed for, so is one with a code; whoever does not sign gets nothing", async () => {
    till.orders.signatureRule = "always";
    begin(PAID);
    await handOut(order(PAID));
    leaveSigning();
    expect(useHandOut.getState()).toMatchObject({ isSigning: false, code: PICKUP_CODE });
    expect(order(PAID).state).toBe("ready");
    await handOut(order(PAID));
    await sign(order(PAID), { kind: "typed", name: "Mia Park" });
    expect(order(PAID).state).toBe("collected");
  });

  it("a part can be handed out; the rest waits", async () => {
    begin(PAID);
    const [shirts] = order(PAID).lines;
    if (shirts === undefined) throw new Error("the order has a line");
    setPieces(shirts, 1);
    await handOut(order(PAID));
    expect(order(PAID)).toMatchObject({ state: "ready", lines: [{ handed: 1 }] });
    expect(notice()).toBe("A part of FEN-1041 is handed out.");
  });

  it("what is to be paid goes to the register's payment first; the goods go with the sale", async () => {
    begin(TO_PAY);
    await handOut(order(TO_PAY));
    expect(usePlace.getState().screen).toBe("register");
    expect(useRegister.getState().paying).toBe(true);
    expect(shownBasket()).toMatchObject({ collecting: { number: TO_PAY }, due: euros(1_290 + 2 * 899) });
    expect(order(TO_PAY).state).toBe("ready");
    await exactCash();
    expect(order(TO_PAY).state).toBe("collected");
    expect(useRegister.getState().done?.order).toEqual({ kind: "handedOver", number: TO_PAY });
  });

  it("the customer buys more: it goes to the register, not to payment yet", async () => {
    begin(PAID);
    useHandOut.setState({ withSale: true });
    await handOut(order(PAID));
    expect(useRegister.getState().paying).toBe(false);
    await ring(item("MUG"));
    await exactCash();
    expect(order(PAID).state).toBe("collected");
  });

  it("a basket that stands in front is parked, not lost", async () => {
    await ring(item("OIL"));
    begin(TO_PAY);
    await handOut(order(TO_PAY));
    expect(useTill.getState().parked).toHaveLength(1);
    expect(shownBasket().collecting?.number).toBe(TO_PAY);
    expect(notice()).toContain("was parked");
  });

  it("a receipt that was opened for a return, of which nothing was chosen yet, does not stand in the way", async () => {
    await ask("openReturn", { code: RECEIPT_CODE });
    expect(shownBasket().returning).not.toBeNull();
    begin(TO_PAY);
    await handOut(order(TO_PAY));
    expect(shownBasket()).toMatchObject({ collecting: { number: TO_PAY }, returning: null });
    expect(useTill.getState().parked).toEqual([]);
    expect(notice()).toBeNull();
  });

  it("the hand-out that waits for its payment can be stopped: the order is ready as before", async () => {
    begin(TO_PAY);
    await handOut(order(TO_PAY));
    await ask("stopCollecting", {});
    expect(shownBasket()).toMatchObject({ collecting: null, lines: [] });
    expect(order(TO_PAY).state).toBe("ready");
  });
});

describe("handing out without the lease", () => {
  let till: FakeTill;
  const override = { manager: JOHANNA.id, pin: PINS[JOHANNA.id] ?? "", reason: "The other register is off" };
  beforeEach(async () => {
    till = await signedIn();
    resetOrders();
  });

  it("another register keeps it: a manager is asked for, nothing is handed out", async () => {
    begin(HELD_BY_OTHER);
    await handOut(order(HELD_BY_OTHER));
    expect(useHandOut.getState().lacksLease).toBe("leaseHeldByAnother");
    expect(order(HELD_BY_OTHER).state).toBe("ready");
  });

  it("a manager's word hands it out and is written down", async () => {
    begin(HELD_BY_OTHER);
    await handOut(order(HELD_BY_OTHER));
    await handOut(order(HELD_BY_OTHER), override);
    expect(order(HELD_BY_OTHER)).toMatchObject({ state: "collected" });
    expect(order(HELD_BY_OTHER).trace.at(-1)?.reason).toBe("The other register is off");
  });

  it("a wrong PIN is said beside the keypad, and the sheet stays", async () => {
    begin(HELD_BY_OTHER);
    await handOut(order(HELD_BY_OTHER));
    await handOut(order(HELD_BY_OTHER), { ...override, pin: "000000" });
    expect(useHandOut.getState()).toMatchObject({
      problem: "That PIN is not right.",
      lacksLease: "leaseHeldByAnother",
    });
  });

  it("offline nobody can be asked for it; online the till gets it by itself", async () => {
    till.orders.arrive({ number: "FEN-3000", name: "Nadia", state: "ready", goods: { MUG: 1 } });
    till.showSync({ link: { state: "neverOnline" } });
    await client.call("findOrders", { text: "" });
    begin("FEN-3000");
    await handOut(order("FEN-3000"));
    expect(useHandOut.getState().lacksLease).toBe("leaseUnknown");
    till.showSync({ link: { state: "online" } });
    await handOut(order("FEN-3000"));
    expect(order("FEN-3000").state).toBe("collected");
  });
});

describe("typing a pickup code", () => {
  it("keeps what a code is made of, in capitals, and no more than a code has", () => {
    expect(typeCode("K7", "m-4 pq9")).toBe("K7M4PQ");
    expect(typeCode("", "0O1I")).toBe("");
  });

  it("whatever is typed, it could be a code", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (typed) => {
        const code = typed.reduce(typeCode, "");
        expect(code.length).toBeLessThanOrEqual(PICKUP_CODE_CHARS);
        expect([...code].every((letter) => PICKUP_CODE_ALPHABET.includes(letter))).toBe(true);
      }),
    );
  });
});
