import { beforeEach, describe, expect, it } from "vitest";
import { RECEIPT_NUMBER } from "../../testing/fake-purchases.ts";
import { CURRENCY } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { beginFinding, enter, find, paidMinor, useFinding, wantedBy } from "./find-store.ts";

const numbers = () => useFinding.getState().found?.purchases.map(({ number }) => number);

describe("finding a purchase", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    beginFinding("with");
  });

  it("nothing entered asks for nothing", async () => {
    await find();
    expect(useFinding.getState().found).toBeNull();
    expect(till.calls).not.toContain("findPurchases");
  });

  it("is found by its number, its customer, an article's code or a card's approval code", async () => {
    for (const text of [RECEIPT_NUMBER, "4006381333948"]) {
      enter({ text });
      await find();
      expect(numbers()).toContain(RECEIPT_NUMBER);
    }
    enter({ text: "lotte" });
    await find();
    expect(numbers()).toEqual(["FEN-1039"]);
    enter({ text: "7F3A91" });
    await find();
    expect(numbers()).toEqual(["HAM1-01-000455", "BER1-02-000101"]);
  });

  it("the amount narrows it down, with a point or a comma as people write it", async () => {
    enter({ text: "tee", paid: "18,95" });
    await find();
    expect(numbers()).toEqual(["BER1-02-000101"]);
    expect([paidMinor("18.95", CURRENCY), paidMinor("18,95", CURRENCY), paidMinor("x", CURRENCY)]).toEqual([
      1_895,
      1_895,
      null,
    ]);
  });

  it("a day or an amount is enough to ask for", () => {
    expect(wantedBy({ text: " ", day: "2026-11-12", paid: "" }, CURRENCY)).toEqual({ day: "2026-11-12" });
    expect(wantedBy({ text: "", day: "", paid: "5" }, CURRENCY)).toEqual({ paidMinor: 500 });
    expect(wantedBy({ text: "", day: "", paid: "many" }, CURRENCY)).toBeNull();
  });

  it("says whether the server was asked: offline only what this till knows was looked at", async () => {
    enter({ text: "mug" });
    await find();
    expect(useFinding.getState().found?.askedServer).toBe(true);
    expect(numbers()).toContain("HAM1-01-000455");
    till.showSync({ link: { state: "offline", since: 0 as never } });
    await find();
    expect(useFinding.getState().found?.askedServer).toBe(false);
    expect(numbers()).not.toContain("HAM1-01-000455");
  });

  it("an answer to what was asked before does not take the place of what is asked now", async () => {
    enter({ text: "lotte" });
    const before = find();
    enter({ text: RECEIPT_NUMBER });
    await Promise.all([find(), before]);
    expect(numbers()).toEqual([RECEIPT_NUMBER]);
  });

  it("when the engine is away it says so", async () => {
    enter({ text: "mug" });
    till.holdAnswers();
    const asking = find();
    till.fall();
    await asking;
    expect(useFinding.getState().state).toBe("away");
  });

  it("without a receipt the article is looked for instead", async () => {
    beginFinding("without");
    enter({ text: "mug" });
    await find();
    expect(useFinding.getState().articles?.map(({ name }) => name)).toEqual(["Enamel Mug"]);
    expect(till.calls).not.toContain("findPurchases");
  });
});
