import { beforeEach, describe, expect, it } from "vitest";
import { item } from "../testing/fake-shop.ts";
import { shownBasket, signedIn } from "../testing/signed-in.ts";
import { changeWords } from "./announcer.tsx";
import { client, useTill } from "./till.ts";

describe("what a screen reader says of the basket", () => {
  beforeEach(async () => {
    await signedIn();
  });

  async function rungUp(sku: string) {
    const before = useTill.getState().basket;
    await client.call("addItem", { variant: item(sku).variant, quantity: 1 });
    return { before, now: shownBasket() };
  }

  it("an article that is rung up is named, with its price and the total", async () => {
    await rungUp("MUG");
    const { before, now } = await rungUp("OIL");
    expect(changeWords(before, now)).toBe("1 × Olive Oil, €8.99. Total €21.89.");
  });

  it("what is taken out is named, with the total that is left", async () => {
    await rungUp("MUG");
    const { now } = await rungUp("OIL");
    const line = now.lines.find(({ name }) => name === "Olive Oil");
    await client.call("removeLine", { line: line?.id ?? now.lines[0]!.id });
    expect(changeWords(now, shownBasket())).toBe("Olive Oil taken out. Total €12.90.");
  });

  it("where nothing changed nothing is said", async () => {
    const { now } = await rungUp("MUG");
    expect(changeWords(now, now)).toBeNull();
    expect(changeWords(null, now)).toBeNull();
  });
});
