import type { Page } from "@playwright/test";
import type { Customer } from "#domain/customer/customer.ts";
import { customerPointsAnswerSchema } from "#protocol/hq/loyalty.ts";
import { type ShopLoyalty, shopLoyaltySchema } from "#protocol/shop/loyalty.ts";
import { scannableArticles } from "./harness/articles.ts";
import type { Cashier } from "./harness/cashier.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { goToPlace, openConsole } from "./harness/console.ts";
import { expectAccessible, see, takePicture } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

/** What 100 points pay in the demo's programme, and what an article costs that they pay a part of. */
const STEP_PAYS = 500;
const MOST = 5_000;
/** Two steps and a half. */
const GIVEN = 250;

/** Somebody with a card who never bought anything. */
async function aNewcomer(chain: Chain): Promise<Customer & { readonly cardNumber: string }> {
  const customers = await chain.server.customers();
  for (const customer of customers) {
    const { cardNumber } = customer;
    if (cardNumber === null) continue;
    const { entries } = await chain.server.hq(
      customerPointsAnswerSchema,
      `/hq/v1/customers/${customer.id}/points`,
    );
    if (entries.length === 0) return { ...customer, cardNumber };
  }
  throw new Error("the demo has no such customer");
}

const inShop = (chain: Chain, { id }: Customer): Promise<ShopLoyalty> =>
  chain.server.hq(shopLoyaltySchema, `/shop/v1/loyalty/${id}`);

async function ringUp(
  cashier: Cashier,
  customer: { readonly cardNumber: string },
  gtin: string,
): Promise<void> {
  await cashier.scan(customer.cardNumber);
  await expect(cashier.page.getByTestId("basket-points")).toBeVisible();
  await cashier.scan(gtin);
  await expect(cashier.lines()).toHaveCount(1);
}

/** What the receipt in front says of points: each row's figures. */
async function receiptSays(page: Page, words: string): Promise<number> {
  await page.getByRole("button", { name: "Show receipt" }).click();
  const receipt = page.getByRole("dialog");
  await expect(receipt).toContainText(words);
  const text = (await receipt.textContent()) ?? "";
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  const said = new RegExp(`${words.replaceAll(/[()]/g, "\\$&")}\\s*(-?[\\d.,]+)`).exec(text)?.[1];
  if (said === undefined) throw new Error(`the receipt does not say “${words}”: ${text}`);
  return Number(said.replaceAll(/[.,]/g, ""));
}

