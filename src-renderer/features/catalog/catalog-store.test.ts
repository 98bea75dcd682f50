import { beforeEach, describe, expect, it } from "vitest";
import { useOverlay } from "../../app/overlay.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import {
  chooseVariant,
  clearSearch,
  entered,
  loadPages,
  refreshCatalog,
  search,
  showCategory,
  typeAhead,
  useCatalog,
} from "./catalog-store.ts";

/** Resolves with the next state for which the question is answered with yes. */
function until(settled: (state: ReturnType<typeof useCatalog.getState>) => boolean): Promise<void> {
  return new Promise((done) => {
    if (settled(useCatalog.getState())) return done();
    const stop = useCatalog.subscribe((state) => {
      if (!settled(state)) return;
      stop();
      done();
    });
  });
}
const names = () =>
  [...useCatalog.getState().pages.values()].flatMap((tiles) => tiles.map((tile) => tile.name));

describe("finding articles", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    showCategory(null);
    await until((state) => state.total > 0);
  });

  it("all shelves show each product once, whatever forms it has", () => {
    expect(names()).toEqual([
      "Enamel Mug",
      "Olive Oil",
      "Pocket T-Shirt",
      "Unpriced Thing",
      "Mountain Cheese",
      "Alteration",
    ]);
  });

  it("a shelf shows what is on it", async () => {
    showCategory("Tops");
    await until((state) => state.total === 1);
    expect(names()).toEqual(["Pocket T-Shirt"]);
  });

  it("a search finds variants; emptied, it shows the shelf again", async () => {
    await search("shirt");
    expect(useCatalog.getState().found?.map((each) => each.sku)).toEqual(["TEE-S", "TEE-M"]);
    await search("");
    expect(useCatalog.getState()).toMatchObject({ found: null, text: "" });
  });

  it("Enter means the one article that is left, and nothing while there are several or none", async () => {
    await search("shirt");
    expect(await entered()).toBeNull();
    typeAhead(" xyz");
    expect(await entered()).toBeNull();
    clearSearch();
    typeAhead("mu");
    expect(await entered()).toMatchObject({ item: { sku: "MUG" } });
  });

  it("a number that no article has is a code typed by hand, as of a customer's card", async () => {
    await search(" FH40000000 ");
    expect(await entered()).toEqual({ code: "FH40000000" });
    for (const text of ["xyzzy", "shirt 77", "77x"]) {
      await search(text);
      expect(await entered()).toBeNull();
    }
  });

  it("Enter means what stands there, also where that is not shown yet and new prices are asked for meanwhile", async () => {
    await search("mu");
    typeAhead("x7777");
    const meant = entered();
    await refreshCatalog();
    expect(await meant).toEqual({ code: "mux7777" });
  });

  it("Enter means nothing where the engine cannot be asked", async () => {
    await search("FH40000000");
    till.fall();
    expect(await entered()).toBeNull();
  });

  it("letters typed without going to the search first continue what stands there", async () => {
    typeAhead("ol");
    typeAhead("i");
    await until((state) => state.found?.length === 1);
    expect(useCatalog.getState()).toMatchObject({ text: "oli" });
  });

  it("a late answer to an older search is let go", async () => {
    const older = search("shirt");
    const newer = search("mug");
    await Promise.all([older, newer]);
    expect(useCatalog.getState().found?.map((each) => each.sku)).toEqual(["MUG"]);
  });

  it("a search left before it was answered does not come back", async () => {
    const asked = search("shirt");
    clearSearch();
    await asked;
    expect(useCatalog.getState().found).toBeNull();
  });

  it("new prices are fetched again without emptying the screen", async () => {
    const states: number[] = [];
    const stop = useCatalog.subscribe((state) => states.push(state.pages.size));
    await refreshCatalog();
    stop();
    expect(states).not.toContain(0);
    expect(names()).toHaveLength(6);
  });

  it("a page is asked for once, however often it is scrolled by", async () => {
    till.calls.length = 0;
    showCategory("Tops");
    loadPages({ from: 0, until: 1 });
    loadPages({ from: 0, until: 1 });
    await until((state) => state.total === 1);
    expect(till.calls).toEqual(["browse"]);
  });

  it("a product of several forms asks which one", async () => {
    const tile = [...useCatalog.getState().pages.values()].flat().find((each) => each.variants > 1);
    if (tile === undefined) throw new Error("no product of several forms");
    await chooseVariant(tile);
    const { overlay } = useOverlay.getState();
    expect(overlay.kind === "variants" && overlay.items.map((each) => each.options.at(-1))).toEqual([
      "S",
      "M",
    ]);
  });
});
