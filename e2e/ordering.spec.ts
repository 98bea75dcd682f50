import { expect, type Page } from "@playwright/test";
import { type Tour, test } from "./harness/faceless-till.ts";

declare const tour: Tour;

const UNCONFIRMED = /^Offline: the order is taken unconfirmed/;
const NO_STORES = /^Offline, this till cannot ask other stores/;

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => typeof tour !== "undefined");
}

const sheetOf = (page: Page) => page.getByRole("dialog", { name: "Order for the customer" });

test("an order that is to be collected elsewhere is called unconfirmed as soon as the line drops, though its store was chosen before", async ({
  page,
  tillPage,
}) => {
  await open(page, tillPage);
  await page.evaluate(() => tour.go("sheet ordering"));
  const sheet = sheetOf(page);
  await sheet.getByRole("button", { name: "Pick up elsewhere" }).click();
  const store = sheet.getByRole("group", { name: "Which store?" }).getByRole("button").first();
  await store.click();
  await expect(store).toHaveAttribute("aria-pressed", "true");
  await expect(sheet.getByText(UNCONFIRMED)).toBeHidden();
  await page.evaluate(() => tour.cutLine());
  await expect(sheet.getByText(UNCONFIRMED)).toBeVisible();
  await sheet.getByRole("button", { name: "Deliver" }).click();
  await sheet.getByRole("button", { name: "Pick up elsewhere" }).click();
  await expect(store).toHaveAttribute("aria-pressed", "true");
  await expect(sheet.getByText(UNCONFIRMED)).toBeVisible();
  await expect(sheet.getByText(NO_STORES)).toBeHidden();
});

test("where the stores cannot be asked nothing is said of an order that is taken unconfirmed; for a delivery it is", async ({
  page,
  tillPage,
}) => {
  await open(page, tillPage);
  await page.evaluate(async () => {
    await tour.go("register");
    tour.cutLine();
    await tour.go("sheet ordering");
  });
  const sheet = sheetOf(page);
  await expect(sheet.getByText(UNCONFIRMED)).toBeVisible();
  await sheet.getByRole("button", { name: "Pick up elsewhere" }).click();
  await expect(sheet.getByText(NO_STORES)).toBeVisible();
  await expect(sheet.getByText(UNCONFIRMED)).toBeHidden();
  await sheet.getByRole("button", { name: "Deliver" }).click();
  await expect(sheet.getByText(UNCONFIRMED)).toBeVisible();
});
