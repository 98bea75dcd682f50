import type { TestInfo } from "@playwright/test";
import { creditsAnswerSchema } from "#protocol/hq/credits.ts";
import { scannableArticles } from "./harness/articles.ts";
import type { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

test.describe.configure({ timeout: 360_000 });

const CODE = /CARD(?:-[0-9A-Z]{4}){5}/;
/** Below what a till takes of one card without a connection. */
const MOST = 4_000;

/** Sells a card with the till's own code and answers that code, as the slip on the screen has it. */
async function sellCard(cashier: Cashier, euros: number, info: TestInfo): Promise<string> {
  const { page } = cashier;
  await page.keyboard.press("F10");
  await page.getByRole("button", { name: /^Gift card/ }).click();
  const sheet = page.getByRole("dialog", { name: "Gift card" });
  await see(page, info, "which-gift-card");
  await sheet.getByRole("button", { name: "New card from this till" }).click();
  await expect(sheet.getByRole("status", { name: "Amount" })).toBeVisible();
  await page.keyboard.type(`${euros}00`);
  await see(page, info, "sell-gift-card");
  await sheet.getByRole("button", { name: new RegExp(`^Sell for .*${euros}`) }).click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await page.getByRole("button", { name: "Show receipt" }).click();
  const receipt = page.getByRole("dialog");
  await expect(receipt.getByText("To give away")).toBeVisible();
  await see(page, info, "gift-card-receipt");
  const code = CODE.exec((await receipt.textContent()) ?? "")?.[0] ?? "";
  await receipt.getByRole("button", { name: "Close" }).click();
  return code;
}

async function payWithCard(cashier: Cashier, gtin: string, code: string, info: TestInfo): Promise<void> {
  const { page } = cashier;
  await cashier.scan(gtin);
  await expect(cashier.lines()).toHaveCount(1);
  await page.keyboard.press("F9");
  await expect(page.getByRole("button", { name: /^Take .* in cash$/ })).toBeVisible();
  // Scanned while cash is open: the till knows a card when it sees one.
  await cashier.scan(code);
  await expect(page.getByTestId("credit-left")).toBeVisible();
  await expect(page.getByText("there is no connection")).toBeVisible();
  await see(page, info, "pay-with-gift-card");
  await page.getByRole("button", { name: /^Take .* from the gift card$/ }).click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(cashier.done()).toBeVisible();
}

test("a gift card is spent at two tills that are cut off, beyond what is on it: both sales stand, HQ is told once, and the books add up", async ({
  chain,
  page,
  context,
}, info) => {
  const [{ gtin, price }] = await scannableArticles(
    chain,
    (article) => article.price > MOST / 2 && article.price < MOST,
  );
  const worth = Math.ceil(price / 100) * 100;
  const { cashier: mira } = await openRegister(chain, page);
  const code = await sellCard(mira, worth / 100, info);
  expect(code).toMatch(CODE);
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);

  // What it knows of the card came with its first sync.
  const { cashier: other } = await openRegister(chain, await context.newPage());
  await expect(other.sync()).toHaveText("Online");

  await chain.server.stop();
  for (const cashier of [mira, other]) {
    await expect(cashier.sync()).toContainText("Offline since");
    await payWithCard(cashier, gtin, code, info);
  }
  await chain.server.start();
  for (const cashier of [mira, other]) await cashier.backOnline();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(3);

  const { exceptions } = await chain.server.exceptions();
  const overdrawn = exceptions.filter(({ kind }) => kind === "overdrawn");
  expect(overdrawn).toHaveLength(1);
  expect(overdrawn[0]?.detail).toMatchObject({ kind: "giftCard" });
  expect(overdrawn[0]?.detail.tills?.split(", ").sort()).toEqual(["BER1-01", "BER1-02"]);

  const { credits } = await chain.server.hq(creditsAnswerSchema, "/hq/v1/credits?kind=giftCard");
  expect(credits).toHaveLength(1);
  const [card] = credits;
  expect(card).toMatchObject({
    state: "overdrawn",
    issued: { minor: worth },
    spent: { minor: 2 * price },
    balance: { minor: 0 },
    overdrawn: { minor: 2 * price - worth },
  });
  expect(card?.entries.map(({ kind, amount }) => [kind, amount.minor])).toEqual([
    ["sold", worth],
    ["spent", -price],
    ["spent", -price],
  ]);

  const hq = await context.newPage();
  await openConsole(chain, hq, "credits");
  await hq.getByRole("button", { name: `Open gift card ${code.slice(-4)}` }).click();
  const sheet = hq.getByRole("dialog", { name: `Gift card …${code.slice(-4)}` });
  await expect(sheet.getByText("Overdrawn by")).toBeVisible();
  await expect(sheet.getByRole("listitem")).toHaveCount(3);
  await see(hq, info, "gift-card-at-hq");
  await openConsole(chain, hq, "exceptions");
  await expect(hq.getByRole("heading", { name: "Gift card overdrawn" })).toHaveCount(1);
});
