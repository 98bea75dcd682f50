import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import type { ReplicaRow } from "#protocol/sync/replica.ts";
import { openReplicaDatabase, type ReplicaDatabase } from "../database.ts";
import { newKeys } from "../testing/new-keys.ts";
import { JOHANNA, MIRA, product, SETTINGS, settingsWith } from "../testing/shop-fixture.ts";
import { DiskReplica, type Position } from "./replica.ts";

const keys = newKeys();
let folder: string;
let database: ReplicaDatabase;
let replica: DiskReplica;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-replica-"));
  await open();
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<void> {
  database = await openReplicaDatabase(folder);
  replica = await DiskReplica.open(database, keys);
}

async function restart(): Promise<void> {
  await database.close();
  await open();
}

function written(...documents: readonly { readonly id: string }[]): readonly ReplicaRow[] {
  return documents.map((data) => ({ id: data.id, deleted: false, data }));
}

function deleted(...ids: readonly string[]): readonly ReplicaRow[] {
  return ids.map((id) => ({ id, deleted: true }));
}

function position(seq: number, checkpoint = `@${seq}`): Position {
  return { checkpoint, applied: { epoch: 1, seq }, complete: true };
}

function articles(count: number): readonly ReturnType<typeof product>[] {
  return Array.from({ length: count }, (_, index) => product(`article-${String(index).padStart(4, "0")}`));
}

async function scanned(collection: ReplicaCollection): Promise<readonly { readonly id: string }[]> {
  const all: { readonly id: string }[] = [];
  for await (const chunk of replica.scan(collection)) all.push(...chunk);
  return all;
}

describe("what the server sent", () => {
  test("is found again as it was, over a restart, and what was never sent is not", async () => {
    await replica.write("products", written(product("mug"), product("tee")), position(1));
    await restart();
    expect(await replica.get("products", "mug")).toEqual(product("mug"));
    expect(await replica.get("products", "none")).toBeNull();
    expect(replica.position("products")).toEqual(position(1));
    expect(replica.position("prices")).toBeNull();
  });

  test("is not said to be reached where the disk did not take it, and is written the next time", async () => {
    replica.reach(new Map([["stock", position(1)]]));
    const { connection } = database.positions.internals;
    connection.database.exec("PRAGMA query_only = ON");
    expect(() => replica.reach(new Map([["stock", position(2)]]))).toThrow();
    expect(replica.position("stock")).toEqual(position(1));
    connection.database.exec("PRAGMA query_only = OFF");
    replica.reach(new Map([["stock", position(2)]]));
    await restart();
    expect(replica.position("stock")).toEqual(position(2));
  });

  test("takes the place of what it had sent before", async () => {
    await replica.write("products", written(product("mug", { title: "old" })));
    await replica.write("products", written(product("mug", { title: "new" })));
    expect(await replica.get("products", "mug")).toMatchObject({ title: "new" });
    expect(await scanned("products")).toHaveLength(1);
  });

  test("S33 is gone when it was deleted, also what the till had never seen, and comes back when it is sent again", async () => {
    await replica.write("products", written(product("mug")));
    await replica.write("products", deleted("mug", "never-seen"));
    expect(await replica.get("products", "mug")).toBeNull();
    expect(await scanned("products")).toEqual([]);
    expect((await replica.ids("products")).size).toBe(0);
    await replica.write("products", written(product("mug", { title: "back" })));
    expect(await scanned("products")).toEqual([product("mug", { title: "back" })]);
  });

  test("is not taken in when it is not of the collection's shape, and nothing that came in its chunk is", async () => {
    const rows = [...written(product("mug")), { id: "bad", deleted: false, data: { id: "bad" } } as const];
    await expect(replica.write("products", rows, position(1))).rejects.toThrow();
    expect(await scanned("products")).toEqual([]);
    expect(replica.position("products")).toBeNull();
  });

  test("as settings and staff is there at once, and right after a start without any network", async () => {
    await replica.write("settings", written(SETTINGS));
    await replica.write("staff", written(MIRA, JOHANNA));
    await replica.write("settings", written(settingsWith({ name: "Neukölln" })));
    await replica.write("staff", deleted(JOHANNA.id));
    for (const start of [async () => undefined, restart]) {
      await start();
      expect(replica.settings()?.name).toBe("Neukölln");
      expect(replica.staff()).toEqual([MIRA]);
    }
  });
});

