import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { countingIds, FakeClock } from "../testing/fake-clock.ts";
import { FakeJournal } from "../testing/fake-journal.ts";
import { FakeReplica } from "../testing/fake-replica.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { DEVICE, euros, price, product, SETTINGS, STORE, stock, variant } from "../testing/shop-fixture.ts";
import { type Catalog, type CatalogPorts, openCatalog } from "./catalog.ts";

const CODE = "SKU-p777-v";
const V777 = idOf<"Variant">("p777-v");

let replica: FakeReplica;
let clock: FakeClock;
let opened: Catalog[];
let timers: FakeTimers;
let offsetMs: number;
const fromServer = { clockOffsetMs: () => offsetMs };

beforeEach(() => {
  timers = new FakeTimers();
  offsetMs = 0;
  replica = new FakeReplica();
  clock = new FakeClock();
  opened = [];
  replica.put("settings", SETTINGS);
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const catalog of opened) catalog.close();
});

function newJournal(): FakeJournal {
  return new FakeJournal({ clock, newId: countingIds(), store: STORE, device: DEVICE });
}

function open(journal: CatalogPorts["journal"] = newJournal()): Catalog {
  const catalog = openCatalog({
    replica,
    journal,
    clock,
    server: fromServer,
    timers,
    onTrouble: (error) => {
      throw error;
    },
  });
  opened.push(catalog);
  return catalog;
}

function fill(count: number): void {
  const ids = Array.from({ length: count }, (_, each) => `p${each}`);
  replica.put("products", ...ids.map((id) => product(id, { title: `Article ${id}`, category: "All" })));
  replica.put("prices", ...ids.map((id) => price(idOf<"Variant">(`${id}-v`), 500)));
  replica.put("stock", ...ids.map((id) => stock(idOf<"Variant">(`${id}-v`), 3)));
}

function toldOf(catalog: Catalog, when: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!when()) return;
      unwatch();
      resolve();
    };
    const unwatch = catalog.watch(look);
    look();
  });
}

test("a new price holds for the next article, however busy the machine is", async () => {
  fill(1);
  const catalog = open();
  await catalog.loaded;
  let now = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 50;
    return now;
  });
  replica.put("prices", ...[600, 700, 800].map((cents) => price(idOf<"Variant">("p0-v"), cents)));
  expect(catalog.peek(idOf<"Variant">("p0-v"))?.price).toEqual(euros(800));
});

