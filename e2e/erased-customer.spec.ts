import type { Page } from "@playwright/test";
import { erasedCustomerSchema } from "#protocol/hq/customers.ts";
import type { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { filesWith, sealedOfCustomer } from "./harness/kept-by-till.ts";
import { expectAccessible, see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

/** Text that stands nowhere but where somebody wrote it. */
const NAME = "Quirina Zwiebelfisch";
const EMAIL = "quirina.zwiebelfisch@example.com";

async function register(page: Page, { name, email }: { readonly name: string; readonly email: string }) {
  await page.keyboard.press("F3");
  await page.getByRole("searchbox", { name: "Search customers" }).fill(name);
  await expect(page.getByText(`Nobody is known as “${name}”.`)).toBeVisible();
  await page.getByRole("button", { name: "New customer" }).click();
  const form = page.getByRole("dialog", { name: "New customer" });
  await expect(form.getByLabel("Name", { exact: true })).toHaveValue(name);
  await form.getByRole("textbox", { name: "E-mail" }).fill(email);
  return form;
}

async function sellOne(page: Page, cashier: Cashier): Promise<void> {
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect(page.getByTestId("basket-customer")).toBeHidden();
}

test("a customer who was registered offline at a till and bought there is in none of its files once HQ has erased them; the sales stay", async ({
  chain,
  page,
}, info) => {
  const { till, cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  await expect(cashier.tiles().first()).toBeVisible();
  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");

  const form = await register(page, { name: NAME, email: "quirina@" });
  const consents = form.getByRole("checkbox");
  await expect(consents).toHaveCount(5);
  for (const consent of await consents.all()) await expect(consent).not.toBeChecked();
  await page.getByRole("button", { name: "Register and put onto the basket" }).click();
  await expect(form.getByRole("alert")).toHaveText("This e-mail address cannot be right.");
  await see(page, info, "new-customer");
  await form.getByRole("textbox", { name: "E-mail" }).fill(EMAIL);
  await form.getByText("We may send offers and news by e-mail.").click();
  await page.getByRole("button", { name: "Register and put onto the basket" }).click();
  await expect(page.getByTestId("basket-customer")).toContainText(NAME);
  await sellOne(page, cashier);
  // What is not sent yet is sealed, and its key lies apart.
  expect(filesWith(till.folder, NAME, EMAIL)).toEqual([]);

  await chain.server.start();
  await cashier.backOnline();
  await expect
    .poll(async () => (await chain.server.customers(EMAIL)).map(({ name }) => name))
    .toEqual([NAME]);
  const [profile] = await chain.server.customers(EMAIL);
  if (profile === undefined) throw new Error("the customer did not reach HQ");
  expect(profile.consents).toMatchObject([{ purpose: "email", given: true, source: "till BER1-01" }]);
  await expect.poll(() => sealedOfCustomer(till.folder, profile.id)).not.toBeNull();
  const sealed = sealedOfCustomer(till.folder, profile.id) ?? "";
  // What the till holds of them is sealed as well.
  expect(filesWith(till.folder, NAME, EMAIL)).toEqual([]);
  expect(filesWith(till.folder, sealed)).not.toEqual([]);

  await page.keyboard.press("F3");
  await page.getByRole("searchbox", { name: "Search customers" }).fill("zwiebelfsich");
  await page.getByRole("list", { name: "Customers found" }).getByRole("button", { name: EMAIL }).click();
  await expect(page.getByTestId("basket-customer")).toContainText(NAME);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("F3");
  const sheet = page.getByRole("dialog", { name: NAME });
  await expect(sheet).toContainText("In all stores and online");
  await expect(sheet.getByText(/^E-mail: yes/)).toBeVisible();
  await expectAccessible(page, "the profile");
  await page.keyboard.press("Escape");
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);

  await chain.server.hq(erasedCustomerSchema, `/hq/v1/customers/${profile.id}/erase`, {
    method: "POST",
    body: { name: NAME },
  });
  // The sale in the making goes on without them.
  await expect(page.getByTestId("basket-customer")).toBeHidden();
  await expect.poll(() => filesWith(till.folder, NAME, NAME.toLowerCase(), EMAIL)).toEqual([]);
  await expect.poll(() => filesWith(till.folder, sealed)).toEqual([]);
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await page.keyboard.press("F3");
  await page.getByRole("searchbox", { name: "Search customers" }).fill(NAME);
  await expect(page.getByText(`Nobody is known as “${NAME}”.`)).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(2);
  expect(filesWith(till.folder, NAME, EMAIL)).toEqual([]);
});

test("a till that was off while HQ erased a customer has nothing of them after its next sync", async ({
  chain,
  page,
}) => {
  const { till, cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  const [known] = await chain.server.customers();
  if (known === undefined) throw new Error("the demo has no customers");
  await expect.poll(() => sealedOfCustomer(till.folder, known.id)).not.toBeNull();
  const sealed = sealedOfCustomer(till.folder, known.id) ?? "";
  await till.stop();
  await chain.server.hq(erasedCustomerSchema, `/hq/v1/customers/${known.id}/erase`, {
    method: "POST",
    body: { name: known.name },
  });
  expect(filesWith(till.folder, sealed)).not.toEqual([]);
  await till.start();
  await expect.poll(() => sealedOfCustomer(till.folder, known.id)).toBeNull();
  await expect.poll(() => filesWith(till.folder, sealed)).toEqual([]);
});

test("a customer registered at two offline tills with the same e-mail address is one profile with both sales", async ({
  chain,
  context,
}) => {
  const pages = [await context.newPage(), await context.newPage()];
  const desks = [];
  for (const page of pages) desks.push({ page, ...(await openRegister(chain, page)) });
  for (const { cashier } of desks) await expect(cashier.tiles().first()).toBeVisible();
  await chain.server.stop();
  for (const { page, cashier } of desks) {
    await page.bringToFront();
    await expect(cashier.sync()).toContainText("Offline since");
    await register(page, { name: NAME, email: EMAIL });
    await page.getByRole("button", { name: "Register and put onto the basket" }).click();
    await expect(page.getByTestId("basket-customer")).toContainText(NAME);
    await sellOne(page, cashier);
  }
  await chain.server.start();
  for (const { page, cashier } of desks) {
    await page.bringToFront();
    await cashier.backOnline();
  }
  await expect.poll(async () => (await chain.server.customers(EMAIL)).length).toBe(1);
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(2);
  for (const { page } of desks) {
    await page.bringToFront();
    await page.keyboard.press("F3");
    await page.getByRole("searchbox", { name: "Search customers" }).fill(EMAIL);
    const found = page.getByRole("list", { name: "Customers found" }).getByRole("button", { name: "Show" });
    await expect(found).toHaveCount(1);
    await found.click();
    const history = page.getByRole("region", { name: "Bought and ordered" }).getByRole("listitem");
    await expect(history).toHaveCount(2);
    await page.keyboard.press("Escape");
  }
});
