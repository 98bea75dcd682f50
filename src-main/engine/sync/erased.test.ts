import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { DEFAULT_PULL_LIMIT } from "#protocol/sync/replica.ts";
import { sealChanges } from "../customers/sealing.ts";
import { Damaged } from "../disk-trouble.ts";
import { MAIL_DRAFT } from "../personal-drafts.ts";
import type { SqliteInternals } from "../storage/instance.ts";
import { hurtPages, indexLeavesWith } from "../storage/testing/hurt-pages.ts";
import { FakeServer, NEVER, refusal } from "../testing/fake-server.ts";
import { filesWith as filesOf } from "../testing/files-with.ts";
import { sealedOnDisk } from "../testing/sealed-on-disk.ts";
import { POLL_MS, SyncedTill, stockedServer } from "../testing/synced-till.ts";
import { CALL_TIMEOUT_MS } from "./server-client.ts";

/** Names that stand nowhere but where they were written. */
const SECRET = "Zwiebelfisch-Quarkstrudel";
const OTHERS = 400;
const SECTOR_BYTES = 512;

let server: FakeServer;
let till: SyncedTill;
beforeEach(() => {
  server = stockedServer(new FakeServer());
  for (let number = 0; number < OTHERS; number += 1)
    server.books.put("customers", customer(`other-${number}`, `Anna ${number}`));
  server.books.put("customers", customer("erased", SECRET));
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

function customer(id: string, name: string, more: Partial<Customer> = {}): Customer {
  return {
    id: idOf<"Customer">(id),
    name,
    email: `${id}@${SECRET.toLowerCase()}.example`.slice(0, name === SECRET ? undefined : 10),
    phone: null,
    cardNumber: null,
    notes: name.repeat(12),
    ...more,
  };
}

/** Every file of the till's folder in which a text stands. */
const filesWith = (text: string): readonly string[] => filesOf(till.folder, text);

/** Of a customer's row on the disk, the beginning of what is sealed. */
const sealedOf = (id: string): string => sealedOnDisk(till.folder, [id])[0]!;

/** Where the index of ids names this customer there is nothing but zeros, in the whole sector. */
function hurtIndexAt(id: string): void {
  const path = join(till.folder, "replica-2.sqlite");
  const bytes = readFileSync(path);
  const leaves = [...indexLeavesWith(bytes, id)];
  expect(leaves).toHaveLength(1);
  for (const { from, until } of leaves) {
    const place = bytes.subarray(from, until).indexOf(id);
    const sector = from + place - (place % SECTOR_BYTES);
    bytes.fill(0, sector, sector + SECTOR_BYTES);
  }
  writeFileSync(path, bytes);
}

async function pulled(): Promise<void> {
  const asked = server.asksOf("replica", "customers").length;
  server.streams.wake("customers");
  await server.asked("replica", asked + 1, "customers");
  await till.resting();
}

describe("a customer whom HQ erases", () => {
  test("S129 is in no file of the till after its next sync, also where the profile had been changed and moved", async () => {
    till = await SyncedTill.upToDate(server);
    for (let change = 0; change < 5; change += 1) {
      server.books.put("customers", customer("erased", SECRET, { notes: SECRET.repeat(10 + 12 * change) }));
      server.books.put("customers", customer(`other-${change}`, "Ben", { notes: "b".repeat(900) }));
      await pulled();
    }
    // Whoever kept the key could read what is sealed: nothing of that may stay either.
    const sealed = sealedOf("erased");
    expect(filesWith(SECRET)).toEqual([]);
    expect(filesWith(sealed)).not.toEqual([]);
    server.books.putRaw("customers", "erased", null);
    await pulled();
    expect(filesWith(SECRET)).toEqual([]);
    expect(filesWith(sealed)).toEqual([]);
    expect(till.erased).toEqual(["erased"]);
    expect(await till.parts.replica.get("customers", "other-7")).not.toBeNull();
  });

  test("is gone as soon as it is told, also where nothing of what it reads next arrives", async () => {
    till = await SyncedTill.upToDate(server);
    await till.resting();
    server.books.putRaw("customers", "erased", null);
    server.answerAlways("replica", (ask) => (ask.name === "orders" ? NEVER(ask) : server.answer(ask)));
    const asked = server.asked("replica", server.asksOf("replica", "orders").length + 1, "orders");
    server.streams.wake("customers", "orders");
    await asked;
    expect(till.erased).toEqual(["erased"]);
    expect(filesWith(SECRET)).toEqual([]);
  });

  test("is gone as soon as it is told, also where the rest of what changed of customers does not arrive", async () => {
    till = await SyncedTill.upToDate(server);
    await till.resting();
    server.books.putRaw("customers", "erased", null);
    for (let number = 0; number <= DEFAULT_PULL_LIMIT; number += 1)
      server.books.putRaw("customers", `gone-${number}`, null);
    const before = server.asksOf("replica", "customers").length;
    server.answerAlways("replica", (ask) =>
      server.asksOf("replica", "customers").length > before + 1 ? NEVER(ask) : server.answer(ask),
    );
    const asked = server.asked("replica", before + 2, "customers");
    server.streams.wake("customers");
    await asked;
    expect(till.erased).toContain("erased");
    expect(filesWith(SECRET)).toEqual([]);
  });

  test("is gone also where the till was killed before it had cleared up", async () => {
    till = await SyncedTill.upToDate(server);
    await till.parts.replica.write("customers", [{ id: "erased", deleted: true }]);
    await till.restart();
    await till.until(({ link }) => link.state === "online");
    await till.resting();
    expect(filesWith(SECRET)).toEqual([]);
    expect(till.erased).toEqual(["erased"]);
  });

  test("takes along what lay beside the journal: nothing of a draft that was removed stays", async () => {
    till = await SyncedTill.upToDate(server);
    const { drafts } = till.parts;
    for (let number = 0; number < 30; number += 1)
      await drafts.put(`basket:${number}`, { text: "x".repeat(number * 50) });
    await drafts.put(`${MAIL_DRAFT}1`, { email: `${SECRET}@example.com` });
    await drafts.put(`${MAIL_DRAFT}1`, { email: `${SECRET}@example.com`, more: "y".repeat(3_000) });
    await drafts.remove(`${MAIL_DRAFT}1`);
    server.books.putRaw("customers", "erased", null);
    await pulled();
    expect(filesWith(SECRET)).toEqual([]);
    expect(await drafts.list("basket:")).toHaveLength(30);
    await drafts.put(`${MAIL_DRAFT}1`, { again: true });
    expect(await drafts.get(`${MAIL_DRAFT}1`)).toEqual({ again: true });
  });
});

describe("a customer whom HQ erases while a page of the till's replica is lost", () => {
  const file = (): string => join(till.folder, "replica-2.sqlite");

  /** The till runs on a replica that is hurt so, closed in order before, and hears of the erasing. Returns how the customer lay there. */
  async function erasedOn(hurt: (sealed: string) => void): Promise<string> {
    till = await SyncedTill.upToDate(server);
    const sealed = sealedOf("erased");
    await till.stop();
    hurt(sealed);
    await till.start();
    await till.until(({ link }) => link.state === "online");
    await till.resting();
    expect(till.view.records).toBeUndefined();
    server.books.putRaw("customers", "erased", null);
    server.streams.wake("customers");
    return sealed;
  }

  /** It is said that a restart throws it away, whoever keeps something of them lets go at once, and then nothing of them is left. */
  async function goesWithTheNextStart(sealed: string): Promise<void> {
    await till.until(({ records }) => records?.[0]?.state === "replica");
    await till.until(({ trouble }) => trouble === "storageDamaged");
    expect(till.erased).toContain("erased");
    await till.restart();
    expect(filesWith(sealed)).toEqual([]);
    await till.until(({ firstSync, link }) => firstSync === null && link.state === "online");
    expect((await till.parts.replica.ids("customers")).size).toBe(OTHERS);
    expect(filesWith(sealed)).toEqual([]);
    expect(till.view.records).toMatchObject([{ state: "readAnew" }]);
  }

  test("theirs", async () => {
    await goesWithTheNextStart(await erasedOn((sealed) => hurtPages(file(), sealed)));
  });

  test("another's", async () => {
    await goesWithTheNextStart(
      await erasedOn((sealed) => {
        const other = sealedOf("other-200");
        hurtPages(file(), other);
        expect(filesWith(sealed)).not.toEqual([]);
      }),
    );
  });

  test("another's, the log says nothing of them any more, and it is said again without being done again", async () => {
    till = await SyncedTill.upToDate(server);
    await till.stop();
    hurtPages(file(), sealedOf("other-200"));
    await till.start();
    await till.until(({ link }) => link.state === "online");
    await till.resting();
    server.books.put("customers", customer("erased", SECRET, { notes: SECRET.repeat(40) }));
    await pulled();
    const sealed = sealedOf("erased");
    expect(filesWith(sealed)).toContain(`${file()}-wal`);
    server.books.putRaw("customers", "erased", null);
    server.streams.wake("customers");
    await till.until(({ trouble }) => trouble === "storageDamaged");
    // In the file itself something may be left of them, beside what was written over them.
    expect(filesWith(sealed)).not.toContain(`${file()}-wal`);
    const asked = server.asksOf("replica", "customers").length;
    server.streams.wake("customers");
    await till.tryingAgain(server.asked("replica", asked + 1, "customers"));
    await till.backingOff();
    expect(till.erased).toEqual(["erased"]);
    expect(till.view.trouble).toBe("storageDamaged");
  });

  test("a sector within the index of ids, so that they are not found there", async () => {
    await goesWithTheNextStart(
      await erasedOn(() => {
        hurtIndexAt("erased");
      }),
    );
  });
});

describe("a customer whom HQ erases while a till is away, whose replica is thrown away before it hears of it", () => {
  const ELSEWHERE = idOf<"Customer">("elsewhere");

  /** The till keeps something of these customers, is away, and comes back with another replica. Resolves when that is whole and everything was done. */
  async function withAnotherReplica(...kept: readonly string[]): Promise<void> {
    till = await SyncedTill.upToDate(server);
    for (const id of kept) till.kept.add(idOf<"Customer">(id));
    server.goDown();
    await till.stop();
    server.books.putRaw("customers", "erased", null);
    writeFileSync(join(till.folder, "replica-2.sqlite"), "x".repeat(10_000));
    await till.start();
  }

  async function readAnew(): Promise<void> {
    server.comeBack();
    await till.tryingAgain(
      till.until(({ firstSync, link }) => firstSync === null && link.state === "online"),
    );
    await till.resting();
  }

  const askedFor = (): readonly string[] => server.asksOf("customers").map(({ name }) => name);

  async function untilNobodyIsAskedFor(): Promise<void> {
    for (let asked = -1; asked < askedFor().length; await till.resting()) {
      asked = askedFor().length;
      till.timers.pass(POLL_MS);
      // It asks for something else first.
      await server.asked("replica", server.asksOf("replica").length + 1);
      expect(new Set(askedFor()).size).toBe(askedFor().length);
    }
  }

  test("S129a is erased there as well, with everybody else still there, and nobody is asked for again after a restart", async () => {
    await withAnotherReplica("other-1", "erased");
    await readAnew();
    expect(till.erased).toEqual(["erased"]);
    expect(askedFor()).toEqual(["erased"]);
    till.kept.add(ELSEWHERE);
    await till.restart();
    await till.until(({ link }) => link.state === "online");
    await till.resting();
    expect(askedFor()).toEqual(["erased"]);
  });

  test("S129a is no other whom its store does not hold, nor one who was registered there and not told of yet", async () => {
    server.customersElsewhere.set(ELSEWHERE, customer(ELSEWHERE, "Cem"));
    await withAnotherReplica(ELSEWHERE, "registered-here");
    const takesNothing = {
      ok: false,
      reason: "malformed",
      atSeq: 2,
      acknowledged: 1,
      headHash: "0".repeat(64),
      serverTime: server.clock.now(),
    };
    server.answerAlways("journal", () => Response.json(takesNothing));
    await till.parts.journal.append({
      staff: null,
      makeFact: () => ({
        type: "customer.registered",
        customer: idOf<"Customer">("registered-here"),
        sealed: "x".repeat(60),
      }),
    });
    await readAnew();
    expect(till.erased).toEqual([]);
    expect(askedFor()).toEqual([ELSEWHERE]);
  });

  test("S129a is found out later where the server would not say, or did not answer", async () => {
    await withAnotherReplica("erased");
    server.answerAlways("customers", () => refusal(429, "tooManyRequests"));
    await readAnew();
    expect(askedFor()).not.toEqual([]);
    expect(till.erased).toEqual([]);
    server.answerAlways("customers", NEVER);
    const asked = askedFor().length;
    till.timers.pass(POLL_MS);
    await server.asked("customers", asked + 1);
    server.answerAlways("customers", null);
    till.timers.pass(CALL_TIMEOUT_MS);
    await till.tryingAgain(server.asked("customers", asked + 2));
    await till.resting();
    expect(till.erased).toEqual(["erased"]);
  });

  test("S129a is asked for with few others at a time", async () => {
    const others = Array.from({ length: 45 }, (_, number) => `far-${number}`);
    for (const id of others) server.customersElsewhere.set(id, customer(id, "Dora"));
    await withAnotherReplica(...others, "erased");
    await readAnew();
    await untilNobodyIsAskedFor();
    expect(askedFor()).toEqual([...others, "erased"]);
    expect(till.erased).toEqual(["erased"]);
    const together = server.asks.map(({ call }) => (call === "customers" ? "c" : " ")).join("");
    expect(together.split(/ +/).filter((run) => run.length > 10)).toEqual([]);
  });

  test("S129a is asked for once where something of them stays, for they are part of another profile by now", async () => {
    const merged = Array.from({ length: 25 }, (_, number) => `merged-${number}`);
    await withAnotherReplica(...merged);
    vi.spyOn(till.kept, "delete").mockReturnValue(false);
    await readAnew();
    await untilNobodyIsAskedFor();
    expect(askedFor()).toEqual(merged);
  });
});

describe("a journal's database that was hurt and set aside", () => {
  /** A mail waits, and is in the database that is set aside at the next start. Returns how it lies there. */
  async function setAside(): Promise<string> {
    till = await SyncedTill.upToDate(server);
    await till.sell();
    await till.parts.drafts.put(`${MAIL_DRAFT}1`, { email: `${SECRET}@example.com` });
    await till.stop();
    const database = new DatabaseSync(join(till.folder, "journal.sqlite"));
    const [row] = database.prepare(`SELECT data FROM "journal/drafts/0" WHERE id = '${MAIL_DRAFT}1'`).all();
    database.exec(`DELETE FROM "journal/journal/0" WHERE id LIKE '%01'`);
    database.close();
    await till.start();
    const { value } = z.object({ value: z.string() }).parse(JSON.parse(String(row?.data)));
    expect(await till.parts.drafts.get(`${MAIL_DRAFT}1`)).toEqual({ email: `${SECRET}@example.com` });
    expect(filesWith(value).filter((file) => file.includes("set-aside"))).toHaveLength(1);
    return value;
  }

  test("goes with whom HQ erases", async () => {
    const sealed = await setAside();
    await till.until(({ link }) => link.state === "online");
    await till.parts.drafts.remove(`${MAIL_DRAFT}1`);
    server.books.putRaw("customers", "erased", null);
    await pulled();
    expect(filesWith(sealed)).toEqual([]);
  });

  test("goes also where nothing can be written anew in the one that is open", async () => {
    const sealed = await setAside();
    const { drafts } = till.parts.stored.journal.database.collections;
    vi.spyOn(drafts?.storageInstance.internals as SqliteInternals, "scrub").mockImplementation(() => {
      throw new Damaged("a page is lost");
    });
    await till.parts.drafts.remove(`${MAIL_DRAFT}1`);
    await expect(till.parts.scrubDrafts()).rejects.toThrow("a page is lost");
    expect(filesWith(sealed).filter((path) => path.includes("set-aside"))).toEqual([]);
  });

  test("goes where HQ revokes the till", async () => {
    const sealed = await setAside();
    await till.until(({ link }) => link.state === "online");
    await till.resting();
    server.refusing = { status: 403, reason: "deviceRevoked" };
    server.streams.end();
    till.timers.pass(60_000);
    await till.until(({ firstSync }) => firstSync !== null);
    expect(filesWith(sealed)).toEqual([]);
  });
});

describe("what a till says of a customer", () => {
  test("S120 S121 goes to the server sealed, its key beside it, and the key is forgotten once the feed has it", async () => {
    till = await SyncedTill.upToDate(server);
    const { customerKeys, journal, drafts } = till.parts;
    const entry = idOf<"Entry">("entry-of-anna");
    const who = idOf<"Customer">("new");
    const seal = await customerKeys.make({
      entry,
      customer: who,
      randomBytes: (count) => new Uint8Array(count).fill(7),
    });
    const sealed = sealChanges(seal, { name: SECRET });
    await journal.append({
      id: entry,
      staff: null,
      makeFact: () => ({ type: "customer.registered", customer: who, sealed }),
    });
    customerKeys.written(entry);
    await till.until(({ unsent }) => unsent === 0);
    const { body } = server.asksOf("journal").at(-1) ?? {};
    expect(body).toMatchObject({ keys: [seal], entries: [{ id: entry, fact: { customer: who, sealed } }] });
    await till.resting();
    await pulled();
    expect(await drafts.list("customerKey:")).toEqual([]);
    const sale = await till.sell();
    await till.until(({ unsent }) => unsent === 0);
    const last = server.asksOf("journal").at(-1)?.body;
    expect(last).toMatchObject({ entries: [{ id: sale.id }] });
    expect(last).not.toHaveProperty("keys");
  });
});
