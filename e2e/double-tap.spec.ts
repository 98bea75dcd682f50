import type { Locator, Page } from "@playwright/test";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

/** The second tap of a double tap, on what is there by then: the browser counts it as such. */
async function tapAgain(button: Locator): Promise<void> {
  await button.hover();
  await button.page().mouse.down({ clickCount: 2 });
  await button.page().mouse.up({ clickCount: 2 });
}

/** A register with one piece in the basket, at payment in cash; and what is there for whoever pays. */
async function atPayment(chain: Chain, page: Page) {
  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await page.getByRole("button", { name: /^Pay/ }).click();
  const pad = page.getByRole("group", { name: "Amount", exact: true });
  return {
    cashier,
    take: page.getByRole("button", { name: /^Take .* in cash$/ }),
    key: (digit: string) => pad.getByRole("button", { name: digit, exact: true }),
    taken: page.getByRole("list", { name: "Taken so far" }).getByRole("listitem"),
  };
}

test("the second tap of a double tap takes nothing of the rest and completes no sale, nor does Enter that is held down", async ({
  chain,
  page,
}) => {
  const { cashier, take, key, taken } = await atPayment(chain, page);
  const five = key("5");
  await five.click();
  await expect(take).toHaveText("Take €0.05 in cash");
  await take.click();
  await expect(taken).toHaveCount(1);
  await expect(take).not.toHaveText("Take €0.05 in cash");
  await tapAgain(take);
  // Where the rest was taken there is nothing left to type an amount for.
  await five.click();
  await expect(take).toHaveText("Take €0.05 in cash");
  await take.click();
  await expect(taken).toHaveCount(2);

  await expect(take).not.toHaveText("Take €0.05 in cash");
  await take.click();
  await expect(taken).toHaveCount(3);
  const complete = page.getByRole("button", { name: "Complete sale" });
  await tapAgain(complete);
  await page.locator("body").dispatchEvent("keydown", { key: "Enter", repeat: true, bubbles: true });
  // A sale that was completed gives no tender back.
  await taken.last().getByRole("button").click();
  await expect(taken).toHaveCount(2);
  await take.click();
  await expect(taken).toHaveCount(3);
  await complete.click();
  await expect(cashier.done()).toBeVisible();
});

test("the second tap of a double tap does not take the other half by the very same words; digits are typed as quickly as one can", async ({
  chain,
  page,
}) => {
  const { cashier, take, key, taken } = await atPayment(chain, page);
  const due = (await page.getByTestId("remaining").textContent()) ?? "";
  await page.getByRole("button", { name: "Back" }).click();
  await cashier.tiles().first().click();
  await expect(cashier.lines().first()).toContainText("2");
  await page.getByRole("button", { name: /^Pay/ }).click();

  const half = `Take ${due} in cash`;
  const [first = "", ...others] = due.replace(/\D/g, "");
  await key(first).click();
  for (const digit of others) await tapAgain(key(digit));
  await expect(take).toHaveText(half);
  await take.click();
  await expect(taken).toHaveCount(1);
  await expect(take).toHaveText(half);
  await tapAgain(take);
  // What that tap had taken could be undone by now.
  await taken.first().getByRole("button").click();
  await expect(taken).toHaveCount(0);
});
