import { inflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MAX_LOGO_BYTES } from "#domain/receipt/logo.ts";
import { damagedLogo } from "#paper/testing/damaged-logo.ts";
import { storeReceiptSchema } from "#protocol/hq/receipt-design.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";

const PATH = "/hq/v1/stores/ber1/receipt";
const LOGO = PNG.sync.write(new PNG({ width: 8, height: 8 })).toString("base64");
const DESIGN = {
  logo: LOGO,
  languages: ["en", "ar"],
  texts: { de: { header: ["Gute Dinge"], legal: ["Umtausch in 30 Tagen."], footer: ["Bis bald"] } },
};

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const put = (body: unknown, path = PATH) => http.hq(path, { method: "PUT", body });
const read = async () => storeReceiptSchema.parse(await (await http.hq(PATH)).json());

test("a store has no design until HQ puts one, and its tills have that from their next sync on", async () => {
  expect(await read()).toMatchObject({ code: "BER1", design: null });
  expect((await put(DESIGN)).status).toBe(200);
  expect((await read()).design).toEqual(DESIGN);
  const till = await http.pair();
  const pulled = await http.ask("/sync/v1/replica/settings?limit=10", { token: till.token });
  expect(JSON.stringify(await pulled.json())).toContain(LOGO);
});

test("a design that makes no sense is refused with what is wrong with it, and changes nothing", async () => {
  const png = (width: number, height: number) =>
    PNG.sync.write(new PNG({ width, height })).toString("base64");
  const wrongs: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ logo: "not base64!" }, "logo: a logo is a PNG in base64"],
    [{ logo: Buffer.from("GIF89a").toString("base64") }, "logo: a logo is a PNG in base64"],
    [{ logo: png(1_201, 1) }, "at most 1200 by 1200 dots"],
    [{ logo: "A".repeat(MAX_LOGO_BYTES * 2) }, "logo: a logo is at most 48 KiB"],
    [{ languages: ["de", "de"] }, "languages: each language counts once"],
    [{ languages: ["tlh"] }, "languages.0"],
    [{ texts: { tlh: { header: [], legal: [], footer: [] } } }, "texts"],
    [
      { texts: { de: { header: Array(21).fill("x"), legal: [], footer: [] } } },
      "texts.de.header: at most 20 lines",
    ],
    [{ surprise: true }, "surprise"],
  ];
  for (const [changes, words] of wrongs) {
    const answer = await put({ ...DESIGN, ...changes });
    expect(answer.status).toBe(400);
    expect(errorBodySchema.parse(await answer.json()).details?.join("\n")).toContain(words);
  }
  expect((await read()).design).toBeNull();
});

test("a logo that is damaged is refused where somebody can still send another", async () => {
  const whole = Buffer.from(LOGO, "base64");
  const answer = await put({ ...DESIGN, logo: whole.subarray(0, whole.length - 20).toString("base64") });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("The logo cannot be read as a PNG");
});

test("a logo whose pixels are whole is kept as a picture that every program reads", async () => {
  expect((await put({ ...DESIGN, logo: damagedLogo() })).status).toBe(200);
  const kept = Buffer.from((await read()).design?.logo ?? "", "base64");
  const pixels = inflateSync(kept.subarray(kept.indexOf("IDAT") + 4, kept.indexOf("IEND") - 8));
  expect(pixels).toHaveLength(8 * (1 + 8 * 4));
  expect([...PNG.sync.read(kept).data.subarray(0, 4)]).toEqual([0x80, 0x80, 0x80, 0x80]);
});

test("there is none of a store that is unknown, and none without HQ's key", async () => {
  expect(await refusalOf(await put(DESIGN, "/hq/v1/stores/XX9/receipt"))).toEqual({
    status: 404,
    reason: "notFound",
  });
  expect((await http.ask(PATH, {})).status).toBe(401);
});
