import { expect } from "@playwright/test";
import { receiptCodeAnswerSchema } from "#protocol/shop/receipt-code.ts";
import { type Chain, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { Line } from "./harness/line.ts";
import { openRegister } from "./harness/register.ts";
import { ReturnsDesk } from "./harness/returns-desk.ts";
import { type Article, aPickupOrder } from "./harness/web-orders.ts";

/** Goods of the demo that are weighed, priced by hand, or charged or charging with others: no one plain line each. */
const NOT_PLAIN = /^(DEP|LEV|BAG|ALT|ENG|WAT|LEM|SPR|PIL|WIN|CHE|SOU|PRI)-\d{1,4}$/;

/** Articles of one form, with a bar code and plenty of pieces in every store, the cheapest first. */
async function articles(chain: Chain): Promise<readonly (Article & { readonly gtin: string })[]> {
  const { products } = await chain.server.products("", 200);
  return products
    .filter(({ variants }) => variants.length === 1)
    .flatMap(({ title, variants }) => variants.map((variant) => ({ ...variant, title })))
    .filter(({ stock, gtin }) => gtin !== null && stock.length > 1 && stock.every(({ onHand }) => onHand > 4))
    .flatMap(({ sku, title, gtin, prices }) =>
      prices[0] === undefined || gtin === null ? [] : [{ sku, title, gtin, price: prices[0].amount }],
    )
    .filter(({ sku }) => !NOT_PLAIN.test(sku))
    .toSorted((a, b) => a.price.minor - b.price.minor);
}

test("bought online, brought back at a till that was cut off before: its code proves it, and it is booked once when the line is back", async ({
  chain,
  context,
}) => {
  const line = await Line.to(chain.server.address);
  const { cashier, page } = await openDesk(chain, context, { server: line.address, store: "HAM1" });
  line.cut();
  await expect(cashier.sync()).toContainText("Offline since");

  const berlin = await openDesk(chain, context, { store: "BER1" });
  const [article] = await articles(chain);
  const placed = await chain.server.placeOrder(aPickupOrder("5001", article!, "paid"));
  await berlin.desk.go();
  await berlin.desk.pick("WEB-5001", "A1");
  await berlin.desk.card("WEB-5001", "Ready").click();
  await berlin.desk.typeCode(placed.pickupCode ?? "");
  await berlin.page.getByRole("button", { name: /^Hand out/ }).click();
  await expect
    .poll(async () => (await chain.server.order(placed.id)).fulfilments[0]?.fulfilment.state)
    .toBe("collected");
  const { code } = await chain.server.hq(receiptCodeAnswerSchema, "/shop/v1/receipt-code", {
    method: "POST",
    body: { order: placed.id },
  });
  const before = (await chain.server.stockOf("HAM1", [article!.sku])).get(article!.sku)!;

  const desk = new ReturnsDesk(cashier);
  await desk.open(code);
  await desk.takeBack().first().click();
  await desk.giveBack(/^As paid online/, /as paid online$/);
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(cashier.done()).toBeVisible();
  expect((await chain.server.order(placed.id)).payment.refunded.minor).toBe(0);

  line.mend();
  await cashier.backOnline();
  await expect
    .poll(async () => (await chain.server.order(placed.id)).payment.refunded)
    .toEqual(article!.price);
  const order = await chain.server.order(placed.id);
  expect(order.returns).toHaveLength(1);
  expect((await chain.server.stockOf("HAM1", [article!.sku])).get(article!.sku)).toBe(before + 1);
  expect((await chain.server.exceptions()).exceptions.filter(({ kind }) => kind === "refundedTwice")).toEqual(
    [],
  );
  await line.close();
});

test("an exchange for something dearer is paid for, one for something cheaper gives back the rest, each on one receipt", async ({
  chain,
  page,
}) => {
  const { cashier } = await openRegister(chain, page);
  const desk = new ReturnsDesk(cashier);
  await expect(cashier.sync()).toHaveText("Online");
  const all = await articles(chain);
  const cheap = all[0]!;
  const middle = all.find(({ price }) => price.minor > cheap.price.minor)!;
  const dear = all.find(({ price }) => price.minor > middle.price.minor)!;

  await cashier.sellOne(middle.gtin);
  const first = await desk.receiptCode();

  await desk.open(first);
  await desk.takeBack().first().click();
  await cashier.scan(dear.gtin);
  await expect(cashier.lines().filter({ hasText: dear.title })).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  const second = await desk.receiptCode();

  await desk.open(second);
  // A code that is typed means what it would mean to a scanner: the article comes back.
  const search = page.getByRole("searchbox");
  await search.fill(dear.gtin);
  await search.press("Enter");
  await expect(cashier.lines().filter({ hasText: dear.title })).toHaveCount(1);
  await cashier.scan(cheap.gtin);
  await expect(cashier.lines().filter({ hasText: cheap.title })).toHaveCount(1);
  await desk.giveBack(/^Cash/, /in cash$/);
  await page.getByRole("button", { name: "Complete exchange" }).click();
  await expect(cashier.done()).toBeVisible();

  await expect.poll(async () => (await chain.server.tickets()).total).toBe(3);
  const { tickets } = await chain.server.tickets();
  expect(tickets.map(({ total }) => total.minor).toReversed()).toEqual([
    middle.price.minor,
    dear.price.minor - middle.price.minor,
    cheap.price.minor - dear.price.minor,
  ]);
});

test("two tills that are cut off refund the same receipt: both are booked, one exception names both, and the whole chain is warned of the receipt", async ({
  chain,
  context,
}) => {
  const lines = [await Line.to(chain.server.address), await Line.to(chain.server.address)] as const;
  const seller = await openDesk(chain, context, { store: "BER1" });
  const berlin = await openDesk(chain, context, { server: lines[0].address, store: "BER1", cashier: 1 });
  const hamburg = await openDesk(chain, context, { server: lines[1].address, store: "HAM1" });
  const [article] = await articles(chain);
  await seller.page.bringToFront();
  await seller.cashier.sellOne(article!.gtin);
  const code = await new ReturnsDesk(seller.cashier).receiptCode();
  for (const line of lines) line.cut();

  for (const { cashier, page } of [berlin, hamburg]) {
    await page.bringToFront();
    await expect(cashier.sync()).toContainText("Offline since");
    const desk = new ReturnsDesk(cashier);
    await desk.open(code);
    await desk.takeBack().first().click();
    await desk.giveBack(/^Cash/, /in cash$/);
    await page.getByRole("button", { name: "Complete return" }).click();
    await expect(cashier.done()).toBeVisible();
  }

  const twice = async () =>
    (await chain.server.exceptions()).exceptions.filter(({ kind }) => kind === "refundedTwice");
  for (const line of lines) line.mend();
  for (const { cashier } of [berlin, hamburg]) await cashier.backOnline();
  await expect.poll(async () => (await twice()).length).toBe(1);
  const [exception] = await twice();
  const { detail } = exception!;
  expect([detail.firstStore, detail.secondStore].toSorted()).toEqual(["BER1", "HAM1"]);
  expect([detail.firstStaff, detail.secondStaff]).toContain("Tarek Yilmaz");
  expect(detail.firstStaff).not.toBe(detail.secondStaff);
  const { minor } = article!.price;
  expect([detail.firstAmount, detail.secondAmount]).toEqual(Array(2).fill(`${(minor / 100).toFixed(2)} EUR`));
  expect((await chain.server.tickets()).total).toBe(3);

  await seller.page.bringToFront();
  await seller.cashier.scan(code);
  await expect(
    seller.page.getByText("More was given back for this purchase than was paid.").first(),
  ).toBeVisible();
  for (const line of lines) await line.close();
});
