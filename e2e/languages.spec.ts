import { expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

test("a colleague who speaks Spanish chooses it at the till: it counts at once, still after a restart, and goes as it came", async ({
  chain,
  page,
}) => {
  const { cashier } = await openRegister(chain, page);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Español" }).click();
  await expect(page.getByRole("dialog", { name: "Ajustes de esta caja" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.keyboard.press("Escape");
  await cashier.tiles().first().click();
  await expect(page.getByRole("button", { name: "Cobrar" })).toBeVisible();
  await expect(page.getByTestId("tile-single").first()).toContainText(/\d,\d\d\s€/);

  await page.reload();
  await expect(page.getByRole("button", { name: "Cobrar" })).toBeVisible();
  await page.getByRole("button", { name: "Ajustes" }).click();
  await page.getByRole("button", { name: "Como la tienda" }).click();
  await expect(page.getByRole("dialog", { name: "Settings of this till" })).toBeVisible();
  await expect(page.getByTestId("tile-single").first()).toContainText(/€\d+\.\d\d/);
});