test("points are earned at a till, seen by the shop, spent at tills that are cut off, and the sums agree once those are back", async ({
  chain,
  page,
  context,
}, info) => {
  const newcomer = await aNewcomer(chain);
  const [{ gtin }] = await scannableArticles(chain, ({ price }) => price > 2 * STEP_PAYS && price < MOST);
  await chain.server.hq(customerPointsAnswerSchema, `/hq/v1/customers/${newcomer.id}/points`, {
    method: "POST",
    body: { id: "welcome-gift", points: GIVEN, reason: "Welcome", by: "Hanna" },
  });

  const { cashier: mira } = await openRegister(chain, page);
  await expect(mira.sync()).toHaveText("Online");
  await ringUp(mira, newcomer, gtin);
  await expect(page.getByTestId("basket-points")).toContainText(`${GIVEN} points`);
  await mira.exactCash();
  await expect(mira.done()).toBeVisible();
  const earned = await receiptSays(page, "Points earned");
  expect(earned).toBeGreaterThan(0);
  expect(await receiptSays(page, "Points balance")).toBe(GIVEN + earned);
  await expect.poll(async () => (await inShop(chain, newcomer)).balance).toBe(GIVEN + earned);

  await ringUp(mira, newcomer, gtin);
  await expect(page.getByTestId("basket-points")).toContainText(`${GIVEN + earned} points`);
  await page.keyboard.press("F3");
  const sheet = page.getByRole("dialog", { name: newcomer.name });
  await expect(sheet.getByTestId("customer-points")).toHaveText(`${GIVEN + earned} points`);
  await expect(sheet.getByRole("list", { name: "What moved the points" })).toContainText("Welcome (Hanna)");
  await see(page, info, "customer-points");
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("F9");
  await page.getByRole("button", { name: "Points", exact: true }).click();
  await expect(page.getByTestId("points-left")).toHaveText(`${GIVEN + earned} points`);
  await see(page, info, "points-payment");
  await page.getByRole("button", { name: "Back" }).click();

  // What it knows of the points came with its first sync.
  const { cashier: other } = await openRegister(chain, await context.newPage());
  await expect(other.sync()).toHaveText("Online");
  await chain.server.stop();

  const balances: number[] = [];
  for (const cashier of [mira, other]) {
    await expect(cashier.sync()).toContainText("Offline since");
    if (cashier === other) await ringUp(other, newcomer, gtin);
    await cashier.page.keyboard.press("F9");
    await cashier.page.getByRole("button", { name: "Points", exact: true }).click();
    await expect(cashier.page.getByText("there is no connection")).toBeVisible();
    await cashier.page.keyboard.type("200");
    await expect(cashier.page.getByTestId("points-taken")).toHaveText("200 points");
    await cashier.page.getByRole("button", { name: /^Pay .* with 200 points$/ }).click();
    await cashier.page.getByRole("button", { name: /^Take .* in cash$/ }).click();
    await cashier.page.getByRole("button", { name: "Complete sale" }).click();
    await expect(cashier.done()).toBeVisible();
    balances.push(await receiptSays(cashier.page, "Points balance (as known here)"));
  }
  const [afterFirst = 0] = balances;
  const earnedOnRest = afterFirst - (GIVEN + earned - 200);
  expect(earnedOnRest).toBeLessThan(earned);
  expect(balances[1]).toBe(afterFirst);

  await chain.server.start();
  for (const cashier of [mira, other]) await cashier.backOnline();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(3);
  const { balance, entries } = await inShop(chain, newcomer);
  expect(balance).toBe(GIVEN + earned - 400 + 2 * earnedOnRest);
  expect(balance).toBe(entries.reduce((sum, { points }) => sum + points, 0));
  const { exceptions } = await chain.server.exceptions();
  const overdrawn = exceptions.filter(({ kind }) => kind === "pointsOverdrawn");
  expect(overdrawn.map(({ detail }) => detail.tills?.split(", ").sort())).toEqual(
    balance < 0 ? [["BER1-01", "BER1-02"]] : [],
  );
  for (const cashier of [mira, other]) {
    await expect(cashier.sync()).toHaveText("Online");
    await cashier.scan(newcomer.cardNumber);
    await expect(cashier.page.getByTestId("basket-points")).toContainText(`${balance} points`);
  }
});

test("HQ decides the programme with a sample before it, sees a customer's points and sets them right", async ({
  chain,
  page,
}, info) => {
  const newcomer = await aNewcomer(chain);
  await openConsole(chain, page, "loyalty");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Fennholm Friends");
  const sample = page.getByRole("region", { name: "For instance" });
  await expect(sample).toContainText("earns 50 points");
  await page.getByLabel("Points", { exact: true }).fill("3");
  await expect(sample).toContainText("earns 150 points");
  await expect(sample).toContainText("with Gold: 225");
  await expectAccessible(page, "the loyalty programme");
  await takePicture(page, info, "programme");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("sales from now on earn by it")).toBeVisible();

  await goToPlace(page, "customers");
  await page.getByRole("searchbox").fill(newcomer.cardNumber);
  await page.getByRole("button", { name: newcomer.name }).first().click();
  const points = page.getByRole("region", { name: "Points" });
  await expect(points).toContainText("0 points");
  await points.getByRole("button", { name: "Adjust" }).click();
  await points.getByLabel("Points, below zero to take them").fill("120");
  await points.getByLabel("Why").fill("A late parcel");
  await points.getByRole("button", { name: "Book it" }).click();
  await expect(points).toContainText("120 points");
  await expect(points.getByText("A late parcel (Hanna Vogt)")).toBeVisible();
  await expectAccessible(page, "a customer's points at HQ");
  await takePicture(page, info, "hq-customer");
  expect(await inShop(chain, newcomer)).toMatchObject({ balance: 120, earnedInYear: 0 });
});
