import type { Page } from "@playwright/test";
import { Cashier } from "./harness/cashier.ts";
import { test as base, type Chain, expect, type Till } from "./harness/chain.ts";
import { pairedTill } from "./harness/register.ts";
import { enterTerminal, openSetUp } from "./harness/set-up.ts";
import { SimulatedTerminal } from "./harness/terminal.ts";

const MANAGER = { name: "Johanna Reuter", pin: "999999" };

/** A till with a payment terminal beside it, set up on screen by the manager, who then sells. */
const test = base.extend<{
  readonly shop: { readonly terminal: SimulatedTerminal; readonly till: Till; readonly cashier: Cashier };
}>({
  shop: async ({ chain, page }, use) => {
    const { terminal, port } = await SimulatedTerminal.start();
    const till = await pairedTill(chain);
    const cashier = new Cashier(page);
    await cashier.open(till.address);
    await cashier.signIn(MANAGER);
    await setUpTerminal(page, port);
    await use({ terminal, till, cashier });
    await terminal.stop();
  },
});

async function setUpTerminal(page: Page, port: string): Promise<void> {
  await openSetUp(page);
  await enterTerminal(page, port);
  const sheet = page.getByRole("region", { name: "Card terminal" });
  await expect(sheet.getByText(`127.0.0.1, port ${port}`)).toBeVisible();
  await sheet.getByRole("button", { name: "Test" }).last().click();
  await expect(page.getByText("The terminal answers.")).toBeVisible();
  await page.keyboard.press("Escape");
}

const card = (page: Page) => page.getByRole("button", { name: "Card", exact: true });

async function totalMinor(page: Page): Promise<number> {
  return Number(((await page.getByTestId("total").textContent()) ?? "").replace(/\D/g, ""));
}

async function booked(chain: Chain) {
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const [sold] = (await chain.server.tickets()).tickets;
  return sold!.ticket.tenders;
}

test("three articles are paid by card in four taps: the terminal approves, and the sale is done", async ({
  chain,
  page,
  shop: { terminal, cashier },
}) => {
  for (const place of [0, 1, 2]) await cashier.tiles().nth(place).click();
  await expect(cashier.lines()).toHaveCount(3);
  const total = await totalMinor(page);
  await card(page).click();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(() => terminal.moved).toEqual([`approved ${total}`]);
  expect(await booked(chain)).toMatchObject([
    { kind: "card", amount: { minor: total }, terminal: { brand: "Visa", lastFour: "0042" } },
  ]);
});

test("a declined card is said in words, the second pays a part, and cash the rest", async ({
  chain,
  page,
  shop: { terminal, cashier },
}) => {
  await cashier.tiles().first().click();
  const total = await totalMinor(page);
  terminal.say("declined");
  await card(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "The card was declined" })).toBeVisible();
  terminal.say("partial");
  await card(page).click();
  await page.getByRole("button", { name: /^Take .* by card$/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The rest is still open" })).toBeVisible();
  await page.keyboard.press("NumpadAdd");
  await expect(cashier.done()).toBeVisible();
  const half = Math.floor(total / 2);
  await expect.poll(() => terminal.moved).toEqual([`approved ${half}`]);
  expect(await booked(chain)).toMatchObject([
    { kind: "card", amount: { minor: half } },
    { kind: "cash", tendered: { minor: total - half } },
  ]);
});

test("the cable is out after the approval and the till is killed: started again it asks the terminal, and the basket is paid once", async ({
  chain,
  page,
  shop: { terminal, till, cashier },
}) => {
  await cashier.tiles().first().click();
  const total = await totalMinor(page);
  terminal.say("unplugged");
  await card(page).click();
  await expect(page.getByText("The terminal does not answer. Check its power")).toBeVisible();
  await expect(page.getByRole("button", { name: "Back" })).toBeDisabled();
  await till.kill();
  await till.start();
  await cashier.open(till.address);
  await cashier.signIn(MANAGER);
  await expect(page.getByText("The terminal has not said whether it took")).toBeVisible();
  terminal.say("on");
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(() => terminal.moved).toEqual([`approved ${total}`]);
  expect(await booked(chain)).toMatchObject([{ kind: "card", amount: { minor: total } }]);
});

test("a card payment that is taken back goes back to the card, and another way pays", async ({
  chain,
  page,
  shop: { terminal, cashier },
}) => {
  await cashier.tiles().first().click();
  const total = await totalMinor(page);
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await card(page).click();
  await page.getByRole("button", { name: /^Take .* by card$/ }).click();
  await expect(page.getByRole("button", { name: "Complete sale" })).toBeVisible();
  await page.getByRole("button", { name: /^Take back/ }).click();
  await terminal.printed(/^reversed/m);
  // The till knows it by then.
  await expect(page.getByRole("button", { name: "Complete sale" })).toBeHidden();
  await page.keyboard.press("NumpadAdd");
  await expect(cashier.done()).toBeVisible();
  await expect.poll(() => terminal.moved).toEqual([`approved ${total}`, `reversed ${total}`]);
  expect(await booked(chain)).toMatchObject([{ kind: "cash" }]);
});
