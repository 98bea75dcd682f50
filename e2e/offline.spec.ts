import { expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

test("twenty sales without the server, a basket parked and recalled and the till restarted in between: each arrives once, stock is right to the piece", async ({
  chain,
  page,
}) => {
  const { till, cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  await expect(cashier.tiles().nth(2)).toBeVisible();
  const { products } = await chain.server.products("", 4);
  const articles = products.map((product) => ({
    sku: product.variants[0]!.sku,
    gtin: product.variants[0]!.gtin!,
    price: product.variants[0]!.prices.find((price) => price.list === "retail")!.amount.minor,
  }));
  const before = await chain.server.stockOf(
    "BER1",
    articles.map((article) => article.sku),
  );

  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");

  const sold = new Map<string, number>();
  let takings = 0;
  async function sell(count: number): Promise<void> {
    const lines = articles.slice(0, 1 + (count % articles.length));
    for (const { sku, gtin, price } of lines) {
      await cashier.scan(gtin);
      sold.set(sku, (sold.get(sku) ?? 0) + 1);
      takings += price;
    }
    await expect(cashier.lines()).toHaveCount(lines.length);
    await cashier.exactCash();
    await expect(cashier.done()).toBeVisible();
  }
  for (let count = 0; count < 10; count += 1) await sell(count);

  // A customer has forgotten something: the basket is parked, another sold, the till restarted, the basket recalled.
  await cashier.scan(articles[0]!.gtin);
  await expect(cashier.lines()).toHaveCount(1);
  await page.getByRole("button", { name: "Park" }).click();
  await page.getByLabel("Name to find it by").fill("red coat");
  await page.getByRole("button", { name: "Park basket" }).click();
  await expect(cashier.lines()).toHaveCount(0);
  for (let count = 10; count < 14; count += 1) await sell(count);
  await till.stop();
  await till.start();
  await cashier.open(till.address);
  await cashier.signIn();
  await expect(cashier.sync()).toContainText("not sent");
  await page.getByRole("button", { name: "Recall" }).click();
  await expect(page.getByText("red coat")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Recall", exact: true }).click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  sold.set(articles[0]!.sku, (sold.get(articles[0]!.sku) ?? 0) + 1);
  takings += articles[0]!.price;
  for (let count = 15; count < 20; count += 1) await sell(count);

  await chain.server.start();
  await cashier.backOnline();
  const { tickets, total } = await chain.server.tickets();
  expect(total).toBe(20);
  expect(tickets.map((ticket) => ticket.number).sort()).toEqual(
    Array.from({ length: 20 }, (_, index) => `BER1-01-${String(index + 1).padStart(6, "0")}`),
  );
  expect(tickets.reduce((sum, ticket) => sum + ticket.total.minor, 0)).toBe(takings);
  const after = await chain.server.stockOf(
    "BER1",
    articles.map((article) => article.sku),
  );
  for (const { sku } of articles) expect(after.get(sku)).toBe(before.get(sku)! - sold.get(sku)!);
});

test("what was sold offline is gone from this till's stock at once, and is counted once when the server is back", async ({
  chain,
  page,
}) => {
  const { cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  const { products } = await chain.server.products("", 200);
  const single = products.find(
    (product) =>
      product.variants.length === 1 &&
      product.variants[0]!.stock.some((stock) => stock.store === "BER1" && stock.onHand > 3),
  )!;
  const onHand = single.variants[0]!.stock.find((stock) => stock.store === "BER1")!.onHand;
  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");
  await cashier.sellOne(single.variants[0]!.gtin!);
  await page.getByRole("searchbox").fill(single.variants[0]!.sku);
  await expect(page.getByText(`${onHand - 1} in stock`)).toBeVisible();
  await chain.server.start();
  await cashier.backOnline();
  await expect(page.getByText(`${onHand - 1} in stock`)).toBeVisible();
  expect((await chain.server.stockOf("BER1", [single.variants[0]!.sku])).get(single.variants[0]!.sku)).toBe(
    onHand - 1,
  );
});

test("HQ changes a price while the till runs: the register shows it by itself, and sells at it", async ({
  chain,
  page,
}) => {
  const { cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  const { products } = await chain.server.products("", 200);
  const single = products.find((product) => product.variants.length === 1)!;
  const variant = single.variants[0]!;
  await page.getByRole("searchbox").fill(variant.sku);
  await expect(cashier.tiles().first()).toBeVisible();
  const to = { minor: 123_45, currency: "EUR" };
  const { setPriceAnswerSchema } = await import("#protocol/hq/console.ts");
  await chain.server.hq(setPriceAnswerSchema, "/hq/v1/prices", {
    method: "PUT",
    body: { sku: variant.sku, list: "retail", amount: to },
  });
  await expect(cashier.tiles().first()).toContainText("€123.45");
  await cashier.scan(variant.gtin!);
  await expect(page.getByTestId("total")).toHaveText("€123.45");
});
