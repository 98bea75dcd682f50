import { scannableArticles } from "./harness/articles.ts";
import type { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/;
/** Below what a till takes of one credit without a connection. */
const MOST = 4_000;

test("store credit from a return is spent at two tills that are cut off: both sales stand, and HQ is told once, with both tills", async ({
  chain,
  page,
  context,
}) => {
  const [{ gtin }] = await scannableArticles(chain, ({ price }) => price > 0 && price < MOST);

  async function payWithCredit(cashier: Cashier, code: string): Promise<void> {
    await cashier.scan(gtin);
    await expect(cashier.lines()).toHaveCount(1);
    await cashier.page.keyboard.press("F9");
    await cashier.page.getByRole("button", { name: "Gift card, credit", exact: true }).click();
    await cashier.scan(code);
    await expect(cashier.page.getByTestId("credit-left")).toBeVisible();
    await expect(cashier.page.getByText("there is no connection")).toBeVisible();
    await cashier.page.getByRole("button", { name: /^Take .* from the credit$/ }).click();
    await cashier.page.getByRole("button", { name: "Complete sale" }).click();
    await expect(cashier.done()).toBeVisible();
  }

  const { cashier: mira } = await openRegister(chain, page);
  await mira.sellOne(gtin);
  await mira.scan("BER1-01-000001");
  await page.getByRole("button", { name: "Return all" }).click();
  await expect(page.getByRole("button", { name: "Give back", exact: true })).toBeVisible();
  await page.keyboard.press("F9");
  await page.getByRole("button", { name: /^Store credit up to/ }).click();
  await page.getByRole("button", { name: /^Give .* as store credit$/ }).click();
  await page.getByRole("button", { name: "Complete return" }).click();
  await page.getByRole("button", { name: "Show receipt" }).click();
  const receipt = page.getByRole("dialog");
  await expect(receipt).toContainText(CODE);
  const code = CODE.exec((await receipt.textContent()) ?? "")?.[0] ?? "";
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(2);

  // What it knows of the credit came with its first sync.
  const { cashier: other } = await openRegister(chain, await context.newPage());
  await expect(other.sync()).toHaveText("Online");

  await chain.server.stop();
  for (const cashier of [mira, other]) {
    await expect(cashier.sync()).toContainText("Offline since");
    await payWithCredit(cashier, code);
  }
  await chain.server.start();
  for (const cashier of [mira, other]) await cashier.backOnline();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(4);
  const { exceptions } = await chain.server.exceptions();
  const overdrawn = exceptions.filter(({ kind }) => kind === "overdrawn");
  expect(overdrawn).toHaveLength(1);
  expect(overdrawn[0]?.detail.tills?.split(", ").sort()).toEqual(["BER1-01", "BER1-02"]);
});
