import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "@playwright/test";
import { allow } from "./harness/allow.ts";
import { plainArticles } from "./harness/articles.ts";
import { Cashier } from "./harness/cashier.ts";
import { type Chain, expect, type Till, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

const SALES = 3;
const DATABASE = ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"];

function remove(folder: string, files: readonly string[]): void {
  for (const file of files) rmSync(join(folder, file), { force: true });
}

async function sellSome(cashier: Cashier, gtin: string): Promise<void> {
  for (let sale = 0; sale < SALES; sale += 1) await cashier.sellOne(gtin);
}

/** Makes the entry of a receipt unreadable in both copies of a till that is off. */
function hurtReceipt(folder: string, number: string): void {
  const path = join(folder, "journal.lines");
  const lines = readFileSync(path, "latin1").split("\n");
  const at = lines.findIndex((line) => line.includes(`"number":"${number}"`));
  const id = lines[at]!.split(" ")[2]!;
  lines[at] = lines[at]!.replace('"number":', '"nu#ber":');
  writeFileSync(path, lines.join("\n"), "latin1");
  const database = new DatabaseSync(join(folder, DATABASE[0]!));
  database.prepare(`UPDATE "journal/journal/0" SET data = '{}' WHERE id = ?`).run(id);
  database.close();
}

/** A till all of whose sales the server has. */
async function soldOnline(chain: Chain, page: Page) {
  const { till, cashier } = await openRegister(chain, page);
  const [{ gtin }] = await plainArticles(chain);
  await sellSome(cashier, gtin);
  await expect.poll(() => numbers(chain)).toEqual(upTo(SALES));
  return { till, cashier, gtin };
}

/** A till that has sold while the server was down, and is switched off. */
async function soldOffline(
  chain: Chain,
  page: Page,
): Promise<{ readonly till: Till; readonly gtin: string }> {
  const { till, cashier } = await openRegister(chain, page);
  const [{ gtin }] = await plainArticles(chain);
  await expect(cashier.sync()).toHaveText("Online");
  await chain.server.stop();
  await sellSome(cashier, gtin);
  await till.stop();
  return { till, gtin };
}

/** Switches a till on that says something of its records before anybody has signed in. */
async function switchedOn(till: Till, page: Page, says: string): Promise<Cashier> {
  await till.start();
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByText(says)).toBeVisible();
  return cashier;
}

async function numbers({ server }: Chain): Promise<readonly string[]> {
  return (await server.tickets()).tickets.map(({ number }) => number).sort();
}

const upTo = (count: number) =>
  Array.from({ length: count }, (_, at) => `BER1-01-${String(at + 1).padStart(6, "0")}`);

for (const [what, hurt] of [
  ["deleted", (folder: string) => remove(folder, DATABASE)],
  [
    "overwritten in the middle",
    (folder: string) => {
      const path = join(folder, DATABASE[0]!);
      const bytes = readFileSync(path);
      bytes.fill(0x42, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2));
      writeFileSync(path, bytes);
    },
  ],
] as const)
  test(`the database of a till is ${what} while it is off: it starts, says what it did, and every sale is there, though the server never had them`, async ({
    chain,
    context,
    page,
  }, info) => {
    test.setTimeout(180_000);
    const { till, gtin } = await soldOffline(chain, page);
    hurt(till.folder);

    const cashier = await switchedOn(till, page, "It was rebuilt from its second copy");
    await see(page, info, "locked");
    await cashier.signIn();
    await expect(page.getByTestId("records")).toContainText("every completed sale is there");
    await see(page, info, "register");
    await cashier.sync().click();
    await expect(page.getByRole("dialog")).toContainText("every completed sale is there");
    await see(page, info, "sync-sheet");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Got it" }).click();
    await expect(page.getByTestId("records")).toBeHidden();
    await cashier.sellOne(gtin);

    await chain.server.start();
    await cashier.backOnline();
    await expect.poll(() => numbers(chain)).toEqual(upTo(SALES + 1));

    const hq = await context.newPage();
    await openConsole(chain, hq, "tills");
    const row = hq.getByRole("row", { name: /BER1-01/ });
    await expect(row).toContainText("Database hurt, rebuilt from its second copy", { timeout: 60_000 });
    await see(hq, info, "hq-tills");
    await row.getByRole("button", { name: /BER1-01/ }).click();
    await expect(hq.getByRole("dialog")).toContainText("Its own records");
    await see(hq, info, "hq-till");
  });

test("both copies are gone: the till waits for the server, hears where it was, and no receipt number is used twice", async ({
  chain,
  page,
}, info) => {
  test.setTimeout(180_000);
  const { till, cashier, gtin } = await soldOnline(chain, page);
  await till.stop();
  await chain.server.stop();
  remove(till.folder, [...DATABASE, "journal.lines"]);

  await switchedOn(till, page, "sells again once it has reached the server");
  await see(page, info, "waiting");
  await chain.server.start();
  await expect(page.getByText("goes on where the server knew it")).toBeVisible({ timeout: 60_000 });
  await cashier.signIn();
  await expect(page.getByTestId("records")).toContainText("sales that had not been sent are lost");
  await see(page, info, "lost");
  await cashier.sellOne(gtin);
  await expect.poll(() => numbers(chain)).toEqual(upTo(SALES + 1));
});

