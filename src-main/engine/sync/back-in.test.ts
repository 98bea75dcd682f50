import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Pairing } from "#domain/store/letting-in.ts";
import { letInRequestSchema } from "#protocol/sync/letting-in.ts";
import { JOURNAL_FILE } from "../database.ts";
import { COPY_FILE } from "../journal/second-copy.ts";
import { FakeServer, refusal } from "../testing/fake-server.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(() => {
  server = stockedServer(new FakeServer());
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const sent = () => till.until(({ unsent }) => unsent === 0);

/** The server goes back to a time before this till was paired. */
function goBack(): void {
  server.forgotTill = true;
  server.books.forgetTill();
  server.streams.cut();
}

describe("S4c a till that its server does not know any more", () => {
  test("shows its certificate, is let in, says so, and sends all that it ever wrote", async () => {
    till = await SyncedTill.upToDate(server);
    const sales = [await till.sell(), await till.sell()];
    await sent();
    const pushes = server.asksOf("journal").length;
    goBack();
    till.sync.syncNow();
    await till.tryingAgain(
      till.until(({ letInAt, link }) => letInAt !== undefined && link.state === "online"),
    );
    await till.tryingAgain(server.asked("journal", pushes + 1));
    await sent();
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
    expect(till.view.trouble).toBeNull();
    expect(till.parts.journal.head.epoch).toBe(1);
    const [ask] = server.asksOf("let-in");
    expect(letInRequestSchema.parse(ask?.body).certificate).toBe("pairing.signed");
  });

  test("sells on meanwhile, and what it sold then is booked with the rest", async () => {
    till = await SyncedTill.upToDate(server);
    const sales = [await till.sell()];
    await sent();
    server.goDown();
    sales.push(await till.sell());
    goBack();
    server.comeBack();
    sales.push(await till.sell());
    await till.tryingAgain(till.until(({ letInAt, unsent }) => letInAt !== undefined && unsent === 0));
    await till.tryingAgain(sent());
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
  });

  test("that was in a later epoch tells what it told in all of them, in the next one", async () => {
    till = await SyncedTill.upToDate(server);
    const sales = [await till.sell()];
    await sent();
    server.answerNext("journal", () =>
      Response.json({
        ok: false,
        reason: "wrongEpoch",
        atSeq: 3,
        acknowledged: 2,
        headHash: "0".repeat(64),
        serverTime: server.clock.now(),
      }),
    );
    sales.push(await till.sell());
    await sent();
    expect(till.parts.journal.head.epoch).toBe(2);
    goBack();
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ letInAt, unsent }) => letInAt !== undefined && unsent === 0));
    await till.tryingAgain(sent());
    expect(new Set(server.books.sales)).toEqual(new Set(sales.map(({ id }) => id)));
    expect(server.books.sales).toHaveLength(2);
  });

  test("whose number is another's sends what it has to be kept aside, and is out of service", async () => {
    till = await SyncedTill.upToDate(server);
    const sales = [await till.sell()];
    await sent();
    goBack();
    server.letsInAs = "aside";
    for (const call of ["replica", "snapshot", "changes"] as const)
      server.answerAlways(call, () =>
        server.forgotTill ? refusal(401, "unauthorised") : refusal(403, "deviceRevoked"),
      );
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "deviceRevoked"));
    await till.tryingAgain(sent());
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
    expect(till.view.letInAt).toBeUndefined();
  });

  test.each([
    ["whose shop is another one", () => refusal(403, "forbidden")],
    ["by a server of before there was that", () => refusal(404, "notFound")],
  ])("and that is not let in, %s, says so in words, sells on and keeps everything", async (_, answer) => {
    till = await SyncedTill.upToDate(server);
    await till.sell();
    await sent();
    goBack();
    server.answerAlways("let-in", answer);
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "notKnown"));
    await till.sell();
    expect(till.view).toMatchObject({ link: { state: "offline" } });
    expect(till.view.unsent).toBeGreaterThan(0);
    // It is another server's mistake, or was mended: the till comes in as soon as it may.
    server.answerAlways("let-in", null);
    await till.tryingAgain(till.until(({ trouble, unsent }) => trouble === null && unsent === 0));
    expect(server.books.sales).toHaveLength(2);
  });

  test("whose store is not known either says so, and in other words once that is so", async () => {
    till = await SyncedTill.upToDate(server);
    await till.sell();
    await sent();
    goBack();
    server.answerAlways("let-in", () => refusal(403, "forbidden", ["storeUnknown"]));
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "storeNotKnown"));
    await till.sell();
    server.answerAlways("let-in", () => refusal(403, "forbidden", ["notOurs"]));
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "notKnown"));
    server.answerAlways("let-in", null);
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ trouble, unsent }) => trouble === null && unsent === 0));
    expect(server.books.sales).toHaveLength(2);
  });

  test("and that HQ has revoked is told so", async () => {
    till = await SyncedTill.upToDate(server);
    goBack();
    server.answerAlways("let-in", () => refusal(403, "deviceRevoked"));
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "deviceRevoked"));
  });

  // Its store coming back would not help it: it is not told that it can sell on.
  test.each(["journalLost", "storeUnknown"])(
    "and that has lost its journal says so as it asks, and that it is to be paired anew, whatever keeps it out (%s)",
    async (why) => {
      till = await SyncedTill.upToDate(server);
      await till.sell();
      await sent();
      await till.stop();
      for (const file of [JOURNAL_FILE, `${JOURNAL_FILE}-wal`, `${JOURNAL_FILE}-shm`, COPY_FILE])
        rmSync(join(till.folder, file), { force: true });
      goBack();
      server.answerAlways("let-in", () => refusal(403, "forbidden", [why]));
      await till.start();
      await till.tryingAgain(till.until(({ trouble }) => trouble === "pairAnew"));
      expect(letInRequestSchema.parse(server.asksOf("let-in")[0]?.body).lost).toBe(true);
    },
  );
});

