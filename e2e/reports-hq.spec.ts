import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { ACROSS_TITLES } from "#domain/reports/across-words.ts";
import { reportAnswerSchema } from "#protocol/hq/reports.ts";
import { plainArticles } from "./harness/articles.ts";
import type { Cashier } from "./harness/cashier.ts";
import { cents } from "./harness/cents.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

const IN_CASH = 500;

/** Two articles, five euros of them in cash and the rest by card; then one is brought back for cash. Answers their prices, in cents. */
async function sellAndTakeBack(chain: Chain, cashier: Cashier): Promise<readonly [number, number]> {
  const { page } = cashier;
  const [first, second = first] = await plainArticles(chain);
  for (const [place, { gtin }] of [first, second].entries()) {
    await cashier.scan(gtin);
    await expect(cashier.lines()).toHaveCount(place + 1);
  }
  await page.keyboard.press("F9");
  await expect(page.getByRole("group", { name: "Quick amounts" })).toBeVisible();
  await page.keyboard.type(String(IN_CASH));
  await page.getByRole("button", { name: /^Take .*5[.]00/ }).click();
  await page.getByRole("button", { name: "Card", exact: true }).click();
  await page.getByLabel("Approval code").fill("A-1");
  await page.getByRole("button", { name: /^Take .* by card$/ }).click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(cashier.done()).toBeVisible();
  await cashier.scan("BER1-01-000001");
  await page
    .getByRole("button", { name: /^Take back one/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Give back", exact: true }).click();
  await page.getByRole("group", { name: "How" }).getByRole("button", { name: /^Cash/ }).first().click();
  await page.getByRole("button", { name: /in cash$/ }).click();
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(2);
  return [first.price, second.price];
}

/** The cents of a cell by the row's and the column's name. */
async function figure(page: Page, row: RegExp, column: string): Promise<number> {
  const table = page.getByRole("table").last();
  const place = (await table.getByRole("columnheader").allTextContents()).indexOf(column);
  return cents(await table.getByRole("row", { name: row }).last().getByRole("cell").nth(place).textContent());
}

test("what a till sold and took back is in HQ's reports to the cent, leads to its tickets, is a file, and is saved to be looked at again", async ({
  chain,
  page,
  context,
}, info) => {
  const { cashier } = await openRegister(chain, page);
  const [first, second] = await sellAndTakeBack(chain, cashier);
  const hq = await context.newPage();
  await openConsole(chain, hq, "reports?report=sales&by=store&period=today&compare=before");
  const row = /Berlin Mitte/;
  await expect(hq.getByRole("row", { name: row })).toBeVisible();
  expect(await figure(hq, row, "Sold")).toBe(first + second);
  expect(await figure(hq, row, "Total")).toBe(second);
  await expectAccessible(hq, "a report");
  await takePicture(hq, info, "report");

  await hq.getByRole("link", { name: /^Total of BER1/ }).click();
  const sheet = hq.getByRole("dialog", { name: /^What BER1 .* is made of/ });
  await expect(sheet.getByText("2 tickets")).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Receipt BER1-01-000001" })).toBeVisible();
  expect(await figure(hq, /All of them/, "Total")).toBe(second);
  await expectAccessible(hq, "the tickets of a figure");
  await hq.keyboard.press("Escape");

  const payments = hq.getByRole("link", { name: "Payments", exact: true });
  await payments.click();
  await expect(payments).toHaveAttribute("aria-current", "page");
  await hq.getByLabel("Rows").selectOption("value");
  await expect(hq.getByRole("row", { name: /^Card/ })).toBeVisible();
  expect(await figure(hq, /^Card/, "Kept")).toBe(first + second - IN_CASH);
  expect(await figure(hq, /^Cash/, "Taken")).toBe(IN_CASH);
  expect(await figure(hq, /^Cash/, "Given back")).toBe(first);
  const download = hq.waitForEvent("download");
  await hq.getByRole("button", { name: "CSV" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain("Cash,EUR,");

  await hq.getByRole("button", { name: "Save", exact: true }).click();
  await hq.getByLabel("Name").fill("What came in");
  await hq.getByLabel("Send by e-mail").check();
  await hq.getByLabel("To", { exact: true }).fill("hq@example.com");
  await expectAccessible(hq, "saving a report");
  await hq.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(hq.getByLabel("Saved reports")).toBeVisible();
  await hq.getByRole("link", { name: "Tax by rate" }).click();
  await expect(hq.getByRole("columnheader", { name: "Rate" })).toBeVisible();
  await hq.getByLabel("Saved reports").selectOption("What came in");
  await expect(hq.getByRole("row", { name: /^Card/ })).toBeVisible();

  const told = await chain.server.hq(reportAnswerSchema, `/hq/v1/reports/taxes?${await daysOf(hq)}`);
  expect(told.complete).toBe(true);
});

test("every report across channels can be read by everybody, with what stock there is in Sell-through", async ({
  chain,
  page,
}) => {
  await openConsole(chain, page, "reports?report=sellThrough&by=store&period=today");
  await expect(page.getByRole("row", { name: /Berlin Mitte/ })).toBeVisible();
  await page.getByRole("link", { name: /^Closing stock of BER1/ }).click();
  await expect(page.getByRole("dialog").getByRole("link").first()).toHaveAttribute(
    "href",
    /stock.*level=BER1/,
  );
  await expectAccessible(page, "the articles of a figure");
  await page.keyboard.press("Escape");
  await expectAccessible(page, "Sell-through");
  for (const title of Object.values(ACROSS_TITLES)) {
    await page.getByRole("link", { name: title, exact: true }).last().click();
    await expect(page.getByRole("link", { name: title, exact: true }).last()).toHaveAttribute(
      "aria-current",
      "page",
    );
    await expectAccessible(page, title);
  }
});

/** Today, as the console asks for it. */
function daysOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const day = new Intl.DateTimeFormat("sv").format(new Date());
    return `from=${day}&until=${day}`;
  });
}