test("both copies are hurt at the same sale, which the server has: the till waits for it, has it back by itself, and sends what it had not sent", async ({
  chain,
  context,
  page,
}, info) => {
  test.setTimeout(180_000);
  const { till, cashier, gtin } = await soldOnline(chain, page);
  await chain.server.stop();
  await cashier.sellOne(gtin);
  await cashier.sellOne(gtin);
  await till.stop();
  hurtReceipt(till.folder, "BER1-01-000002");

  await switchedOn(till, page, "damaged at the same place. It sells again by itself");
  await see(page, info, "asking");
  await chain.server.start();
  // The page is the same one: nobody loads it again.
  await expect(page.getByText("What neither had came back from the server")).toBeVisible({ timeout: 60_000 });
  await cashier.signIn();
  await expect(page.getByTestId("records")).toContainText("every completed sale is there");
  await see(page, info, "given");
  await cashier.sellOne(gtin);
  await expect.poll(() => numbers(chain)).toEqual(upTo(SALES + 3));

  const hq = await context.newPage();
  await openConsole(chain, hq, "tills");
  await expect(hq.getByRole("row", { name: /BER1-01/ })).toContainText("put right from this server", {
    timeout: 60_000,
  });
});

test("both copies are hurt at a sale that the server never had: the till says which one, and sells nothing", async ({
  chain,
  page,
}, info) => {
  test.setTimeout(180_000);
  const { till } = await soldOffline(chain, page);
  hurtReceipt(till.folder, "BER1-01-000002");
  await chain.server.start();
  await till.start();
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByText("receipt BER1-01-000002, written between")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("call support")).toBeVisible();
  await see(page, info, "incomplete");
  expect(await numbers(chain)).toEqual([]);
});

test("the end of both copies is hurt so that nobody can tell of the last sale: the till asks the server, sells on and says which receipt it cannot know of, until a manager confirms it", async ({
  chain,
  context,
  page,
}, info) => {
  test.setTimeout(300_000);
  const { till, gtin } = await soldOffline(chain, page);
  const path = join(till.folder, "journal.lines");
  const lines = readFileSync(path);
  writeFileSync(path, lines.subarray(0, lines.lastIndexOf("}") - 50));
  writeFileSync(join(till.folder, DATABASE[0]!), "x".repeat(100_000));
  const cashier = await switchedOn(till, page, "It sells again by itself");
  await chain.server.start();
  await expect(page.getByText("Nobody can tell whether this was written as well")).toBeVisible({
    timeout: 60_000,
  });
  await cashier.signIn();
  await expect(page.getByTestId("records")).toContainText("receipts BER1-01-000003 to (not known)");
  await see(page, info, "unsure");
  await cashier.sellOne(gtin);
  await expect.poll(() => numbers(chain)).toEqual(upTo(SALES));

  const hq = await context.newPage();
  await openConsole(chain, hq, "tills");
  const row = hq.getByRole("row", { name: /BER1-01/ });
  const asked = "Receipts in question: BER1-01-000003 and later";
  await expect(row).toContainText(asked, { timeout: 60_000 });
  await see(hq, info, "hq-unsure");

  await till.stop();
  // Its second copy is gone, and cannot be written anew: something stands in its place.
  rmSync(path);
  mkdirSync(path);
  await switchedOn(till, page, "Nobody can tell whether this was written as well");
  await see(page, info, "locked-beside");
  await cashier.signIn();
  const strip = page.getByTestId("records");
  await expect(strip).toContainText("cannot be written");
  await expect(strip).toContainText("receipts BER1-01-000003 to (not known)");
  await see(page, info, "beside");
  const read = page.getByRole("button", { name: "Got it" });
  await read.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "A manager’s PIN is needed" })).toBeVisible();
  await see(page, info, "confirm");
  await allow(page, /Confirm what this till says.*receipts BER1-01-000003 to/);
  await expect(strip).not.toContainText("BER1-01-000003");
  await expect(strip).toContainText("cannot be written");
  await expect(read).toBeHidden();
  await see(page, info, "confirmed");
  await till.stop();
  await switchedOn(till, page, "cannot be written");
  await expect(page.getByText("Nobody can tell")).toBeHidden();
});

test("what a till has read is damaged, and so large that this is found behind its start: it says so and sells on, and reads it anew at its next start, which it says until somebody has read it", async ({
  chain,
  page,
}, info) => {
  test.setTimeout(180_000);
  const { till, gtin } = await soldOffline(chain, page);
  const replica = join(till.folder, "replica-2.sqlite");
  const database = new DatabaseSync(replica);
  database.exec(`CREATE TABLE filler (id TEXT, data TEXT);
    INSERT INTO filler VALUES ('x', json_object('id', 'y', 'filler', hex(zeroblob(9000000))));
    PRAGMA wal_checkpoint(TRUNCATE);`);
  database.close();
  // As a power cut leaves it.
  writeFileSync(`${replica}-open`, "");

  const cashier = await switchedOn(till, page, "is damaged on its disk");
  await see(page, info, "replica-locked");
  await cashier.signIn();
  const strip = page.getByTestId("records");
  await expect(strip).toContainText("may be missing or wrong");
  await see(page, info, "replica");
  await cashier.sellOne(gtin);
  await chain.server.start();
  await expect.poll(() => numbers(chain)).toEqual(upTo(SALES + 1));
  await till.stop();
  await switchedOn(till, page, "could no longer be read on its disk");
  await cashier.signIn();
  await expect(page.getByText("is damaged on its disk")).toBeHidden();
  await see(page, info, "replica-read-anew");
  await page.getByRole("button", { name: "Got it" }).click();
  await expect(strip).toBeHidden();
  await cashier.sellOne(gtin);
  await expect.poll(() => numbers(chain)).toEqual(upTo(SALES + 2));
});
