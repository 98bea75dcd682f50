import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

test("HQ finds a wine, changes its price and title where they stand and many prices at once; the till shows each", async ({
  chain,
  page,
  context,
}, info) => {
  const { cashier } = await openRegister(chain, page);
  await page.getByRole("searchbox").fill("riesling kabinett");
  await expect(cashier.tiles().first()).toContainText("€9.95");
  const hq = await context.newPage();
  await openConsole(chain, hq, "catalogue");
  const grid = hq.getByRole("treegrid", { name: "Catalogue" });
  await expect(grid.getByRole("row").nth(5)).toContainText("€");
  await expectAccessible(hq, "catalogue");

  await hq.getByRole("searchbox").fill("WIN-1005");
  await expect(grid).toHaveAttribute("aria-rowcount", "2");
  const price = grid.getByRole("gridcell", { name: "€9.95" });
  await price.dblclick();
  await hq.getByRole("textbox", { name: "Price, Riesling Kabinett" }).fill("free");
  await hq.keyboard.press("Enter");
  await expect(grid.getByRole("alert")).toHaveText("Write a price like 12.50.");
  await hq.keyboard.press("F2");
  await hq.getByRole("textbox", { name: "Price, Riesling Kabinett" }).fill("9,49");
  await expectAccessible(hq, "catalogue, a price being written");
  await hq.keyboard.press("Enter");
  await expect(hq.getByText("Saved: WIN-1005 €9.49.")).toBeVisible();
  await expect(cashier.tiles().first()).toContainText("€9.49");

  // The name leads to the product; the cell beside it is chosen.
  await grid
    .getByRole("gridcell", { name: "Riesling Kabinett", exact: true })
    .click({ position: { x: 300, y: 20 } });
  await hq.keyboard.press("Enter");
  await hq.getByRole("textbox", { name: "Product, Riesling Kabinett" }).fill("Riesling Kabinett Steillage");
  await hq.keyboard.press("Enter");
  await expect(hq.getByText("Saved: Product, Riesling Kabinett.")).toBeVisible();
  const taken = hq.getByRole("button", { name: "Undo", exact: true });
  for (const size of [
    { width: 1024, height: 768 },
    { width: 1920, height: 1080 },
    { width: 1280, height: 800 },
  ]) {
    await hq.setViewportSize(size);
    await expect(taken).toBeInViewport({ ratio: 1 });
  }
  await expect(cashier.tiles().first()).toContainText("Steillage");
  await hq.keyboard.press("Control+z");
  await expect(hq.getByText("Undone: Product, Riesling Kabinett.")).toBeVisible();
  await expect(cashier.tiles().first()).not.toContainText("Steillage");

  await hq.getByRole("button", { name: "Status" }).click();
  await hq.getByRole("checkbox", { name: "Active" }).check();
  await expectAccessible(hq, "catalogue, filter");
  await hq.keyboard.press("Escape");
  await expect(hq).toHaveURL(/search=WIN-1005&status=active/);
  await hq.getByRole("checkbox", { name: "Choose all that fit" }).check();
  await hq.getByRole("button", { name: "Change them" }).click();
  const bulk = hq.getByRole("dialog", { name: "Change many products" });
  await bulk.getByRole("combobox", { name: "What is to be different" }).selectOption("Price");
  await bulk.getByRole("textbox").fill("-10");
  await bulk.getByRole("button", { name: "Preview" }).click();
  await expect(bulk.getByRole("table")).toContainText("€8.54");
  await expectAccessible(hq, "catalogue, many changed");
  await bulk.getByRole("button", { name: "Change 1" }).click();
  await expect(bulk.getByRole("status").first()).toHaveText("1 was changed.");
  await expect(cashier.tiles().first()).toContainText("€8.54");
  await bulk.getByRole("button", { name: "Close" }).click();

  // Later, and by somebody else, it is found among the changes and taken back.
  await hq
    .getByRole("navigation", { name: "Catalogue pages" })
    .getByRole("link", { name: "Changes" })
    .click();
  const change = hq.getByRole("row", { name: /10% less 1 1 Done/ });
  await expect(change).toBeVisible();
  await see(hq, info, "changes");
  await change.getByRole("button", { name: "Take it back" }).click();
  await expect(change).toContainText("Taken back: 1.");
  await expect(change.getByRole("button")).toHaveCount(0);
  await expect(cashier.tiles().first()).toContainText("€9.49");
  await see(hq, info, "changes-taken-back");
});