describe("a till that starts", () => {
  test("answers at once with what is loaded, and with everything in the end", async () => {
    fill(2_000);
    const catalog = open();
    expect(catalog.view().searchReady).toBe("loading");
    expect(catalog.search({ text: "article", limit: 10 })).toEqual([]);
    await toldOf(catalog, () => catalog.view().searchReady === "scan");
    expect(catalog.search({ text: "article", limit: 10 })).not.toEqual([]);
    await catalog.loaded;
    expect(catalog.view()).toMatchObject({ searchReady: "full", products: 2_000, variants: 2_000 });
    expect(catalog.view().categories).toEqual([{ name: "All", products: 2_000 }]);
  });

  test("waits for a scanned article that is still loading rather than deny it", async () => {
    fill(2_000);
    const catalog = open();
    const found = await catalog.byCode(CODE);
    expect(found?.item).toMatchObject({ variant: V777, price: euros(500) });
    expect(catalog.peek(V777)?.price).toEqual(euros(500));
  });

  describe("whose disk is slow to be read through", () => {
    beforeEach(() => {
      fill(3);
      const coded = variant("upc-v", { sku: idOf<"Sku">("MUG-B"), gtins: [idOf<"Gtin">("036000291452")] });
      replica.put("products", product("upc", { title: "Mug", variants: [coded] }));
      replica.put("prices", price(idOf<"Variant">("upc-v"), 1_250));
      replica.put("stock", stock(idOf<"Variant">("upc-v"), 7));
      vi.spyOn(replica, "scan").mockImplementation(async function* () {
        await new Promise(() => undefined);
        yield [];
      });
    });

    test.each(["036000291452", "0036000291452", "MUG-B", "mug-b "])(
      "sells %s from a plain scan",
      async (code) => {
        const found = await open().byCode(code);
        expect(found?.item).toMatchObject({ variant: "upc-v", name: "Mug", price: euros(1_250), onHand: 7 });
      },
    );

    test("sells a variant that is asked for by its id", async () => {
      expect((await open().byVariant(idOf<"Variant">("p2-v")))?.item.price).toEqual(euros(500));
    });

    test("sells at the price that came meanwhile, never at the older one that was read", async () => {
      const catalog = open();
      const read = replica.beginning.bind(replica);
      vi.spyOn(replica, "beginning").mockImplementation(async (collection, text) => {
        const found = await read(collection, text);
        if (collection === "prices") replica.put("prices", price(idOf<"Variant">("upc-v"), 999));
        return found;
      });
      expect((await catalog.byCode("MUG-B"))?.item.price).toEqual(euros(999));
    });

    test("keeps whoever asks for what nobody carries waiting, and tells of a disk that fails", async () => {
      const troubles: unknown[] = [];
      const broken = new Error("unreadable");
      vi.spyOn(replica, "mentioning").mockRejectedValue(broken);
      const journal = new FakeJournal({ clock, newId: countingIds(), store: STORE, device: DEVICE });
      const catalog = openCatalog({
        replica,
        journal,
        clock,
        server: fromServer,
        timers,
        onTrouble: (error) => troubles.push(error),
      });
      const asked = catalog.byCode("MUG-B");
      await expect.poll(() => troubles).toEqual([broken]);
      catalog.close();
      expect(await asked).toBeNull();
    });
  });

  test("has prices and stock of the articles before the place at which they cannot be read on, and tells of it", async () => {
    fill(2);
    const troubles: unknown[] = [];
    const broken = new Error("unreadable");
    const scan = replica.scan.bind(replica);
    vi.spyOn(replica, "scan").mockImplementation(async function* (collection) {
      yield* scan(collection);
      if (collection === "products") throw broken;
    });
    const catalog = openCatalog({
      replica,
      journal: newJournal(),
      clock,
      server: fromServer,
      timers,
      onTrouble: (error) => troubles.push(error),
    });
    await catalog.loaded;
    expect(troubles).toEqual([broken]);
    expect(catalog.peek(idOf<"Variant">("p1-v"))).toMatchObject({ price: euros(500), onHand: 3 });
    catalog.close();
  });

  test("looks on the disk only behind what it has read through", async () => {
    fill(3);
    const scan = replica.scan.bind(replica);
    vi.spyOn(replica, "scan").mockImplementation(async function* (collection) {
      yield* scan(collection);
      await new Promise(() => undefined);
    });
    const looked = vi.spyOn(replica, "mentioning");
    const catalog = open();
    await toldOf(catalog, () => catalog.view().products === 3);
    replica.put("products", product("p9", { title: "Late" }));
    expect((await catalog.byCode("SKU-p1-v"))?.item.price).toEqual(euros(500));
    expect(looked).not.toHaveBeenCalled();
    void catalog.byCode("nothing like it");
    await expect.poll(() => looked.mock.calls.length).toBeGreaterThan(0);
    for (const [, , of] of looked.mock.calls) expect(of).toEqual({ after: "p2" });
  });

  test("denies an article only when all is loaded", async () => {
    fill(600);
    expect(await open().byCode("nothing like it")).toBeNull();
  });

  test("denies it to all who waited for it at once", async () => {
    fill(600);
    const catalog = open();
    const asked = ["one", "two", "three"].map((code) => catalog.byCode(code));
    expect(await Promise.all(asked)).toEqual([null, null, null]);
  });

  test("keeps a change that came while it was reading older versions", async () => {
    fill(2_000);
    const catalog = open();
    replica.put("prices", price(idOf<"Variant">("p1999-v"), 499));
    replica.remove("products", "p1998");
    await catalog.loaded;
    expect((await catalog.byCode("SKU-p1999-v"))?.item.price).toEqual(euros(499));
    expect(await catalog.byCode("SKU-p1998-v")).toBeNull();
  });

  test("that is closed while loading leaves nobody waiting", async () => {
    fill(2_000);
    const catalog = open();
    const asked = catalog.byCode("SKU-p1999-v");
    catalog.close();
    expect(await asked).toBeNull();
  });
});

