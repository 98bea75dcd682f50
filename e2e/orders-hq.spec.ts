import { money } from "#domain/money/money.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible } from "./harness/looks.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

test("HQ changes an order, gives money back of it and takes on an exception; who and why stays with both", async ({
  chain,
  page,
}) => {
  const article = await articleInStock(chain, "BER1");
  const lines = [{ sku: article.sku, quantity: 2, unitPrice: article.price }];
  const placed = await chain.server.placeOrder({ ...aPickupOrder("7001", article, "paid"), lines });
  const tooMany = [{ sku: article.sku, quantity: 900, unitPrice: article.price }];
  await chain.server.placeOrder({ ...aPickupOrder("7002", article, "paid"), lines: tooMany });

  await openConsole(chain, page, "orders");
  await page.getByRole("button", { name: "Open order WEB-7001" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Change", exact: true }).click();
  await sheet.getByLabel("Name", { exact: true }).fill("Ada Berg");
  await sheet.getByLabel(`${article.title}: of 2`).fill("3");
  await sheet.getByLabel("Reason").fill("She rang us");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("More than was ordered cannot be wanted")).toBeVisible();
  await sheet.getByLabel(`${article.title}: of 2`).fill("1");
  await expectAccessible(page, "changing an order");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("Contact, Pieces")).toBeVisible();
  const after = await chain.server.order(placed.id);
  expect(after.contact.name).toBe("Ada Berg");
  expect(after.payment.refunded).toEqual(article.price);

  await sheet.getByRole("button", { name: "Give money back" }).click();
  await sheet.getByLabel(/^Amount/).fill("0.50");
  await sheet.getByLabel("Reason").fill("A scratch");
  await expectAccessible(page, "giving money back");
  await sheet.getByRole("button", { name: "Give it back" }).click();
  await expect(sheet.getByText("€0.50 given back")).toBeVisible();
  const given = (await chain.server.order(placed.id)).payment.refunded;
  expect(given).toEqual(money(article.price.minor + 50, article.price.currency));
  await sheet.getByRole("button", { name: "Close" }).click();

  await page.getByRole("link", { name: "Exceptions", exact: true }).click();
  await page.getByRole("button", { name: /^No store can deliver 1/ }).click();
  await page.getByRole("button", { name: "Take it on" }).click();
  await expect(page.getByText(/ has it$/)).toBeVisible();
  await page.getByLabel("Whose").selectOption("Nobody's yet");
  await expect(page.getByText("Nothing fits this choice.")).toBeVisible();
  await page.getByLabel("Whose").selectOption("Mine");
  await expect(page.getByRole("button", { name: "Give it back" })).toBeVisible();
  await expectAccessible(page, "exceptions of one's own");
});
