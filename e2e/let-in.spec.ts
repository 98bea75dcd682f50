import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { colleagueRowSchema, staffAnswerSchema } from "#protocol/hq/staff.ts";
import { storeDetailSchema } from "#protocol/hq/store-settings.ts";
import { plainArticles } from "./harness/articles.ts";
import { Cashier } from "./harness/cashier.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { see } from "./harness/looks.ts";
import { projectRoot } from "./harness/program.ts";
import { openRegister, pairedTill } from "./harness/register.ts";

/** A store as HQ makes it. */
const COLOGNE = {
  ...{ code: "CGN1", like: "BER1", name: "Köln Dom", address: ["Domplatz 1"], vatId: "", hours: null },
  ...{ contact: { phone: "", email: "" }, timeZone: "Europe/Berlin", locale: "en-DE", currency: "EUR" },
};

function hq(...words: readonly string[]): Promise<unknown> {
  return promisify(execFile)(process.execPath, [resolve(projectRoot, "sync-server/cli/hq.ts"), ...words]);
}

async function numbers({ server }: Chain): Promise<readonly string[]> {
  return (await server.tickets()).tickets.map(({ number }) => number).sort();
}

test("S4c the server is put back to a backup from before a till was paired: cashier and HQ read that it was let in again, and every sale is there", async ({
  chain,
  context,
  page,
}, info) => {
  test.setTimeout(240_000);
  const backup = join(chain.server.folder, "..", "backup");
  await hq("backup", "--from", `sqlite:${chain.server.folder}`, "--out", backup, "--skip-journals");
  const { cashier } = await openRegister(chain, page);
  const [{ gtin }] = await plainArticles(chain);
  await cashier.sellOne(gtin);
  await expect.poll(() => numbers(chain)).toEqual(["BER1-01-000001"]);

  await chain.server.stop();
  await hq("restore", backup, "--to", `sqlite:${chain.server.folder}`, "--replace");
  await cashier.sellOne(gtin);
  await chain.server.start();

  const strip = page.getByTestId("let-in");
  await expect(strip).toContainText("has let this till in again", { timeout: 60_000 });
  await see(page, info, "register");
  await cashier.sync().click();
  await expect(page.getByRole("dialog")).toContainText("nothing is lost");
  await see(page, info, "sync-sheet");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Got it" }).click();
  await expect(strip).toBeHidden();
  await expect.poll(() => numbers(chain), { timeout: 60_000 }).toEqual(["BER1-01-000001", "BER1-01-000002"]);

  // A till that is paired now has a number that none had which may come back.
  await pairedTill(chain);
  const desk = await context.newPage();
  await openConsole(chain, desk, "tills");
  await expect(desk.getByRole("row", { name: /BER1-12/ })).toBeVisible();
  const row = desk.getByRole("row", { name: /BER1-01/ });
  await expect(row).toContainText("Let in again");
  await see(desk, info, "hq-tills");
  await row.getByRole("button", { name: /BER1-01/ }).click();
  await expect(desk.getByRole("dialog")).toContainText("Let in again after a restore");
  await see(desk, info, "hq-till");
  await openConsole(chain, desk, "auditLog");
  await expect(desk.getByRole("row", { name: /Till · let in/ })).toContainText("BER1-01");
  await see(desk, info, "hq-audit-log");
});

test("S4c a till of a store that was made after the backup says what to do, HQ makes its store again, and what it sold is there", async ({
  chain,
  context,
  page,
}, info) => {
  test.setTimeout(240_000);
  const { staff } = await chain.server.hq(staffAnswerSchema, "/hq/v1/staff?search=Mira");
  const { id, role } = staff[0]!;
  const body = { name: "Mira Albers", role, stores: null };
  await chain.server.hq(colleagueRowSchema, `/hq/v1/staff/${id}`, { method: "PUT", body });
  const backup = join(chain.server.folder, "..", "backup");
  await hq("backup", "--from", `sqlite:${chain.server.folder}`, "--out", backup, "--skip-journals");
  await chain.server.hq(storeDetailSchema, "/hq/v1/stores", { method: "POST", body: COLOGNE });

  const till = await chain.newTill();
  await till.start({ server: chain.server.address, code: await chain.server.pairingCode(COLOGNE.code) });
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await cashier.signIn();
  const [{ gtin }] = await plainArticles(chain);
  await cashier.sellOne(gtin);
  await expect.poll(() => numbers(chain)).toEqual(["CGN1-01-000001"]);
  await chain.server.stop();
  await hq("restore", backup, "--to", `sqlite:${chain.server.folder}`, "--replace");
  await cashier.sellOne(gtin);
  await chain.server.start();

  await expect(cashier.sync()).toContainText("Needs attention", { timeout: 60_000 });
  await cashier.sync().click();
  await expect(page.getByRole("dialog")).toContainText("knows neither this till nor its store");
  await see(page, info, "till-shut-out");
  await page.keyboard.press("Escape");
  const desk = await context.newPage();
  await openConsole(chain, desk, "tills");
  const knock = desk.getByRole("listitem").filter({ hasText: "CGN1-01" });
  await expect(knock).toContainText("Make its store again, and it comes in by itself");
  await see(desk, info, "hq-knock");
  await knock.getByRole("button", { name: "Make its store again" }).click();
  const sheet = desk.getByRole("dialog", { name: "Make the till's store again" });
  await expect(sheet.getByLabel("Code")).toHaveValue("CGN1");
  await sheet.getByLabel("Set up like").selectOption("BER1");
  await sheet.getByLabel("Name").fill("Köln Dom");
  await see(desk, info, "hq-store-again");
  await sheet.getByRole("button", { name: "Open the store" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("CGN1 · Köln Dom");

  await cashier.sync().click();
  await page.getByRole("dialog").getByRole("button", { name: "Synchronise now" }).click();
  await expect(page.getByTestId("let-in")).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => numbers(chain), { timeout: 60_000 }).toEqual(["CGN1-01-000001", "CGN1-01-000002"]);
});
