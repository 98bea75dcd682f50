import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeServer } from "../testing/fake-server.ts";
import { product } from "../testing/shop-fixture.ts";
import { SyncedTill } from "../testing/synced-till.ts";
import { NotAServer, Unreachable } from "./server-client.ts";
import { takeSnapshot } from "./snapshot.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = new FakeServer();
  server.books.put("products", product("mug"), product("tee"), product("gull", { title: "Möwe 🫖" }));
  till = await SyncedTill.unpaired(server);
});
afterEach(() => till.close());

async function* arriving(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
}

function take(pieces: readonly string[], onShare: (share: number) => void = () => undefined) {
  const { replica } = till.parts;
  const server = { snapshot: () => arriving(pieces), isLater: false };
  return takeSnapshot({
    collection: "products",
    server,
    replica,
    ownUpTo: async (applied) => applied,
    onShare,
  });
}

function text(): string {
  return server.snapshotLines("products").join("");
}

describe("S40 a snapshot", () => {
  test("is taken whole however the network cuts it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text().length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text().length];
        await take(at.slice(1).map((end, index) => text().slice(at[index], end)));
        expect([...(await till.parts.replica.ids("products"))].sort()).toEqual(["gull", "mug", "tee"]);
        expect(till.parts.replica.position("products")).toMatchObject({ checkpoint: "@3", complete: true });
      }),
      { numRuns: 30 },
    );
  });

  test("S42 that ends anywhere before its end counts for nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text().length - 2), async (end) => {
        await expect(take([text().slice(0, end)])).rejects.toThrow(Unreachable);
        expect(till.parts.replica.position("products")).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test("that lacks nothing but its last end of line is whole", async () => {
    await take([text().slice(0, -1)]);
    expect(till.parts.replica.position("products")?.complete).toBe(true);
  });

  test("of nothing is a snapshot too, and empties the collection", async () => {
    await take([text()]);
    for (const id of ["mug", "tee", "gull"]) server.books.putRaw("products", id, null);
    await take([text()]);
    expect((await till.parts.replica.ids("products")).size).toBe(0);
  });

  test("says how far it is, from nothing to all", async () => {
    server.books.put("products", ...Array.from({ length: 1_497 }, (_, index) => product(`p-${index}`)));
    const shares: number[] = [];
    await take([text()], (share) => shares.push(share));
    const pieces = Array.from({ length: 8 }, (_, piece) => (200 * piece) / 1_500);
    expect(shares).toEqual([...pieces, 1]);
  });

  test("gives the event loop back after each piece of it, however fast the next one is there", async () => {
    server.books.put("products", ...Array.from({ length: 1_497 }, (_, index) => product(`p-${index}`)));
    let turn = 0;
    let isOver = false;
    const count = (): void => {
      turn += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const turns: number[] = [];
    await take([text()], () => turns.push(turn));
    isOver = true;
    expect(turns).toHaveLength(9);
    expect(new Set(turns).size).toBe(9);
  });

  test.each([
    ["without a head", () => server.snapshotLines("products").slice(1)],
    ["with a row that is none", () => [...server.snapshotLines("products").slice(0, 2), '{"id":7}\n']],
    [
      "that goes on after its foot",
      () => [...server.snapshotLines("products"), '{"id":"x","deleted":true}\n'],
    ],
    [
      "with a foot that is none",
      () => [...server.snapshotLines("products").slice(0, -1), '{"kind":"foot"}\n'],
    ],
  ])("%s is not of this protocol", async (_, lines) => {
    await expect(take(lines())).rejects.toThrow(NotAServer);
    expect(till.parts.replica.position("products")).toBeNull();
  });

  test.each<[string, (id: string, json: string) => string]>([
    ["as this server writes it", (id, json) => `{"id":"${id}","deleted":false,"data":${json}}`],
    ["with blanks", (id, json) => ` { "id" : "${id}", "deleted":false ,"data": ${json} } `],
    ["with a blank at the end", (id, json) => `{"id":"${id}","deleted":false,"data":${json} }`],
    [
      "with blanks in its document",
      (id, json) =>
        `{"id":"${id}","deleted":false,"data":${json.replaceAll('":', '" : ').replaceAll(",", " ,")}}`,
    ],
    [
      "with a blank before a text alone",
      (id, json) => `{"id":"${id}","deleted":false,"data":${json.replaceAll(':"', ':\t"')}}`,
    ],
    ["in another order", (id, json) => `{"deleted":false,"data":${json},"id":"${id}"}`],
    ["with the document said twice", (id, json) => `{"id":"${id}","deleted":false,"data":7,"data":${json}}`],
    [
      "with escapes",
      (id, json) => `{"id":"${id}","deleted":false,"data":${json.replace("Möwe", "M\\u00f6we")}}`,
    ],
    [
      "with an escape in the id",
      (id, json) => `{"id":"\\u0067${id.slice(1)}","deleted":false,"data":${json}}`,
    ],
  ])("has a row %s read as JSON says", async (_, write) => {
    const gull = product("gull", { title: "Möwe 🫖" });
    const [head, ...rest] = server.snapshotLines("products");
    const others = rest.filter((line) => !line.includes("gull"));
    await take([`${head}${write("gull", JSON.stringify(gull))}\n${others.join("")}`]);
    expect(await till.parts.replica.get("products", "gull")).toEqual(gull);
    const named = JSON.stringify({ title: gull.title }).slice(1, -1);
    expect((await till.parts.replica.mentioning("products", named))?.map(({ id }) => id)).toEqual(["gull"]);
  });

  test.each([
    ["a document in a wrong shape", '{"id":"x","deleted":false,"data":{"id":"x"}}'],
    ["a document that is none", '{"id":"x","deleted":false,"data":7}'],
    ["what more is said of a row", '{"id":"x","deleted":false,"data":{"id":"x"},"more":1}'],
    [
      "a document of a row that is deleted as well",
      '{"id":"x","deleted":false,"data":{"id":"x","title":"x"},"deleted":true}',
    ],
  ])("does not get %s in", async (_, line) => {
    const [head, ...rest] = server.snapshotLines("products");
    await expect(take([`${head}${line}\n${rest.join("")}`])).rejects.toThrow();
    expect(till.parts.replica.position("products")).toBeNull();
    expect((await till.parts.replica.ids("products")).has("x")).toBe(false);
  });

  test("tells those who watch what is new and what is gone", async () => {
    await take([text()]);
    server.books.putRaw("products", "tee", null);
    server.books.put("products", product("new"));
    const told = new Map<string, boolean>();
    till.parts.replica.watch("products", (changes) => {
      for (const { id, data } of changes) told.set(id, data !== null);
    });
    await take([text()]);
    expect(Object.fromEntries(told)).toEqual({ mug: true, gull: true, new: true, tee: false });
  });
});
