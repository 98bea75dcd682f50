import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { GROUP_SEPARATOR } from "#domain/scan/application-identifiers.ts";
import { euros, price, product, variant } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const CHEESE = idOf<"Variant">("cheese-v");
const PEN = idOf<"Variant">("pen-v");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put(
    "products",
    product("cheese", {
      title: "Bergkäse",
      soldBy: "weight",
      variants: [variant("cheese-v", { gtins: [idOf<"Gtin">("2112345000008")] })],
    }),
    product("pen", {
      title: "Füller",
      variants: [variant("pen-v", { gtins: [idOf<"Gtin">("4006381333931")] })],
    }),
  );
  till.replica.put("prices", price(CHEESE, 1_290), price(PEN, 995));
  await till.signIn("mira");
});

const scan = (code: string) => till.verbs.scan({ code, quantity: 1 });

test.each([
  "]E04006381333931",
  "]C10104006381333931",
  "(01)04006381333931",
  "https://id.example/01/04006381333931",
  "https://id.example/shop/01/4006381333931?utm_source=pack",
])("the code %s rings up the article of the bare EAN, on the same line", async (code) => {
  await scan("4006381333931");
  expect(await scan(code)).toMatchObject({ ok: true, value: { item: { variant: PEN } } });
  expect(till.basket.lines).toMatchObject([{ variant: PEN, quantity: 2 }]);
});

describe("what stands on a package", () => {
  test("is kept with its line, on the ticket and on the receipt; another batch is another line", async () => {
    await scan(`]d2010400638133393110AB-1${GROUP_SEPARATOR}2142${GROUP_SEPARATOR}17991231`);
    await scan(`]d2010400638133393110AB-2`);
    expect(till.basket.lines).toMatchObject([
      { variant: PEN, quantity: 1, marks: { lot: "AB-1", serial: "42", expires: "1999-12-31" } },
      { variant: PEN, quantity: 1, marks: { lot: "AB-2" } },
    ]);
    await till.verbs.takeCash({ tendered: euros(1_990) });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    expect(sold).toMatchObject({ ok: true });
    const rows = JSON.stringify(sold.ok ? sold.value.receipt.rows : []);
    expect(rows).toContain("Charge AB-1");
    expect(rows).toContain("Seriennr. 42");
    expect(JSON.stringify(till.journal.unsent())).toContain('"lot":"AB-2"');
  });

  test("says when it may no longer be sold, and says nothing on its last day", async () => {
    const [year, month, day] = new Date(till.clock.now()).toISOString().slice(2, 10).split("-");
    expect(await scan(`]C1010400638133393117${year}${month}${day}`)).not.toHaveProperty("value.expired");
    const old = await scan("]C1010400638133393117200131");
    expect(old).toMatchObject({ ok: true, value: { expired: "2020-01-31" } });
  });

  test("is its weight: cheese costs what it weighs, without asking", async () => {
    await scan("]e001021123450000083103000432");
    expect(till.basket.lines).toMatchObject([
      { variant: CHEESE, unitPrice: euros(557), weighed: { grams: 432, perKilo: euros(1_290) } },
    ]);
  });

  test("is its price, as printed", async () => {
    await scan("]e001040063813339313922799");
    expect(till.basket.lines).toMatchObject([{ variant: PEN, unitPrice: euros(799) }]);
  });
});

test("a carton's code rings up what is in it", async () => {
  await scan("]C102040063813339313712");
  expect(till.basket.lines).toMatchObject([{ variant: PEN, quantity: 12 }]);
});

test("a code that was half read rings up nothing and says so", async () => {
  expect(await scan("]C101040063813")).toEqual({ ok: false, reason: "codeHalfRead" });
  expect(till.basket.lines).toEqual([]);
});
