import { beforeEach, describe, expect, it } from "vitest";
import { useNotice, useTill } from "../../app/till.ts";
import { item } from "../../testing/fake-shop.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { useOrders } from "./orders-store.ts";
import { articleOf, finishPicking, knownShelves, missingOf, pickCount, pickScan } from "./picking.ts";

const MUG = "4006381333931";
const TEE = "4006381333955";
const OIL = "4006381333948";
const NUMBER = "FEN-1045";

const notice = () => useNotice.getState().notice?.text ?? null;
const order = () => {
  const found = useTill.getState().orders?.orders.find((each) => each.number === NUMBER);
  if (found === undefined) throw new Error("the order is not shown");
  return found;
};
const counted = () => order().lines.map((line) => line.counted);
const finish = (parts: Partial<Parameters<typeof finishPicking>[0]> = {}) =>
  finishPicking({ card: order(), shelf: "A7", rest: null, substitutes: new Map(), ...parts });

describe("picking three mugs and two shirts", () => {
  beforeEach(async () => {
    await signedIn();
  });

  it("each scan of the right article counts one", async () => {
    await pickScan(order(), MUG);
    await pickScan(order(), MUG);
    await pickScan(order(), TEE);
    expect(counted()).toEqual([2, 1]);
    expect(missingOf(order())).toBe(2);
  });

  it("quick scans all count, however fast they come", async () => {
    await Promise.all([MUG, MUG, MUG].map((code) => pickScan(order(), code)));
    expect(counted()).toEqual([3, 0]);
  });

  it("a wrong article is refused and not counted", async () => {
    await pickScan(order(), OIL);
    expect(notice()).toBe("Wrong article: it is not part of this order.");
    expect(counted()).toEqual([0, 0]);
  });

  it("one too many is refused", async () => {
    await pickCount(order(), order().lines[0]?.line ?? raise(), 3);
    await pickScan(order(), MUG);
    expect(notice()).toBe("Enough of this article: all pieces are there already.");
    expect(counted()).toEqual([3, 0]);
  });

  it("with all there, the parcel is ready on its shelf", async () => {
    for (const code of [MUG, MUG, MUG, TEE, TEE]) await pickScan(order(), code);
    expect(await finish()).toBe(true);
    expect(order()).toMatchObject({ state: "ready", shelf: "A7" });
    expect(useOrders.getState().opened).toBeNull();
    expect(notice()).toBe("FEN-1045 is ready on shelf A7.");
  });

  it("short, somebody must say what becomes of the rest", async () => {
    for (const code of [MUG, MUG, MUG, TEE]) await pickScan(order(), code);
    expect(await finish()).toBe(false);
    expect(notice()).toBe("Say what becomes of the missing pieces.");
    expect(await finish({ rest: "refundRest" })).toBe(true);
    expect(order()).toMatchObject({ state: "ready", pieces: 4 });
  });

  it("asking HQ keeps the order open until it answers", async () => {
    await pickScan(order(), MUG);
    await finish({ rest: "askHq" });
    expect(order().state).toBe("short");
    expect(notice()).toBe("FEN-1045 waits for HQ.");
  });

  it("what turns up while HQ asks is counted on, and the order becomes ready", async () => {
    for (const code of [MUG, MUG, MUG, TEE]) await pickScan(order(), code);
    await finish({ rest: "askHq" });
    expect(counted()).toEqual([3, 1]);
    await pickScan(order(), TEE);
    expect(await finish()).toBe(true);
    expect(order()).toMatchObject({ state: "ready", pieces: 5 });
  });

  it("another article in its place makes a line complete", async () => {
    for (const code of [MUG, MUG, MUG]) await pickScan(order(), code);
    const instead = await articleOf("OIL");
    const shirt = order().lines[1]?.line ?? raise();
    if (instead === null) throw new Error("the article is known");
    const substitutes = new Map([[shirt, instead]]);
    expect(missingOf(order(), substitutes)).toBe(0);
    expect(await finish({ substitutes })).toBe(true);
    expect(order().lines[1]).toMatchObject({ variant: item("OIL").variant, isSubstitute: true, counted: 2 });
  });

  it("an unknown code takes nothing's place", async () => {
    expect(await articleOf("0000000000000")).toBeNull();
    expect(notice()).toBe("The code 0000000000000 is not known here.");
  });

  it("offers the shelves in use, the most used first", () => {
    const shelf = (name: string) => ({ ...order(), shelf: name });
    expect(knownShelves([shelf("B2"), shelf("A1"), shelf("B2"), order()])).toEqual(["B2", "A1"]);
  });
});

function raise(): never {
  throw new Error("the order has this line");
}
