import { allow } from "./harness/allow.ts";
import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { see } from "./harness/looks.ts";
import { pairedTill } from "./harness/register.ts";

test("a day goes from the float over sales and a cash-out to a blind count and a Z report, offline, and HQ has the same sums", async ({
  chain,
  page,
}, info) => {
  test.setTimeout(240_000);
  const till = await pairedTill(chain);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await page.getByRole("button", { name: "Mira Albers" }).click();
  for (const digit of "111111") await page.getByRole("button", { name: digit, exact: true }).click();
  await expect(page.getByRole("heading", { name: "Open the shift" })).toBeVisible();
  await see(page, info, "open-shift");
  await cashier.openShift();
  await expect(cashier.sync()).toHaveText("Online");

  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  const taken = Number((await cashier.done().textContent())?.replace("€", ""));

  // The sale is at HQ, so that what is done from here on is all that is not.
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  await expect(cashier.sync()).toHaveText("Online");
  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");
  await page.keyboard.press("Shift+F9");
  await page.getByRole("dialog").getByRole("button", { name: "Cash out" }).click();
  await page.getByRole("button", { name: "Postage" }).click();
  for (const digit of ["5", "00"])
    await page.getByRole("dialog").getByRole("button", { name: digit, exact: true }).click();
  await page.getByRole("button", { name: "Take out €5.00" }).click();
  await allow(page);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("Shift+F9");
  await expect(page.getByRole("dialog", { name: "Till & cash" })).toBeVisible();
  await see(page, info, "till-and-cash");
  await page.getByRole("button", { name: "Count and close" }).click();
  const sheet = page.getByRole("dialog");
  // The float, as it was tapped, is all that is counted: what the sale brought, less what was taken out, is missing.
  await sheet.getByRole("textbox", { name: "Pieces of €50.00" }).fill("3");
  await expect(sheet).toContainText("1 entry is not at HQ yet");
  await expect(sheet).not.toContainText((150 + taken - 5).toFixed(2));
  await see(page, info, "count");
  await page.getByRole("button", { name: "Write the count down" }).click();
  await expect(page.getByTestId("shift-outcome")).toHaveText(`€${(taken - 5).toFixed(2)} missing.`);
  await page.getByRole("button", { name: "Not known" }).click();
  await see(page, info, "outcome");
  await page.getByRole("button", { name: "Close the drawer" }).click();
  await allow(page);
  await expect(page.getByRole("dialog", { name: "The drawer is closed" })).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close the day: Z report 1" }).click();
  const paper = page.getByRole("dialog", { name: /^Z report 1/ }).getByRole("article");
  await expect(paper).toContainText(`€${taken.toFixed(2)}`);
  await see(page, info, "z-report");

  await chain.server.start();
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await cashier.backOnline();
  await openConsole(chain, page, "shifts");
  await expect(page.getByRole("row", { name: /Z 1/ })).toContainText(`€${(taken - 5).toFixed(2)} missing`);
  await expect(page.getByRole("row", { name: /Z 1/ })).toContainText(`€${taken.toFixed(2)}`);
  await page.getByRole("button", { name: "Open Z 1 of BER1-01" }).click();
  await expect(page.getByRole("dialog")).toContainText("€5.00 taken out: Postage");
  await openConsole(chain, page, "exceptions");
  await expect(page.getByRole("heading", { name: "A drawer did not add up" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /does not agree/ })).toHaveCount(0);
});
