import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeServer } from "../testing/fake-server.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(() => till.close());

test("a till that has lost its replica counts only what the server does not have on top of the new one, not its sales of years", async () => {
  for (let sale = 0; sale < 3; sale += 1) await till.sell();
  await till.until(({ unsent }) => unsent === 0);
  await till.resting();
  server.goDown();
  const unsent = await till.sell();
  await till.stop();
  writeFileSync(join(till.folder, "replica-2.sqlite"), "x".repeat(10_000));
  await till.start();
  expect(till.parts.journal.pendingFor("stock")).toEqual([unsent]);
  expect(till.parts.journal.unsent()).toEqual([unsent]);
  server.comeBack();
  await till.tryingAgain(till.until((view) => view.unsent === 0 && view.firstSync === null));
  expect(await till.parts.replica.get("stock", "mug-v")).toMatchObject({ onHand: 8 });
  expect(till.parts.journal.pendingFor("stock")).toEqual([]);
});
