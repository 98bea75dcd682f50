import type { Customer } from "#domain/customer/customer.ts";
import { expect, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { awayForDays, filesWith } from "./harness/kept-by-till.ts";
import { see } from "./harness/looks.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

test("a till that was fifteen days without its server sells on and says that customers need a connection; with one they are back", async ({
  chain,
  context,
}, info) => {
  const { page, cashier, desk, till } = await openDesk(chain, context);
  const known = (await chain.server.customers()).find(
    (each): each is Customer & { readonly email: string } => each.email !== null,
  );
  if (known === undefined) throw new Error("the demo has no customer with an e-mail address");
  const onBasket = page.getByTestId("basket-customer");
  const toRegister = page.getByRole("banner").getByRole("button", { name: "Register" });
  const search = page.getByRole("searchbox", { name: "Search customers" });
  const found = page.getByRole("list", { name: "Customers found" });

  await chain.server.placeOrder(aPickupOrder("15", await articleInStock(chain, "BER1"), "paid"));
  await desk.go();
  await expect(desk.card("WEB-15", "To pick")).toContainText("Ada Brandt");
  await toRegister.click();
  await page.keyboard.press("F3");
  await search.fill(known.email);
  await found.getByRole("button", { name: known.email }).click();
  await expect(onBasket).toContainText(known.name);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);

  await chain.server.stop();
  await till.stop();
  awayForDays(till.folder, 15);
  await till.start();
  await cashier.open(till.address);
  await cashier.signIn();
  await expect(onBasket).toContainText("Needs a connection");
  await page.keyboard.press("F3");
  await expect(page.getByRole("dialog", { name: "Needs a connection" })).toContainText(
    "Customers need a connection now: this till was without one for more than 14 days.",
  );
  await see(page, info, "customer-needs-connection");
  await page.getByRole("button", { name: "Another customer" }).click();
  await search.fill(known.email);
  await expect(page.getByRole("status").filter({ hasText: "Customers need a connection now" })).toBeVisible();
  await expect(page.getByText(/^Nobody is known as/)).toBeHidden();
  await see(page, info, "search-needs-connection");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await desk.go();
  await expect(desk.card("WEB-15", "To pick")).toContainText("Needs a connection");
  await see(page, info, "orders-need-connection");
  expect(filesWith(till.folder, known.email, known.name)).toEqual([]);

  await chain.server.start();
  await cashier.backOnline();
  await expect(desk.card("WEB-15", "To pick")).toContainText("Ada Brandt");
  await toRegister.click();
  await page.keyboard.press("F3");
  await search.fill(known.email);
  await expect(found).toContainText(known.name);
});
