import { randomUUID } from "node:crypto";
import { couponsMadeSchema } from "#protocol/hq/coupons.ts";
import { savedPromotionSchema } from "#protocol/hq/promotions.ts";
import { type Quote, quoteSchema } from "#protocol/shop/quote.ts";
import { plainArticles } from "./harness/articles.ts";
import { cents } from "./harness/cents.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

const CODES = "friends";

async function promote(chain: Chain, promotion: Readonly<Record<string, unknown>>): Promise<void> {
  const body = { validFrom: 0, validUntil: null, priority: 50, ...promotion };
  await chain.server.hq(savedPromotionSchema, `/hq/v1/promotions/${promotion.id}`, {
    method: "PUT",
    body,
  });
}

function quote(chain: Chain, basket: unknown): Promise<Quote> {
  return chain.server.hq(quoteSchema, "/demo-shop/api/quote", { method: "POST", body: basket });
}

test("a promotion that HQ makes comes to the same cents in the demo shop and at a till that is cut off, by name; a coupon used online is refused at the till", async ({
  chain,
  page,
  context,
}) => {
  const [mug, bowl] = await plainArticles(chain);
  if (bowl === undefined) throw new Error("the demo has no two such articles");
  await promote(chain, {
    id: "second-free",
    name: "Second one free",
    rule: { kind: "piecesFor", goods: { kind: "variants", variants: [mug.variant] }, size: 2, pays: 1 },
  });
  await promote(chain, {
    id: CODES,
    name: "For friends",
    when: { coupon: { kind: "codes" } },
    rule: {
      kind: "fromValue",
      goods: { kind: "variants", variants: [bowl.variant] },
      least: { minor: 100, currency: "EUR" },
      off: { kind: "percent", ppm: 137_000 },
    },
  });
  const made = await chain.server.hq(couponsMadeSchema, `/hq/v1/promotions/${CODES}/coupons`, {
    method: "POST",
    body: { count: 2 },
  });
  const [offlineCode = "", onlineCode = ""] = made.codes;
  const lines = [
    { sku: mug.sku, quantity: 3 },
    { sku: bowl.sku, quantity: 1 },
  ];

  const { cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  const quoted = await quote(chain, { lines, coupons: [offlineCode] });
  expect(quoted.promotions.map(({ name }) => name).sort()).toEqual(["For friends", "Second one free"]);

  const shop = await context.newPage();
  await shop.goto(`${chain.server.address}/demo-shop/`);
  await shop.evaluate((basket) => localStorage.setItem("onetill-demo-basket", JSON.stringify(basket)), {
    attempt: randomUUID(),
    lines: lines.map((line) => ({ ...line, name: line.sku, image: null })),
    coupons: [],
  });
  await shop.goto(`${chain.server.address}/demo-shop/#/basket`);
  await shop.getByLabel("Coupon: a code or a word").fill(offlineCode.toLowerCase().replaceAll("-", " "));
  await shop.getByRole("button", { name: "Use it" }).click();
  await expect(shop.getByRole("listitem").filter({ hasText: offlineCode })).toContainText("used");
  const sums = shop.locator("dl.sums > div");
  for (const { name, amount } of quoted.promotions)
    expect(cents(await sums.filter({ hasText: name }).locator("dd").textContent())).toBe(amount.minor);
  expect(cents(await sums.filter({ hasText: "Total" }).locator("dd").textContent())).toBe(
    quoted.totals.total.minor,
  );
  await shop.close();

  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");
  for (const gtin of [mug.gtin, mug.gtin, mug.gtin, bowl.gtin]) await cashier.scan(gtin);
  await expect(cashier.lines()).toHaveCount(2);
  await cashier.scan(offlineCode);
  await expect(page.getByRole("list", { name: "Coupon" })).toContainText("For friends");
  await expect(page.getByRole("list", { name: "Coupon" })).toContainText("Used");
  expect(cents(await page.getByTestId("total").textContent())).toBe(quoted.totals.total.minor);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await page.getByRole("button", { name: "Show receipt" }).click();
  const receipt = page.getByRole("dialog");
  for (const { name } of quoted.promotions) await expect(receipt).toContainText(name);
  await receipt.getByRole("button", { name: "Close" }).click();

  await chain.server.start();
  await cashier.backOnline();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const [sold] = (await chain.server.tickets()).tickets;
  const discounts = (sold?.ticket.lines ?? []).map((line) =>
    line.discounts.map(({ reason, amount }) => [reason, amount.minor]),
  );
  expect(discounts).toEqual(
    quoted.lines.map((line) => line.discounts.map(({ name, amount }) => [name, amount.minor])),
  );
  expect(sold?.ticket.coupons).toEqual([{ code: offlineCode, promotion: CODES }]);
  expect((await quote(chain, { lines, coupons: [offlineCode] })).coupons).toMatchObject([
    { state: "refused", why: "couponUsed" },
  ]);

  const online = await quote(chain, { lines, coupons: [onlineCode] });
  const order = await chain.server.placeOrder({
    channel: "demo-shop",
    id: "with-a-coupon",
    currency: "EUR",
    customer: { name: "Ada Brandt" },
    lines: online.lines.map(({ sku, quantity, unitPrice, discounts: off, total }) => ({
      sku,
      quantity,
      unitPrice,
      discounts: off,
      total,
    })),
    coupons: [onlineCode],
    payment: { kind: "paid" },
    delivery: { kind: "pickup", store: "BER1" },
  });
  expect(order.payment.total).toEqual(online.totals.total);
  await expect(cashier.sync()).toHaveText("Online");
  await cashier.scan(bowl.gtin);
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.scan(onlineCode);
  await expect(page.getByText("This coupon was used already.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Coupon" })).toHaveCount(0);
});
