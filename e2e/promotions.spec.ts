import { promotionsAnswerSchema } from "#protocol/hq/promotions.ts";
import { plainArticles } from "./harness/articles.ts";
import { cents } from "./harness/cents.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

test("a promotion that is put together at HQ is tried before it is saved, and a till sells it for the same cents", async ({
  chain,
  page,
  context,
}, info) => {
  const [{ sku, gtin, price }] = await plainArticles(chain);
  await openConsole(chain, page);
  await page.getByRole("link", { name: "Promotions" }).click();
  await see(page, info, "promotions");

  await page.getByRole("button", { name: "New promotion" }).click();
  const sheet = page.getByRole("dialog", { name: "New promotion" });
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByLabel("Name")).toBeFocused();
  await expect(sheet.getByLabel("Name")).toHaveAccessibleDescription("It needs a name.");
  await sheet.getByLabel("Name").fill("Third at half price");
  await sheet.getByLabel("Kind").selectOption("piecesFor");
  await sheet.getByLabel("How much is off the others").fill("50");
  await sheet.getByLabel("Goods").selectOption("variants");
  await sheet.getByLabel("Add an article").fill(sku);
  await sheet.getByRole("button", { name: new RegExp(`${sku}$`) }).click();
  await sheet.getByRole("checkbox", { name: "Berlin Mitte" }).check();
  await expect(sheet.getByText(/^Of every 3 pieces of .* costs 50 % less, in Berlin Mitte$/)).toBeVisible();

  const trial = sheet.getByRole("region", { name: "Try it" });
  await trial.getByLabel("Put an article into the basket").fill(sku);
  await trial.getByRole("button", { name: new RegExp(`${sku}$`) }).click();
  const pieces = trial.getByRole("textbox", { name: /^Pieces of/ });
  const why = trial.getByRole("listitem").filter({ hasText: "Third at half price (this one)" });
  const total = trial.getByTestId("simulated-total");
  await expect(why).toContainText("Too little in the basket fits");
  expect(cents(await total.textContent())).toBe(price);
  await pieces.fill("3");
  await expect(why).toContainText("Granted");
  const tried = cents(await total.textContent());
  expect(tried).toBe(3 * price - Math.round(price / 2));
  await trial.getByLabel("Where").selectOption({ label: "Store: Hamburg Hafen" });
  await expect(why).toContainText("Not here");
  await trial.getByLabel("Where").selectOption({ label: "Store: Berlin Mitte" });
  await expect(why).toContainText("Granted");
  await see(page, info, "promotion");
  // The console is dark where the machine is.
  await page.emulateMedia({ colorScheme: "dark" });
  await see(page, info, "promotion-at-night");
  await page.emulateMedia({ colorScheme: "light" });
  expect((await chain.server.hq(promotionsAnswerSchema, "/hq/v1/promotions")).promotions).not.toContainEqual(
    expect.objectContaining({ name: "Third at half price" }),
  );
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Change Third at half price" })).toBeVisible();

  const register = await context.newPage();
  const { cashier } = await openRegister(chain, register);
  for (let piece = 0; piece < 3; piece += 1) await cashier.scan(gtin);
  await expect(cashier.lines()).toHaveCount(1);
  await expect(cashier.lines().first()).toContainText("Third at half price");
  expect(cents(await register.getByTestId("total").textContent())).toBe(tried);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  expect((await chain.server.tickets()).tickets[0]?.ticket.totals.total.minor).toBe(tried);
  await expect(page.getByText("On 1 of 1 tills")).toBeVisible();
  await register.close();

  await page.getByLabel("Where several fit").selectOption("bestForCustomer");
  await expect
    .poll(async () => (await chain.server.hq(promotionsAnswerSchema, "/hq/v1/promotions")).choice)
    .toBe("bestForCustomer");
  // What was said of the promotion that was saved before may still stand there.
  await expect(page.getByText("Saved. The tills know it within seconds.").last()).toBeVisible();
  await page.getByRole("button", { name: "Calendar" }).click();
  await expect(
    page.getByRole("list", { name: "Calendar" }).getByRole("button", { name: "Change Third at half price" }),
  ).toBeVisible();
  await see(page, info, "calendar");
});