describe("S4c the certificate of a till", () => {
  test("is asked for once, and kept", async () => {
    till = await SyncedTill.upToDate(server);
    await till.restart();
    await till.resting();
    expect(server.asksOf("certificate")).toHaveLength(1);
    expect(till.parts.identity.certificate()).toBe("pairing.signed");
  });

  test("of before it said the store's code is asked for once more, and at the next start only if it says none still", async () => {
    const of = (storeCode: Partial<Pairing>) => {
      const pairing = {
        ...{
          device: "till",
          store: "store",
          register: 1,
          name: "Till",
          publicKey: "key",
          since: 1,
          server: "key",
        },
        ...storeCode,
      };
      return `${Buffer.from(JSON.stringify(pairing), "utf8").toString("base64url")}.signed`;
    };
    server.certificate = of({});
    till = await SyncedTill.upToDate(server);
    const restarted = async () => {
      await till.restart();
      await till.resting();
      return server.asksOf("certificate").length;
    };
    expect(await restarted()).toBe(2);
    server.certificate = of({ storeCode: "BER1" });
    expect(await restarted()).toBe(3);
    expect(till.parts.identity.certificate()).toBe(server.certificate);
    expect(await restarted()).toBe(3);
  });

  test("that is not given keeps nobody from hearing that HQ revoked the till", async () => {
    server.certificate = null;
    till = await SyncedTill.upToDate(server);
    server.certificate = "pairing.signed";
    await till.stop();
    for (const call of ["certificate", "newer", "replica", "changes", "journal"] as const)
      server.answerAlways(call, () => refusal(403, "deviceRevoked"));
    await till.start();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "deviceRevoked"));
    await till.tryingAgain(till.until(({ firstSync }) => firstSync !== null));
    expect(till.parts.replica.complete).toBe(false);
  });

  test("comes to a till that was paired before there were any, as soon as its server writes them", async () => {
    server.certificate = null;
    till = await SyncedTill.upToDate(server);
    expect(till.parts.identity.certificate()).toBeNull();
    expect(server.asksOf("certificate")).toHaveLength(1);
    server.certificate = "pairing.signed";
    await till.restart();
    await till.resting();
    expect(till.parts.identity.certificate()).toBe("pairing.signed");
  });
});
