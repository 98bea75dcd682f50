import { expect, type Page } from "@playwright/test";
import { cutLine, go, openTour, test } from "./harness/faceless-till.ts";

const UNCONFIRMED = /^Offline: the order is taken unconfirmed/;
const NO_STORES = /^Offline, this till cannot ask other stores/;

const sheetOf = (page: Page) => page.getByRole("dialog", { name: "Order for the customer" });

test("an order that is to be collected elsewhere is called unconfirmed as soon as the line drops, though its store was chosen before", async ({
  page,
  tillPage,
}) => {
  await openTour(page, tillPage);
  await go(page, "sheet ordering");
  const sheet = sheetOf(page);
  await sheet.getByRole("button", { name: "Pick up elsewhere" }).click();
  const store = sheet.getByRole("group", { name: "Which store?" }).getByRole("button").first();
  await store.click();
  await expect(store).toHaveAttribute("aria-pressed", "true");
  await expect(sheet.getByText(UNCONFIRMED)).toBeHidden();
  await cutLine(page);
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
  await openTour(page, tillPage);
  await go(page, "register");
  await cutLine(page);
  await go(page, "sheet ordering");
  const sheet = sheetOf(page);
  await expect(sheet.getByText(UNCONFIRMED)).toBeVisible();
  await sheet.getByRole("button", { name: "Pick up elsewhere" }).click();
  await expect(sheet.getByText(NO_STORES)).toBeVisible();
  await expect(sheet.getByText(UNCONFIRMED)).toBeHidden();
  await sheet.getByRole("button", { name: "Deliver" }).click();
  await expect(sheet.getByText(UNCONFIRMED)).toBeVisible();
});
