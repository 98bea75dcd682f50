import { watch } from "node:fs";
import { plainArticles } from "./harness/articles.ts";
import { Cashier } from "./harness/cashier.ts";
import { expect, type Till, test } from "./harness/chain.ts";
import { holdView } from "./harness/held.ts";
import { openRegister, pairedTill } from "./harness/register.ts";

const COPY = "journal.lines";
const LOG = "journal.sqlite-wal";
/** Moments of a sale, from the press until well after the commit, at which the engine is killed; each resolves when it has come. */
const MOMENTS: readonly ((till: Till, cashier: Cashier) => Promise<unknown>)[] = [
  async () => undefined,
  // What is tendered goes into the database first, as a draft.
  ({ folder }) => written(folder, LOG),
  // The sale goes into the second copy, and then into the database.
  ({ folder }) => written(folder, COPY),
  ({ folder }) => written(folder, COPY, LOG),
  (_, cashier) => cashier.done().waitFor(),
];
const KILLS = 2 * MOMENTS.length;

/** Resolves once these files of a folder are written to, one after another. */
function written(folder: string, ...files: readonly string[]): Promise<void> {
  return new Promise((done) => {
    let next = 0;
    const watcher = watch(folder, (_, file) => {
      if (file === files[next]) next += 1;
      if (next < files.length) return;
      watcher.close();
      done();
    });
  });
}

test("the browser is killed in the middle of a payment: the basket and what was paid are still there", async ({
  chain,
  browser,
}) => {
  const till = await pairedTill(chain);
  const first = await browser.newContext();
  const before = new Cashier(await first.newPage());
  await before.open(till.address);
  await before.signIn();
  const { products } = await chain.server.products("", 2);
  for (const product of products) await before.scan(product.variants[0]!.gtin!);
  await expect(before.lines()).toHaveCount(2);
  await before.page.getByRole("button", { name: "Pay" }).click();
  await before.page.getByRole("button", { name: "Card", exact: true }).click();
  for (const digit of "500")
    await before.page
      .getByRole("group", { name: "Amount" })
      .getByRole("button", { name: digit, exact: true })
      .click();
  await before.page.getByLabel("Approval code from the card terminal").fill("A1B2C3");
  await before.page.getByRole("button", { name: /^Take .* by card$/ }).click();
  await expect(before.page.getByText("A1B2C3")).toBeVisible();
  const remaining = await before.page.getByTestId("remaining").textContent();
  await first.close();

  const second = await browser.newContext();
  const after = new Cashier(await second.newPage());
  await after.open(till.address);
  await expect(after.page.getByText("A1B2C3")).toBeVisible();
  await expect(after.page.getByTestId("remaining")).toHaveText(remaining!);
  await after.page.getByRole("group", { name: "Quick amounts" }).getByRole("button").first().click();
  await after.page.getByRole("button", { name: "Complete sale" }).click();
  await expect(after.page.getByText("Paid, no change")).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const [ticket] = (await chain.server.tickets()).tickets;
  expect(ticket!.ticket.tenders.map((tender) => tender.kind)).toEqual(["card", "cash"]);
  await second.close();
});

test("a page that was just opened does not call a basket empty that it has not heard of", async ({
  chain,
  page,
}) => {
  const { till, cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  const show = await holdView(page, "basket");
  await cashier.open(till.address);
  await expect(cashier.sync()).toBeVisible();
  await expect(page.getByText("Scan or tap an article to begin.")).toBeHidden();
  show();
  await expect(cashier.lines()).toHaveCount(1);
});

test("the engine is killed around the commit, again and again: no sale is lost, none is booked twice, no receipt number is skipped", async ({
  chain,
  page,
}) => {
  test.setTimeout(300_000);
  const { till, cashier } = await openRegister(chain, page);
  const [{ gtin }] = await plainArticles(chain);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await cashier.scan(gtin);
    await expect(cashier.lines()).toHaveCount(1);
    const come = MOMENTS[kill % MOMENTS.length]!;
    const pressed = page.getByRole("button", { name: "Exact cash" }).click({ noWaitAfter: true });
    await Promise.all([come(till, cashier), pressed]);
    await till.kill();
    await till.start();
    await cashier.open(till.address);
    await cashier.signIn();
    // Either the sale is in the journal and the basket is empty, or the basket is as it was, with or without its tender: then one press books it.
    const books = page.getByRole("button", { name: /^(Complete sale|Exact cash)/ });
    const empty = page.getByText("Scan or tap an article to begin.");
    await expect(books.or(empty)).toBeVisible();
    if (await empty.isHidden()) await books.click();
    await expect.poll(async () => (await chain.server.tickets()).total).toBe(kill + 1);
    await expect(books).toBeHidden();
  }
  const { tickets } = await chain.server.tickets();
  expect(tickets.map((ticket) => ticket.number).sort()).toEqual(
    Array.from({ length: KILLS }, (_, index) => `BER1-01-${String(index + 1).padStart(6, "0")}`),
  );
});
