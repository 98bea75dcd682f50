import { beforeEach, describe, expect, it } from "vitest";
import { useOverlay } from "../../app/overlay.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import {
  chooseVariant,
  clearSearch,
  type Entered,
  enter,
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

  /** What Enter means, and whether that is taken for something. */
  async function meantBy(text: string, isTaken = true): Promise<readonly Entered[]> {
    const meant: Entered[] = [];
    clearSearch();
    typeAhead(text);
    await enter(async (entered) => {
      meant.push(entered);
      return isTaken;
    });
    return meant;
  }

  it("Enter means the one article that is left, and nothing while there are several or none", async () => {
    expect(await meantBy("shirt")).toEqual([]);
    expect(useCatalog.getState()).toMatchObject({ text: "shirt", found: [{}, {}] });
    expect(await meantBy("shirt xyz")).toEqual([]);
    expect(await meantBy("mu")).toMatchObject([{ item: { sku: "MUG" } }]);
    expect(useCatalog.getState()).toMatchObject({ text: "", found: null });
  });

  it("Enter means the article whose code it is, though others begin with it", async () => {
    expect(await meantBy("tee-s")).toMatchObject([{ item: { sku: "TEE-S" } }]);
  });

  it("a number that no article has is a code typed by hand, as of a customer's card, and stays where nobody knows it", async () => {
    expect(await meantBy(" FH40000000 ")).toEqual([{ code: "FH40000000" }]);
    expect(useCatalog.getState().text).toBe("");
    expect(await meantBy("FH40000000", false)).toEqual([{ code: "FH40000000" }]);
    expect(useCatalog.getState()).toMatchObject({ text: "FH40000000", found: [] });
    for (const text of ["xyzzy", "shirt 77", "77x"]) expect(await meantBy(text), text).toEqual([]);
  });

  it("Enter means what stands there, also where that is not shown yet and new prices are asked for meanwhile", async () => {
    await search("mu");
    typeAhead("x7777");
    const meant: Entered[] = [];
    const entering = enter(async (entered) => meant.push(entered) > 0);
    await refreshCatalog();
    await entering;
    expect(meant).toEqual([{ code: "mux7777" }]);
  });

  it("Enter twice means one article, and what is typed after it is the next", async () => {
    typeAhead("mug");
    const meant: Entered[] = [];
    const take = async (entered: Entered) => meant.push(entered) > 0;
    const first = enter(take);
    const second = enter(take);
    typeAhead("ol");
    await Promise.all([first, second]);
    expect(meant).toMatchObject([{ item: { sku: "MUG" } }]);
    await until(({ found }) => found?.length === 1);
    expect(useCatalog.getState()).toMatchObject({ text: "ol", found: [{ name: "Olive Oil" }] });
  });

  it("Enter means nothing where the engine cannot be asked, and what was entered stays", async () => {
    await search("FH40000000");
    till.fall();
    const meant: Entered[] = [];
    await enter(async (entered) => meant.push(entered) > 0);
    expect(meant).toEqual([]);
    expect(useCatalog.getState().text).toBe("FH40000000");
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
