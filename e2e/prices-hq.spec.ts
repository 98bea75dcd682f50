import type { Page } from "@playwright/test";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

async function openTab(hq: Page, name: string): Promise<void> {
  await hq.getByRole("navigation", { name: "About prices" }).getByRole("link", { name }).click();
  await expect(hq.getByRole("heading", { level: 1 })).toBeVisible();
}

test("HQ sets a price, has a loss found and set right, and prints the labels; the till sells at the new prices", async ({
  chain,
  page,
  context,
}) => {
  const { cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  const hq = await context.newPage();
  await openConsole(chain, hq);
  await hq.getByRole("link", { name: "Prices" }).click();

  await hq.getByRole("searchbox").fill("riesling");
  await hq.getByRole("button", { name: "Prices of WIN-1005" }).click();
  const sheet = hq.getByRole("dialog", { name: "Riesling Kabinett" });
  await expect(sheet).toContainText("lowest of 30 days: €9.95");
  await sheet.getByLabel("Price (EUR)").fill("9,49");
  await expectAccessible(hq, "price sheet");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByRole("status").first()).toContainText("Saved");
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.getByRole("searchbox").fill("riesling");
  await expect(cashier.tiles().first()).toContainText("€9.49");

  await hq.getByRole("button", { name: "Change many" }).click();
  const bulk = hq.getByRole("dialog", { name: "Change many prices" });
  await bulk.getByLabel("Title, SKU or barcode has").fill("young gouda");
  await bulk.getByLabel("By how much").fill("-20");
  await bulk.getByRole("button", { name: "Preview" }).click();
  await expect(bulk.getByRole("table")).toContainText("€12.72");
  await expectAccessible(hq, "bulk sheet");
  await bulk.getByRole("button", { name: "Change 1 price" }).click();
  await expect(bulk.getByRole("status").first()).toHaveText("1 price was changed.");
  await bulk.getByRole("button", { name: "Close" }).click();

  await openTab(hq, "Price check");
  await hq.getByRole("button", { name: /^Below cost \d/ }).click();
  await expectAccessible(hq, "price check");
  await hq.getByRole("button", { name: /^Set €38\.52 on Retail/ }).click();
  await expect(hq.getByText("Done: Set €38.52 on Retail")).toBeVisible();
  await page.getByRole("searchbox").fill("goat cheese");
  await expect(cashier.tiles().first()).toContainText("€38.52");

  await openTab(hq, "Lists and groups");
  await expectAccessible(hq, "price lists");
  await openTab(hq, "Labels");
  await hq.getByLabel("Further SKUs").fill("WIN-1005, CHE-2003");
  await expectAccessible(hq, "labels");
  const downloading = hq.waitForEvent("download");
  await hq.getByRole("button", { name: /labels? as PDF/ }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^labels-BER1-.*\.pdf$/);
});
