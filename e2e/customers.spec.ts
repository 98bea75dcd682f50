import type { Page } from "@playwright/test";
import type { Customer } from "#domain/customer/customer.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

interface Regular extends Customer {
  readonly email: string;
  readonly phone: string;
  readonly cardNumber: string;
}

/** Somebody of the demo whose name has an accent and who can be reached in every way. */
async function aRegular(chain: Chain): Promise<Regular> {
  const customers = await chain.server.customers();
  const found = customers.find(
    (each): each is Regular =>
      /[äöüß]/i.test(each.name) && each.email !== null && each.phone !== null && each.cardNumber !== null,
  );
  if (found === undefined) throw new Error("the demo has no such customer");
  return found;
}

/** As people type who have no such keys. */
function withoutAccents(name: string): string {
  return name
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toUpperCase();
}

const sheetOf = (page: Page, { name }: Customer) => page.getByRole("dialog", { name });
const entriesOf = (page: Page) =>
  page.getByRole("region", { name: "Bought and ordered" }).getByRole("listitem");

test("a customer buys by F3, by card and online, and is seen with one history at the till, offline as far as it goes, and at HQ", async ({
  chain,
  context,
}, info) => {
  const regular = await aRegular(chain);
  const { page, cashier } = await openDesk(chain, context);
  const onBasket = page.getByTestId("basket-customer");

  await page.keyboard.press("F3");
  await page
    .getByRole("searchbox", { name: "Search customers" })
    .fill(regular.phone.replaceAll(" ", "").slice(-7));
  await expect(page.getByRole("list", { name: "Customers found" })).toContainText(regular.name);
  await page.getByRole("searchbox", { name: "Search customers" }).fill(withoutAccents(regular.name));
  await expect(page.getByRole("list", { name: "Customers found" }).getByText(regular.email)).toBeVisible();
  await expectAccessible(page, "finding a customer");
  await takePicture(page, info, "find-customer");
  await page
    .getByRole("list", { name: "Customers found" })
    .getByRole("button", { name: regular.email })
    .click();
  await expect(onBasket).toContainText(regular.name);
  await cashier.tiles().first().click();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect(onBasket).toBeHidden();

  // A card that no scanner reads is typed.
  const search = page.getByRole("searchbox");
  await search.fill(regular.cardNumber);
  await search.press("Enter");
  await expect(onBasket).toContainText(regular.name);
  await expect(search).toHaveValue("");
  await cashier.tiles().nth(1).click();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();

  const article = await articleInStock(chain, "BER1");
  const customer = { name: "Somebody Else", email: ` ${regular.email.toUpperCase()}`, phone: null };
  const order = await chain.server.placeOrder({ ...aPickupOrder("77", article, "paid"), customer });
  expect(order.customer).toBe(regular.id);

  await cashier.scan(`OTC:${regular.cardNumber}`);
  await expect(onBasket).toContainText(regular.name);
  await page.keyboard.press("F3");
  const sheet = sheetOf(page, regular);
  await expect(sheet).toContainText("In all stores and online");
  await expect(entriesOf(page)).toHaveCount(3);
  await expect(entriesOf(page).first()).toContainText("WEB-77");
  await expect(entriesOf(page).nth(1)).toContainText("BER1-01-000002");
  await expect(entriesOf(page).nth(2)).toContainText("BER1-01-000001");
  await expectAccessible(page, "a customer");
  await takePicture(page, info, "customer");
  await sheet.getByRole("button", { name: "Show receipt BER1-01-000001" }).click();
  await expect(page.getByRole("dialog", { name: "Receipt BER1-01-000001" })).toBeVisible();
  await page.keyboard.press("Escape");

  const console = await context.newPage();
  await openConsole(chain, console);
  await console.getByRole("link", { name: "Customers" }).click();
  await console.getByRole("searchbox").fill(regular.cardNumber);
  const found = console.getByRole("button", { name: /^Open / });
  await expect(found).toHaveCount(1);
  await found.click();
  const history = console.getByRole("list", { name: "Bought and ordered" }).getByRole("listitem");
  await expect(history).toHaveCount(3);
  await expect(history.first()).toContainText("WEB-77");
  await expect(history.nth(2)).toContainText("Bought in Berlin");
  await expectAccessible(console, "a customer at HQ");
  await takePicture(console, info, "customer-at-hq");
  await console.getByRole("button", { name: "All customers" }).click();
  for (const tab of ["Same person?", "Data protection"]) {
    await console.getByRole("button", { name: tab }).click();
    await expect(console.getByRole("button", { name: tab })).toHaveAttribute("aria-current", "page");
    await expect(console.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await expectAccessible(console, tab);
  }

  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");
  await page.keyboard.press("F3");
  await expect(sheet).toContainText("No connection: only what this till knows");
  await expect(entriesOf(page)).toHaveCount(3);
});
