import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diskTroubleOf } from "../disk-trouble.ts";
import { FakeServer } from "../testing/fake-server.ts";
import { MUG, price } from "../testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(() => till.close());

function sqliteError(errcode: number): Error {
  return Object.assign(new Error("the disk says no"), { code: "ERR_SQLITE_ERROR", errcode });
}

/** From now on the replica cannot be written; returns what repairs it. */
function breakReplica(error: Error): () => void {
  const { replica } = till.parts;
  const write = replica.write.bind(replica);
  replica.write = () => Promise.reject(error);
  return () => {
    replica.write = write;
  };
}

describe("a till whose disk", () => {
  test.each([
    ["is full", 13, "diskFull"],
    ["has a damaged file", 11, "storageDamaged"],
    ["has a damaged index", 779, "storageDamaged"],
    ["holds a file that is no database", 26, "storageDamaged"],
    ["cannot be read", 266, "storageDamaged"],
  ] as const)(
    "%s while it pulls says so, keeps selling, stays online, and is well again once it can be written",
    async (_, errcode, trouble) => {
      const repair = breakReplica(sqliteError(errcode));
      server.books.put("prices", price(MUG, 999));
      server.streams.wake("prices");
      await till.until((view) => view.trouble === trouble);
      await till.sell();
      await till.until(({ unsent, link }) => unsent === 0 && link.state === "online");
      repair();
      await till.tryingAgain(till.until((view) => view.trouble === null));
      expect(await till.parts.replica.get("prices", `retail:${MUG}`)).toMatchObject({
        amount: { minor: 999 },
      });
      expect(till.defects).toEqual([]);
    },
  );

  test("has a defect that it cannot name has it reported, and is tried again", async () => {
    server.knowsPages = false;
    const odd = new Error("odd");
    const repair = breakReplica(odd);
    server.books.put("prices", price(MUG, 999));
    server.streams.wake("prices");
    await till.backingOff();
    expect(till.defects).toContain(odd);
    expect(till.view.trouble).toBeNull();
    repair();
    const asked = server.asksOf("replica", "prices").length;
    await till.tryingAgain(server.asked("replica", asked + 1, "prices"));
  });

  test("and whose server refuse it says the worse of the two first", async () => {
    const repair = breakReplica(sqliteError(13));
    server.books.put("prices", price(MUG, 999));
    server.streams.wake("prices");
    await till.until(({ trouble }) => trouble === "diskFull");
    server.refusing = { status: 426, reason: "protocolTooOld" };
    await till.sell();
    await till.until(({ link }) => link.state === "offline");
    expect(till.view.trouble).toBe("diskFull");
    repair();
    server.refusing = null;
    await till.sell();
    await till.tryingAgain(till.until(({ trouble, unsent }) => trouble === null && unsent === 0));
  });
});

test("a failure is the disk's when the system or SQLite says so, and nobody's otherwise", () => {
  expect(diskTroubleOf(Object.assign(new Error(), { code: "ENOSPC" }))).toBe("diskFull");
  expect(diskTroubleOf(Object.assign(new Error(), { code: "EIO" }))).toBe("storageDamaged");
  // Opening a database makes room for what processes share of it: on a full disk that is what fails first.
  expect(diskTroubleOf(sqliteError(4_874))).toBe("diskFull");
  for (const other of [new Error("odd"), sqliteError(5), null, undefined, "full", { errcode: "13" }])
    expect(diskTroubleOf(other)).toBeNull();
});
