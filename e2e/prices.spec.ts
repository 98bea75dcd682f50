import type { Customer } from "#domain/customer/customer.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

/** Alp Cheese of the demo (sync-server/demo/special-goods.ts), a package for 5.57. */
const CHEESE_LABEL = "2820013005575";
const LEMONADE = "LEM-1002";

/** Somebody of the demo who buys for their café. */
async function aTrader(chain: Chain): Promise<Customer & { readonly cardNumber: string }> {
  const customers = await chain.server.customers();
  const found = customers.find(
    (each): each is Customer & { cardNumber: string } =>
      each.groups !== undefined && each.groups.length > 0 && each.cardNumber !== null,
  );
  if (found === undefined) throw new Error("the demo has no such customer");
  return found;
}

test("cheese by weight and by its label, work at a typed price, bottles with a deposit, several for less, and a customer's own prices: each line says why it costs what it does", async ({
  chain,
  page,
}, info) => {
  const trader = await aTrader(chain);
  const { cashier } = await openRegister(chain, page);
  const line = (name: string) => cashier.lines().filter({ hasText: name });
  const sheet = (name: string | RegExp) => page.getByRole("dialog", { name });

  await cashier.scan("CHE-2001");
  await expect(sheet(/^Alp Cheese/)).toContainText("Type what the scale shows");
  for (const digit of "432") await page.keyboard.press(digit);
  await see(page, info, "weighing");
  await sheet(/^Alp Cheese/)
    .getByRole("button", { name: "Ring up for €12.92" })
    .click();
  await expect(line("Alp Cheese")).toContainText("0.432 kg × €29.90/kg");

  await cashier.scan(CHEESE_LABEL);
  await expect(line("Alp Cheese")).toHaveCount(2);
  await expect(line("Alp Cheese").last()).toContainText("€5.57");

  await cashier.scan("ALT-1");
  await expect(sheet("Alteration")).toContainText("Type what it costs");
  for (const digit of "1850") await page.keyboard.press(digit);
  await see(page, info, "typing-a-price");
  await page.keyboard.press("Enter");
  await expect(line("Alteration")).toContainText("€18.50");

  await cashier.scan(LEMONADE);
  await expect(line("Alster Lemonade")).toContainText("from 6: €1.09");
  await expect(line("Deposit")).toContainText("€0.25");
  await expect(line("Deposit").getByRole("button")).toHaveCount(0);
  await line("Alster Lemonade").getByRole("button").click();
  await expect(page.getByRole("button", { name: "Done" })).toBeVisible();
  await page.keyboard.press("6");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(line("Alster Lemonade")).toContainText("6 × €1.09");
  await expect(line("Deposit")).toContainText("€1.50");
  await see(page, info, "basket");

  await cashier.scan(trader.cardNumber);
  await expect(page.getByTestId("basket-customer")).toContainText(/^.+Prices: /);
  await expect(page.getByText(/price in the basket has changed/)).toBeVisible();
  await expect(line("Alster Lemonade")).toContainText("6 × €0.95");
  await see(page, info, "customers-prices");

  await line("Alster Lemonade").getByRole("button").click();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(line("Deposit")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(line("Deposit")).toContainText("€1.50");

  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await page.getByRole("button", { name: "Show receipt" }).click();
  const receipt = sheet(/^Receipt /);
  await expect(receipt).toContainText("0.432 kg x €29.90/kg");
  await expect(receipt).toContainText("Deposit");
});
