import { beforeEach, describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { exactCash, ring, useRegister } from "../../app/register.ts";
import { ask, useNotice } from "../../app/till.ts";
import { ONLINE_BASKET } from "../../testing/fake-order-verbs.ts";
import { item } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { fetchBasket } from "./shared-basket.ts";
import { askElsewhere, askForBasket } from "./stores.ts";

const notice = () => useNotice.getState().notice?.text ?? null;
const WISH = {
  contact: { customer: null, name: "Marta", email: "m@example.org", phone: null },
  delivery: { kind: "pickup", store: idOf<"Store">("HAM1") },
} as const;

describe("what else becomes of a basket", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
  });

  it("other stores are offered by how much of the basket they have", async () => {
    await ring(item("MUG"));
    await ring(item("MUG"));
    const choices = await askForBasket(shownBasket().lines);
    expect(choices?.map(({ name, pieces, hasAll }) => [name, pieces, hasAll])).toEqual([
      ["Berlin Prenzlauer Berg", 2, true],
      ["Hamburg Altona", 1, false],
      ["München Schwabing", 0, false],
    ]);
  });

  it("offline it is said that other stores cannot be asked", async () => {
    till.showSync({ link: { state: "neverOnline" } });
    expect(await askElsewhere(item("MUG").variant)).toEqual({ kind: "offline" });
    await ring(item("MUG"));
    expect(await askForBasket(shownBasket().lines)).toBeNull();
  });

  it("an order for the customer is paid here and says that it was placed and confirmed", async () => {
    await ring(item("MUG"));
    await ask("orderBasket", WISH);
    expect(shownBasket().ordering).toEqual({ customerName: "Marta", kind: "pickup", to: "Hamburg Altona" });
    await exactCash();
    expect(useRegister.getState().done).toMatchObject({ order: { kind: "placed" }, confirmed: true });
  });

  it("offline the order is taken, and not called confirmed", async () => {
    await ring(item("MUG"));
    till.showSync({ link: { state: "neverOnline" } });
    await ask("orderBasket", WISH);
    await exactCash();
    expect(useRegister.getState().done).toMatchObject({ order: { kind: "placed" }, confirmed: false });
  });

  it("an order can become an ordinary sale again", async () => {
    await ring(item("MUG"));
    await ask("orderBasket", WISH);
    await ask("orderBasket", null);
    expect(shownBasket()).toMatchObject({ ordering: null, pieces: 1 });
  });

  it("a basket begun online comes into the empty basket by its QR", async () => {
    expect(await fetchBasket(`OTB:${ONLINE_BASKET}`)).toBe(true);
    expect(shownBasket().pieces).toBe(3);
  });

  it("it does not come on top of another customer's articles", async () => {
    await ring(item("MUG"));
    expect(await fetchBasket(ONLINE_BASKET)).toBe(false);
    expect(notice()).toBe("There is a basket in front. Park or finish it first.");
  });

  it("offline it says kindly that this needs a connection", async () => {
    till.showSync({ link: { state: "neverOnline" } });
    expect(await fetchBasket(ONLINE_BASKET)).toBe(false);
    expect(notice()).toBe("This needs a connection, and there is none right now.");
  });
});
