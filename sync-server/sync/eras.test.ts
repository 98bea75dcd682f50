import { afterEach, beforeEach, expect, test } from "vitest";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, POT, TEA } from "../testing/shop.ts";
import { beginEra, EraEnds } from "./eras.ts";

let server: ServerForTests;
let till: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  till = await server.pair(BERLIN);
});
afterEach(() => server.close());

async function pull(after = "") {
  const ask = {
    device: await till.record(),
    store: BERLIN,
    collection: "products",
    after,
    limit: 100,
  } as const;
  const pulled = await server.pull(ask);
  return pulled.ok ? pulled.value.checkpoint : pulled.reason;
}

test("S34 a checkpoint of a time that this server does not know of is expired, however far its feeds have come again", async () => {
  await beginEra({ storage: server.storage, now: server.clock.now });
  await server.stockUp([TEA], 1);
  const known = await pull();
  const unknown = `${known.split(".era=")[0]}.era=42`;
  expect(await pull(unknown)).toBe("checkpointExpired");
  expect(await pull(known)).toBe(known);
});

test("S34 a checkpoint from beyond the end of its era is expired once the feeds have come that far again", async () => {
  await beginEra({ storage: server.storage, now: server.clock.now });
  await server.stockUp([TEA], 1);
  const [feed = "", era = ""] = (await pull()).split("&");
  const seq = Number(feed.split("=")[1]);
  // What the tills had read of the same era when the backup was put back: two articles more.
  const ahead = `catalog=${seq + 2}&${era}`;
  await beginEra({ storage: server.storage, now: server.clock.now });
  await server.stockUp([CUP, POT], 1);
  expect(await pull(ahead)).toBe("checkpointExpired");
  expect(await pull(`${feed}&${era}`)).toMatch(/^catalog=\d+&\.era=\d+$/);
});

test("a checkpoint from before there were eras holds", async () => {
  await server.stockUp([TEA], 1);
  const before = await pull();
  expect(before).toMatch(/^catalog=\d+$/);
  await beginEra({ storage: server.storage, now: server.clock.now });
  expect(await pull(before)).toMatch(/^catalog=\d+&\.era=\d+$/);
});

test("the end of an era is looked up once for as long as no other begins", async () => {
  const ends = new EraEnds();
  const looked: string[] = [];
  const ended = new Map([["catalog", 3]]);
  const tx = {
    newestEra: async () => "now",
    endOfEra: async (era: string) => {
      looked.push(era);
      return era === "unknown" ? ("unknown" as const) : ended;
    },
  };
  for (const now of ["three", "three", "four"])
    expect(await ends.endOf(tx, { era: "two", now })).toEqual(ended);
  expect(looked).toEqual(["two", "two"]);
  for (const _ of [1, 2]) expect(await ends.endOf(tx, { era: "unknown", now: "four" })).toBe("unknown");
  expect(looked).toEqual(["two", "two", "unknown", "unknown"]);
  for (let era = 0; era < 40; era += 1) await ends.endOf(tx, { era: String(era), now: "four" });
  expect(looked).toHaveLength(44);
});
