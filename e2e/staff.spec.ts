import { expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

const JOHANNA = { name: "Johanna Reuter", pin: "999999" };
const TAREK = { name: "Tarek Yilmaz", pin: "222222" };

test("a manager allows another price in place, the receipt says so, and the server has who allowed it", async ({
  chain,
  page,
}) => {
  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await cashier.lines().first().getByRole("button").click();
  await page.getByRole("button", { name: "Other price" }).click();
  const price = page.getByRole("dialog").filter({ hasText: "Another price" });
  await price.getByRole("button", { name: "1", exact: true }).click();
  await price.getByRole("button", { name: "Damaged" }).click();
  await price.getByRole("button", { name: "Sell at this price" }).click();
  const asking = page.getByRole("dialog", { name: "A manager’s PIN is needed" });
  await expect(asking).toContainText("for €1.00 instead of");
  for (const digit of JOHANNA.pin) await asking.getByRole("button", { name: digit, exact: true }).click();
  await asking.getByRole("button", { name: "Allow it" }).click();
  await expect(cashier.lines().first()).toContainText(/list price .*: Damaged/);
  await expect(page.getByRole("button", { name: "Lock the till, Mira Albers" })).toBeVisible();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();

  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const [sold] = (await chain.server.tickets()).tickets;
  expect(sold!.ticket.lines).toMatchObject([
    { unitPrice: { minor: 100 }, override: { reason: "Damaged" }, total: { minor: 100 } },
  ]);
});

test("colleagues take turns at one till, and each finds their own basket again", async ({ chain, page }) => {
  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await page.getByRole("button", { name: "Lock the till, Mira Albers" }).click();
  await cashier.signIn(TAREK);
  await expect(cashier.lines()).toHaveCount(0);
  await cashier.tiles().nth(1).click();
  await cashier.tiles().nth(2).click();
  await expect(cashier.lines()).toHaveCount(2);
  await page.getByRole("button", { name: "Lock the till, Tarek Yilmaz" }).click();
  await cashier.signIn();
  await expect(cashier.lines()).toHaveCount(1);
});

test("a colleague clocks in at the locked till, and everybody sees since when they are at work", async ({
  chain,
  page,
}) => {
  await openRegister(chain, page);
  await page.getByRole("button", { name: "Lock the till, Mira Albers" }).click();
  await page.getByRole("button", { name: "Time clock" }).click();
  const sheet = page.getByRole("dialog", { name: "Time clock" });
  await sheet.getByRole("button", { name: TAREK.name }).click();
  for (const digit of TAREK.pin) await sheet.getByRole("button", { name: digit, exact: true }).click();
  await expect(sheet.getByRole("listitem").filter({ hasText: TAREK.name })).toContainText("At work since");
  await expect(page.getByRole("heading", { name: "Who is at the till?" })).toBeAttached();
});
