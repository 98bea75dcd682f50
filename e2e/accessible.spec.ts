import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";

async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, screen).toEqual([]);
}

/** Sees each screen of a sale in both themes and at both sizes; screenshots are kept beside the test's results. */
test("every screen of a sale is accessible, fits 1024x768 and 1920x1080, and looks right in light and dark", async ({
  chain,
  page,
}, info) => {
  const till = await chain.newTill();
  await till.start({ server: chain.server.address, code: await chain.server.pairingCode("BER1") });
  const cashier = new Cashier(page);
  const see = async (screen: string): Promise<void> => {
    for (const theme of ["light", "dark"]) {
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      for (const size of [
        { width: 1024, height: 768 },
        { width: 1920, height: 1080 },
      ]) {
        await page.setViewportSize(size);
        expect(
          await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          ),
          `${screen} scrolls sideways`,
        ).toBeLessThanOrEqual(0);
        await page.screenshot({ path: info.outputPath(`${screen}-${theme}-${size.width}.png`) });
      }
      await expectAccessible(page, `${screen}, ${theme}`);
    }
  };
  await cashier.open(till.address);
  await expect(page.getByRole("heading", { name: "Who is at the till?" })).toBeVisible();
  await see("lock");
  await page.getByRole("button", { name: "Mira Albers" }).click();
  await see("pin");
  for (const digit of "111111") await page.getByRole("button", { name: digit, exact: true }).click();
  await expect(cashier.tiles().nth(2)).toBeVisible();
  await see("register-empty");
  for (const place of [0, 1, 2]) await cashier.tiles().nth(place).click();
  await expect(cashier.lines()).toHaveCount(3);
  await see("register");
  await cashier.lines().first().getByRole("button").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await see("line");
  await page.getByRole("dialog").getByRole("button", { name: "Discount" }).click();
  await see("discount");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Pay" }).click();
  await see("payment");
  await page.getByRole("group", { name: "Quick amounts" }).getByRole("button").last().click();
  await see("paid");
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(cashier.done()).toBeVisible();
  await see("done");
  await page.getByRole("button", { name: "Show receipt" }).click();
  await see("receipt");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings" }).click();
  await see("settings");
  await page.keyboard.press("Escape");
  await cashier.sync().click();
  await see("sync");
});