describe("whoever watches", () => {
  test("is told of each change once, after it can be read, and no more when it has stopped", async () => {
    const told: unknown[] = [];
    const stop = replica.watch("products", (changes) => {
      told.push(...changes.map(({ id, data }) => [id, data?.title ?? null]));
    });
    await replica.write("products", written(product("mug")));
    await replica.write("products", deleted("mug"));
    await replica.write("prices", []);
    stop();
    await replica.write("products", written(product("tee")));
    expect(told).toEqual([
      ["mug", "mug"],
      ["mug", null],
    ]);
  });

  test("S35 finds how far the till's own sales are contained already as far as the news it is told: no sale counts twice in between", async () => {
    const seen: unknown[] = [];
    replica.watch("stock", () => seen.push(replica.appliedOf("stock")));
    const level = { id: "mug-v", store: SETTINGS.store, variant: "mug-v", onHand: 3 };
    await replica.write("stock", written(level), position(7));
    expect(seen).toEqual([{ epoch: 1, seq: 7 }]);
  });

  test("S35 but is not told so before the last piece of it is there", async () => {
    const seen: number[] = [];
    replica.watch("products", () => seen.push(replica.appliedOf("products").seq));
    await replica.write("products", written(...articles(500)), position(7));
    expect(seen).toEqual([0, 0, 7]);
  });
});

describe("reading the whole of a collection", () => {
  test("brings each document once, in the order of ids, in chunks between which the till can do other things", async () => {
    await replica.write("products", written(...articles(1_200)));
    await replica.write("products", deleted("article-0001"));
    await replica.write("products", written(product("article-0000", { title: "changed" })));
    const chunks: number[] = [];
    const all: string[] = [];
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (chunks.length < 3) setImmediate(count);
    };
    setImmediate(count);
    for await (const chunk of replica.scan("products")) {
      chunks.push(chunk.length);
      all.push(...chunk.map(({ id }) => id));
    }
    expect(chunks.length).toBe(3);
    expect(turns).toBeGreaterThanOrEqual(2);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(1_199);
    expect(all).toEqual(all.toSorted());
  });

  test("finds the documents that hold a text, as it is written, and not those that are gone", async () => {
    await replica.write("products", written(product("mug"), product("tee"), product("cap")));
    await replica.write("products", deleted("cap"));
    const found = async (text: string) => (await replica.mentioning("products", text))?.map(({ id }) => id);
    expect(await found('"mug-v"')).toEqual(["mug"]);
    expect(await found('"cap"')).toEqual([]);
    expect(await found("MUG-V")).toEqual([]);
    await replica.write("products", written(product("odd", { title: "A [*] star? (100 %)" })));
    for (const text of ['"A [*] star? (100 %)"', "[*", "*", "?", "]", "0 %", '"'])
      expect(await found(text)).toContain("odd");
    for (const text of ["[*] star! (", "st?r", "A*star", '"[*]']) expect(await found(text)).toEqual([]);
    const behind = await replica.mentioning("products", '-v"', { after: "mug" });
    expect(behind?.map(({ id }) => id)).toEqual(["tee", "odd"]);
    await replica.write("products", written(...articles(250)));
    expect(await found("article")).toBeUndefined();
  });

  test("finds the documents whose ids begin with a text, in the order of ids, and not those that are gone", async () => {
    await replica.write("products", written(...["b", "ab", "a", "a:1", "c"].map((id) => product(id))));
    await replica.write("products", deleted("ab"));
    const found = async (text: string) => (await replica.beginning("products", text)).map(({ id }) => id);
    expect(await found("a")).toEqual(["a", "a:1"]);
    expect(await found("c")).toEqual(["c"]);
    expect(await found("d")).toEqual([]);
  });

  test("while HQ's changes come in misses none of them for whoever watches as well", async () => {
    await replica.write("products", written(...articles(1_500)));
    const newest = new Map<string, string>();
    const told = new Set<string>();
    replica.watch("products", (changes) => {
      for (const { id, data } of changes) {
        told.add(id);
        newest.set(id, data?.title ?? "");
      }
    });
    let round = 0;
    for await (const chunk of replica.scan("products")) {
      for (const { id, title } of chunk) if (!told.has(id)) newest.set(id, title);
      round += 1;
      if (round <= 3)
        await replica.write(
          "products",
          written(
            ...articles(1_500)
              .slice(0, 100)
              .map(({ id }) => product(id, { title: `round ${round}` })),
            product(`new-${round}`),
          ),
        );
    }
    expect(newest.size).toBe(1_503);
    for (const { id } of articles(100)) expect(newest.get(id)).toBe("round 3");
  });
});