describe("while the till runs", () => {
  test("a price changed at HQ counts from the very next scan", async () => {
    fill(10);
    const catalog = open();
    await catalog.loaded;
    replica.put("prices", price(idOf<"Variant">("p1-v"), 450));
    expect(catalog.peek(idOf<"Variant">("p1-v"))?.price).toEqual(euros(450));
  });

  test("a change that uses up its slice of time does not keep the next one waiting", async () => {
    fill(10);
    const catalog = open();
    await catalog.loaded;
    let nowMs = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => {
      nowMs += 3;
      return nowMs;
    });
    replica.put("prices", price(idOf<"Variant">("p1-v"), 450));
    replica.put("prices", price(idOf<"Variant">("p2-v"), 460));
    expect(catalog.peek(idOf<"Variant">("p1-v"))?.price).toEqual(euros(450));
    expect(catalog.peek(idOf<"Variant">("p2-v"))?.price).toEqual(euros(460));
  });

  test("a price that begins at noon counts from noon", async () => {
    fill(1);
    const noon = instant(clock.now() + 1_000);
    replica.put("prices", price(idOf<"Variant">("p0-v"), 300, { validFrom: noon }));
    const catalog = open();
    await catalog.loaded;
    clock.pass(999);
    expect(catalog.peek(idOf<"Variant">("p0-v"))?.price).toEqual(euros(500));
    clock.pass(1);
    expect(catalog.peek(idOf<"Variant">("p0-v"))?.price).toEqual(euros(300));
  });

  test("a first sync of thousands of articles tells the screen a few times, not thousands", async () => {
    const catalog = open();
    await catalog.loaded;
    const revision = catalog.view().revision;
    for (let chunk = 0; chunk < 40; chunk += 1) {
      const ids = Array.from({ length: 50 }, (_, each) => `c${chunk}-${each}`);
      replica.put("products", ...ids.map((id) => product(id)));
    }
    await toldOf(catalog, () => catalog.view().products === 2_000);
    expect(catalog.view().revision - revision).toBeLessThan(40);
  });

  test("a price begins on screen at its moment by the server's clock, also when the till learns only then how late its own is", async () => {
    fill(1);
    const begins = clock.now() + 3_600_000;
    replica.put("prices", price(idOf<"Variant">("p0-v"), 400, { validFrom: instant(begins) }));
    const catalog = open();
    await catalog.loaded;
    const shown = () => catalog.search({ text: "article", limit: 1 })[0]?.price;
    expect(shown()).toEqual(euros(500));
    const { revision } = catalog.view();
    clock.pass(60_000);
    timers.pass(60_000);
    expect(catalog.view().revision).toBe(revision);
    offsetMs = -3_540_000;
    clock.pass(60_000);
    timers.pass(60_000);
    expect(catalog.view().revision).toBe(revision + 1);
    expect(shown()).toEqual(euros(400));
  });

  test("nothing is waited for where no price is set ahead, or the catalogue is closed", async () => {
    fill(1);
    const catalog = open();
    await catalog.loaded;
    expect(timers.rests).toEqual([]);
    replica.put("prices", price(V777, 400, { validFrom: instant(clock.now() + 1_000) }));
    await toldOf(catalog, () => timers.rests.length > 0);
    catalog.close();
    expect(timers.rests).toEqual([]);
  });

  test("what a price costs in numbers, what it was before and what a bottle is charged with stay as they came", async () => {
    const tiers = [{ from: 3, amount: euros(450) }];
    replica.put("products", product("p0", { soldBy: "weight", links: [{ variant: V777, kind: "levy" }] }));
    replica.put("prices", price(idOf<"Variant">("p0-v"), 500, { tiers, lowest30: euros(480) }));
    const catalog = open();
    await catalog.loaded;
    const found = await catalog.byVariant(idOf<"Variant">("p0-v"));
    expect(found).toMatchObject({
      links: [{ variant: V777, kind: "levy" }],
      item: { soldBy: "weight", tiers, lowest30: euros(480) },
    });
    replica.put("products", product("p0"));
    replica.put("prices", price(idOf<"Variant">("p0-v"), 500));
    const plain = await catalog.byVariant(idOf<"Variant">("p0-v"));
    expect(plain?.links).toEqual([]);
    expect(Object.keys(plain?.item ?? {})).not.toEqual(expect.arrayContaining(["tiers"]));
    expect(plain?.item.soldBy).toBeUndefined();
  });

  test("new codes and variants are found as soon as they are there", async () => {
    fill(1);
    const catalog = open();
    await catalog.loaded;
    const red = variant("p0-red", { gtins: [idOf<"Gtin">("4006381333931")] });
    replica.put("products", product("p0", { title: "Article p0", variants: [variant("p0-v"), red] }));
    expect((await catalog.byCode("4006381333931"))?.item.variant).toBe("p0-red");
    expect(catalog.variants(idOf<"Product">("p0"))).toHaveLength(2);
  });

  test("an index full of outdated rows is replaced by a fresh one that knows the same", async () => {
    fill(21_000);
    const catalog = open();
    await catalog.loaded;
    const readAnew = vi.spyOn(replica, "scan");
    const ids = Array.from({ length: 21_000 }, (_, each) => `p${each}`);
    replica.put("products", ...ids.map((id) => product(id, { title: `Renamed ${id}`, category: "New" })));
    await toldOf(catalog, () => catalog.view().categories[0]?.products === 21_000);
    expect(readAnew).toHaveBeenCalledWith("products");
    replica.put("prices", price(V777, 777));
    expect((await catalog.byCode(CODE))?.item).toMatchObject({
      name: "Renamed p777",
      price: euros(777),
      onHand: 3,
    });
    expect(catalog.view()).toMatchObject({ products: 21_000, searchReady: "full" });
  });

  test("what the replica turns out to contain is not counted once more, from the next look on, also where nobody was told", async () => {
    fill(1);
    const sold = newJournal();
    const variant = idOf<"Variant">("p0-v");
    const fact = {
      type: "stock.adjusted",
      id: idOf<"Adjustment">("a"),
      variant,
      quantity: -1,
      why: "damaged",
      note: "",
    };
    await sold.append({ staff: null, makeFact: () => fact as Fact });
    let pending: readonly JournalEntry[] = sold.entries;
    const catalog = open({ pendingFor: () => pending, watch: () => () => undefined });
    await catalog.loaded;
    expect(catalog.peek(variant)?.onHand).toBe(2);
    pending = [];
    expect(catalog.peek(variant)?.onHand).toBe(3);
  });
});
