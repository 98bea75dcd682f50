import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { CollectDesk } from "./harness/collect-desk.ts";
import { see } from "./harness/looks.ts";
import { openRegister, pairedTill } from "./harness/register.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

// Dozens of screenshots and audits, on a machine that may be busy with another test: the time they take is not what is tested.
test.describe.configure({ timeout: 360_000 });

test("from the lock to a full basket every screen is accessible, fits 1024x768 and 1920x1080, and looks right in light and dark", async ({
  chain,
  page,
}, info) => {
  const till = await pairedTill(chain);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByRole("heading", { name: "Who is at the till?" })).toBeVisible();
  await see(page, info, "lock");
  await page.getByRole("button", { name: "Mira Albers" }).click();
  await see(page, info, "pin");
  for (const digit of "111111") await page.getByRole("button", { name: digit, exact: true }).click();
  await expect(cashier.sync()).toBeVisible();
  await see(page, info, "open-shift");
  await cashier.openShift();
  await expect(cashier.tiles().nth(2)).toBeVisible();
  await see(page, info, "register-empty");
  for (const place of [0, 1, 2]) await cashier.tiles().nth(place).click();
  await expect(cashier.lines()).toHaveCount(3);
  await see(page, info, "register");
  await cashier.lines().first().getByRole("button").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await see(page, info, "line");
  await page.getByRole("dialog").getByRole("button", { name: "Discount" }).click();
  await see(page, info, "discount");
});

test("from paying to the sync sheet every screen is accessible, fits 1024x768 and 1920x1080, and looks right in light and dark", async ({
  chain,
  page,
}, info) => {
  const { cashier } = await openRegister(chain, page);
  for (const place of [0, 1, 2]) await cashier.tiles().nth(place).click();
  await expect(cashier.lines()).toHaveCount(3);
  await page.getByRole("button", { name: "Pay" }).click();
  await see(page, info, "payment");
  await page.getByRole("group", { name: "Quick amounts" }).getByRole("button").last().click();
  await see(page, info, "paid");
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(cashier.done()).toBeVisible();
  await see(page, info, "done");
  await page.getByRole("button", { name: "Show receipt" }).click();
  await see(page, info, "receipt");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings" }).click();
  await see(page, info, "settings");
  await page.keyboard.press("Escape");
  await cashier.sync().click();
  await see(page, info, "sync");
});

test("from the collect queue to the hand-out every screen is accessible, fits 1024x768 and 1920x1080, and looks right in light and dark", async ({
  chain,
  page,
}, info) => {
  await openRegister(chain, page);
  const desk = new CollectDesk(page);
  const goods = await articleInStock(chain, "BER1");
  for (const id of ["3001", "3002"]) await chain.server.placeOrder(aPickupOrder(id, goods, "atPickup"));
  await desk.go();
  await expect(desk.card("WEB-3002", "To pick")).toBeVisible();
  await see(page, info, "queue");
  await desk.card("WEB-3001", "To pick").click();
  await see(page, info, "order");
  await page.getByRole("button", { name: "Start picking" }).click();
  await expect(page.getByRole("button", { name: /^One more of/ })).toBeVisible();
  await see(page, info, "picking");
  await page.getByRole("button", { name: "All orders" }).click();
  await desk.pick("WEB-3002", "A1");
  await desk.card("WEB-3002", "Ready").click();
  await see(page, info, "hand-out");
  await page.getByRole("button", { name: "No code" }).click();
  await see(page, info, "hand-out-without-code");
  await page.getByRole("button", { name: /phone/i }).first().click();
  await page.getByRole("button", { name: /^Take/ }).click();
  await expect(page.getByRole("dialog", { name: "Signature for WEB-3002" })).toBeVisible();
  await see(page, info, "signature");
});

test("from a receipt to the money given back every screen is accessible, fits 1024x768 and 1920x1080, and looks right in light and dark", async ({
  chain,
  page,
}, info) => {
  const { cashier } = await openRegister(chain, page);
  for (const place of [0, 1, 2]) await cashier.tiles().nth(place).click();
  await expect(cashier.lines()).toHaveCount(3);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  const sold = await page.getByRole("region", { name: /^Receipt / }).getAttribute("aria-label");
  await page.keyboard.press("F12");
  await expect(page.getByRole("dialog", { name: "What comes back?" })).toBeVisible();
  await see(page, info, "find-return");
  await cashier.scan((sold ?? "").replace("Receipt ", ""));
  const back = page.getByRole("button", { name: /^Take back one/ });
  await expect(back).toHaveCount(3);
  await see(page, info, "return");
  await back.first().click();
  await page.getByRole("button", { name: "Damaged" }).click();
  await page.getByRole("button", { name: "What to do" }).click();
  await expect(page.getByRole("dialog", { name: "Not just like that" })).toBeVisible();
  await see(page, info, "return-obstacle");
  await page.getByRole("button", { name: "Ask a manager" }).click();
  await expect(page.getByRole("dialog", { name: "A manager’s word is needed" })).toBeVisible();
  await see(page, info, "return-override");
  await page.getByRole("button", { name: "Goodwill" }).click();
  for (const digit of "999999") await page.getByRole("button", { name: digit, exact: true }).click();
  await page.getByRole("button", { name: "Allow the return" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Give back", exact: true }).click();
  await page.getByRole("button", { name: /^Store credit/ }).click();
  await see(page, info, "give-back");
  await page.getByRole("button", { name: /as store credit$/ }).click();
  await expect(page.getByRole("button", { name: "Complete return" })).toBeVisible();
  await see(page, info, "given-back");
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(page.getByTestId("credit-code")).toBeVisible();
  await see(page, info, "returned");
});