test("what was pulled is written back into the file in a quiet moment, also where nothing is sold", async () => {
  const isInFile = (id: string) => readFileSync(join(folder, "replica-2.sqlite")).includes(id);
  const tidied = vi.spyOn(database, "tidy");
  for (const article of articles(45)) {
    await replica.write("products", written(article));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isInFile("article-0020")).toBe(true);
  // Not with every pull: each time it waits for the disk.
  expect(tidied.mock.results.filter(({ value }) => value === true).length).toBeLessThan(5);
});

describe("how far a collection has come", () => {
  test("is noted after the documents: a till killed in between pulls them again, and misses none", async () => {
    await replica.write("products", written(product("mug")), position(1));
    await replica.write("products", written(product("tee")));
    await restart();
    expect(replica.position("products")).toEqual(position(1));
    expect((await replica.ids("products")).size).toBe(2);
  });

  test("over all is as far as the collection that is furthest behind, by epoch first", async () => {
    expect(replica.appliedEverywhere()).toEqual({ epoch: 0, seq: 0 });
    for (const collection of REPLICA_COLLECTIONS)
      await replica.write(collection, [], { ...position(9), applied: { epoch: 2, seq: 1 } });
    await replica.write("stock", [], position(50));
    expect(replica.appliedEverywhere()).toEqual({ epoch: 1, seq: 50 });
    expect(replica.complete).toBe(true);
  });

  test("S34 begins anew without throwing away what is there: yesterday's prices are better than none", async () => {
    await replica.write("products", written(product("mug")), position(5));
    await replica.startOver("products");
    await restart();
    expect(replica.position("products")).toEqual({
      checkpoint: "",
      applied: { epoch: 1, seq: 5 },
      complete: false,
    });
    expect(await replica.get("products", "mug")).toEqual(product("mug"));
  });
});

describe("S5 a wiped replica", () => {
  const holding = (text: string): readonly string[] =>
    readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(text));

  test("has nothing left, deleted documents included, and takes a first sync again", async () => {
    await replica.write("settings", written(SETTINGS), position(1));
    await replica.write("staff", written(MIRA), position(1));
    await replica.write("products", written(...articles(700)), position(1));
    await replica.write("products", deleted("article-0001"));
    const gone: string[] = [];
    replica.watch("staff", (changes) => gone.push(...changes.map(({ id }) => id)));
    await replica.wipe();
    for (const start of [async () => undefined, restart]) {
      await start();
      expect(replica.settings()).toBeNull();
      expect(replica.staff()).toEqual([]);
      for (const collection of REPLICA_COLLECTIONS) {
        const left = await database.collections[collection].getChangedDocumentsSince?.(10, undefined);
        expect(left?.documents, collection).toEqual([]);
        expect(replica.position(collection)?.complete, collection).toBe(false);
      }
    }
    expect(gone).toEqual([MIRA.id]);
  });

  test("is told of to whoever watches also where nothing of them can be read any more", async () => {
    await replica.write("settings", written(SETTINGS), position(1));
    await replica.write("staff", written(MIRA, JOHANNA), position(1));
    database.positions.internals.connection.database.exec(
      `DELETE FROM "replica/staff/0"; DELETE FROM "replica/settings/0";`,
    );
    const gone: string[] = [];
    for (const collection of ["settings", "staff"] as const)
      replica.watch(collection, (changes) => gone.push(...changes.map(({ id }) => id)));
    await replica.wipe();
    expect(gone.sort()).toEqual([SETTINGS.id, MIRA.id, JOHANNA.id].sort());
  });

  test("is empty, and one in which something lies is not, also where none of it is complete yet", async () => {
    expect(replica.isEmpty()).toBe(true);
    await replica.write("customers", deleted("anna"));
    expect(replica.isEmpty()).toBe(false);
    await replica.wipe();
    expect(replica.isEmpty()).toBe(true);
  });

  test("has left no name, number or price in the files for whoever finds or takes the till", async () => {
    const secret = "Möwenbein-Teetasse";
    await replica.write("products", written(product("secret", { title: secret })));
    await replica.write("products", written(...articles(700)), position(1));
    expect(holding(secret)).not.toEqual([]);
    await replica.wipe();
    expect(holding(secret)).toEqual([]);
    await restart();
    expect(holding(secret)).toEqual([]);
  });

  test("has left nothing of a document that makes no sense either", async () => {
    await replica.write("products", written(product("hurt"), product("mug")));
    database.positions.internals.connection.database.exec(
      `UPDATE "replica/products/0" SET data = '{"id":"hurt","Möwenbein' WHERE id = 'hurt'`,
    );
    expect(holding("Möwenbein")).not.toEqual([]);
    await replica.wipe();
    expect(holding("Möwenbein")).toEqual([]);
    expect((await replica.ids("products")).size).toBe(0);
  });
});
