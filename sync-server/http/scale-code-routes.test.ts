import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { ScaleCode } from "#domain/product/scale-label.ts";
import { scaleCodesSchema } from "#protocol/hq/scale-codes.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { BERLIN } from "../testing/shop.ts";

const CHEESE: ScaleCode = {
  prefix: "28",
  itemDigits: 5,
  value: "price",
  valueDigits: 5,
  decimals: 2,
  hasPriceCheckDigit: false,
};

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const put = (codes: readonly ScaleCode[]) =>
  http.hq("/hq/v1/scale-codes", { method: "PUT", body: { codes } });
const read = async () => scaleCodesSchema.parse(await (await http.hq("/hq/v1/scale-codes")).json()).codes;

test("what HQ says of the scales reaches the tills of every store", async () => {
  const tills = [await http.pair("BER1"), await http.pair("HAM1")];
  expect(await read()).toEqual([]);
  expect((await put([CHEESE])).status).toBe(200);
  expect(await read()).toEqual([CHEESE]);
  for (const { token } of tills) {
    const pulled = await http.ask("/sync/v1/replica/settings?limit=10", { token });
    expect(await pulled.text()).toContain('"prefix":"28"');
  }
});

test("a store that opens later reads labels as the others do", async () => {
  await put([CHEESE]);
  await http.parts.deps.publisher.publish((publication) =>
    publication.putStore({ ...BERLIN, store: idOf<"Store">("store-muc1"), code: "MUC1" }),
  );
  const stores = await http.parts.storage.read((tx) => tx.stores());
  expect(stores.map(({ scaleCodes }) => scaleCodes)).toEqual([[CHEESE], [CHEESE], [CHEESE]]);
});

test.each([
  { why: "does not fill a label", codes: [{ ...CHEESE, itemDigits: 4 }], says: "13 digits" },
  {
    why: "begins as another does",
    codes: [CHEESE, { ...CHEESE, prefix: "280", itemDigits: 4 }],
    says: "two layouts begin with 28",
  },
])("a layout that $why is refused, and nothing is changed", async ({ codes, says }) => {
  await put([CHEESE]);
  const answer = await put(codes);
  expect(answer.status).toBe(400);
  const { details = [] } = errorBodySchema.parse(await answer.json());
  expect(details.join()).toContain(says);
  expect(await read()).toEqual([CHEESE]);
});
