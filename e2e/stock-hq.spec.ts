import type { Page, TestInfo } from "@playwright/test";
import { levelsAnswerSchema } from "#protocol/hq/stock.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";
import { articleInStock } from "./harness/web-orders.ts";

const JOHANNA = { pin: "999999" };
async function look(page: Page, info: TestInfo, screen: string): Promise<void> {
  await takePicture(page, info, `${screen}`);
  await expectAccessible(page, screen);
}

test("HQ plans a blind count, a till counts by scanning while it sells, what is off is booked, and console and till agree on the level and why; what is low then is ordered anew", async ({
  chain,
  page,
}, info) => {
  const { cashier } = await openRegister(chain, page);
  const goods = await articleInStock(chain, "BER1");
  const before = (await chain.server.stockOf("BER1", [goods.sku])).get(goods.sku) ?? Number.NaN;

  const hq = await page.context().newPage();
  await openConsole(chain, hq, "counts");
  await hq.getByRole("button", { name: "Plan a count" }).click();
  const plan = hq.getByRole("dialog");
  await plan.getByLabel("Name").fill("November");
  await plan.getByLabel("Store", { exact: true }).selectOption("BER1");
  await plan.getByLabel("What is counted").selectOption("skus");
  await plan.getByLabel("SKUs").fill(goods.sku);
  await look(hq, info, "plan");
  await plan.getByRole("button", { name: "Ask the store" }).click();
  await expect(hq.getByRole("link", { name: "Open November" })).toBeVisible();

  await page.bringToFront();
  await page.getByRole("button", { name: "Tasks, 1 to do" }).click();
  await page.getByRole("button", { name: /^Count: November/ }).click();
  await page.getByLabel("Area, as people call it").fill("Shelf 1");
  await page.getByRole("button", { name: "Count this area" }).click();
  await expect(page.getByTestId("area-pieces")).toHaveText("0");
  for (const pieces of ["1", "2", "3"]) {
    await cashier.scan(goods.sku);
    await expect(page.getByTestId("area-pieces")).toHaveText(pieces);
  }
  await look(page, info, "area");
  await page.getByRole("button", { name: "Go on later" }).last().click();
  await cashier.sellOne(goods.sku);
  await page.getByRole("button", { name: "Tasks, 1 to do" }).click();
  await page.getByRole("button", { name: /^Count: November.*Goes on: Shelf 1/ }).click();
  await page.getByRole("button", { name: "Area is counted" }).click();
  await expect(page.getByRole("button", { name: "All areas are counted" })).toBeVisible();
  await look(page, info, "areas");
  await page.getByRole("button", { name: "All areas are counted" }).click();
  await page.getByRole("button", { name: "All areas are counted" }).click();
  await expect(page.getByRole("button", { name: /^Tasks/ })).toBeHidden();

  await hq.bringToFront();
  await hq.getByRole("link", { name: "Open November" }).click();
  const found = hq.getByRole("table", { name: "What was found" }).getByRole("row").nth(1);
  await expect(found.getByRole("cell").nth(1)).toHaveText("3");
  await expect(found.getByRole("cell").nth(2)).toHaveText(String(before));
  await expect(hq.getByRole("table", { name: "Areas" })).toContainText("Mira Albers");
  await look(hq, info, "found");
  await hq.getByRole("button", { name: "Book all that was counted" }).click();
  await expect(found).toContainText("Booked");
  await hq.getByRole("button", { name: "Close the count" }).click();
  await expect(hq.getByText("Closed", { exact: true }).first()).toBeVisible();

  await found.getByRole("link").click();
  const level = hq.getByRole("dialog");
  await expect(level.getByTestId("stock.onHand")).toHaveText("2");
  const rows = level.getByRole("table", { name: "Movements" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Sale");
  await expect(rows.nth(1)).toContainText("Mira Albers");
  await expect(rows.nth(2)).toContainText("Counted");
  await expect(rows.nth(2).getByRole("link", { name: "November" })).toBeVisible();
  await look(hq, info, "level");

  await page.bringToFront();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: /^Adjust stock/ }).click();
  await cashier.scan(goods.sku);
  const adjust = page.getByRole("dialog", { name: "Adjust stock" });
  await expect(adjust).toContainText("2 in stock");
  await adjust.getByRole("button", { name: "Damaged" }).click();
  await adjust.getByRole("button", { name: "1", exact: true }).click();
  await look(page, info, "adjust");
  await adjust.getByRole("button", { name: "Take 1 off the stock" }).click();
  const asking = page.getByRole("dialog", { name: "A manager’s PIN is needed" });
  for (const digit of JOHANNA.pin) await asking.getByRole("button", { name: digit, exact: true }).click();
  await asking.getByRole("button", { name: "Allow it" }).click();
  await expect(adjust).toBeHidden();

  await hq.bringToFront();
  await expect(level.getByTestId("stock.onHand")).toHaveText("1");
  await expect(rows.nth(1)).toContainText("Adjusted: Damaged");
  await hq.keyboard.press("Escape");
  await expect(hq.getByRole("table", { name: "Stock" }).getByRole("row").nth(1)).toBeVisible();
  await look(hq, info, "levels");
  const answer = await chain.server.hq(
    levelsAnswerSchema,
    `/hq/v1/stock?store=BER1&search=${encodeURIComponent(goods.sku)}`,
  );
  expect(answer.levels.find(({ sku }) => sku === goods.sku)).toMatchObject({ onHand: 1 });

  await hq.getByRole("link", { name: "Replenishment" }).click();
  // The page before this one has a store of its own.
  await expect(hq.getByRole("button", { name: "Rules" })).toBeVisible();
  await hq.getByLabel("Store", { exact: true }).selectOption("BER1");
  await hq.getByRole("button", { name: "Rules" }).click();
  const rule = hq.getByRole("dialog");
  await rule.getByLabel("For", { exact: true }).selectOption("article");
  await rule.getByLabel("SKU", { exact: true }).fill(goods.sku);
  await rule.getByLabel("Reorder point").fill("2");
  await rule.getByLabel("Target").fill("5");
  await rule.getByRole("button", { name: "Save the rule" }).click();
  await expect(rule.getByRole("table").getByRole("row").nth(1)).toContainText(goods.sku);
  await look(hq, info, "rules");
  await rule.getByRole("button", { name: "Close", exact: true }).click();
  const proposal = hq.getByRole("row").filter({ hasText: goods.sku });
  await expect(proposal.getByRole("textbox")).toHaveValue("4");
  await proposal.getByRole("checkbox").check();
  await hq.getByLabel("Supplier", { exact: true }).fill("Tea House");
  await look(hq, info, "proposal");
  await hq.getByRole("button", { name: "Order 1 article" }).click();
  await expect(proposal).toBeHidden();
  await hq.getByRole("link", { name: /^Open D-HQ-/ }).click();
  const ordered = hq.getByRole("row").filter({ hasText: "Tea House" });
  await expect(ordered).toContainText("Expected");
  await expect(ordered).toContainText("BER1");
});

test("what the list of stock was searched for is in its field as long as it is searched for", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "stock?search=WIN-1005&store=BER1");
  const search = hq.getByRole("searchbox");
  await expect(search).toHaveValue("WIN-1005");
  await expect(hq.getByText("1 level")).toBeVisible();
  await hq.getByRole("link", { name: "Stock", exact: true }).click();
  await expect(hq.getByText("1 level")).toHaveCount(0);
  await expect(search).toHaveValue("");
});
