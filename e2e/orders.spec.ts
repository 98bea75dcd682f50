import { type Chain, expect, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { openConsole } from "./harness/console.ts";
import { knowsHolder } from "./harness/kept-by-till.ts";
import { Line } from "./harness/line.ts";
import { expectAccessible } from "./harness/looks.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

function codeOf({ pickupCode }: { readonly pickupCode: string | null }): string {
  if (pickupCode === null) throw new Error("the order came without a pickup code");
  return pickupCode;
}

async function onHand(chain: Chain, sku: string, store = "BER1"): Promise<number | undefined> {
  return (await chain.server.stockOf(store, [sku])).get(sku);
}

const exceptionsOf = async (chain: Chain, kind: string) =>
  (await chain.server.exceptions()).exceptions.filter((each) => each.kind === kind);

test("an order from the demo shop reaches both tills; cut off, one hands it out while the customer cancels; back online everybody knows, once", async ({
  chain,
  context,
}) => {
  const line = await Line.to(chain.server.address);
  const first = await openDesk(chain, context, { server: line.address });
  const second = await openDesk(chain, context, { server: line.address, cashier: 1 });

  const shop = await context.newPage();
  await shop.goto(`${chain.server.address}/demo-shop/`);
  await shop.getByRole("link", { name: /Alentejo Olive Oil/ }).click();
  await shop.getByRole("button", { name: "Add to basket" }).click();
  await shop.getByRole("link", { name: /Basket/ }).click();
  await shop.getByRole("link", { name: "To checkout" }).click();
  await shop.getByRole("textbox", { name: "Name" }).fill("Ada Brandt");
  await shop.getByRole("button", { name: "Place demo order" }).click();
  const thanks = shop.getByRole("heading", { name: /^Thank you! Order WEB-/ });
  await expect(thanks).toBeVisible();
  const number = /WEB-\w+/.exec((await thanks.textContent()) ?? "")?.[0] ?? "";
  const code =
    (await shop.getByRole("region", { name: "Pickup code" }).getByRole("paragraph").first().textContent()) ??
    "";
  const ordered = shop.getByRole("listitem").filter({ hasText: "×" }).first();
  await expect(ordered).toHaveText("1 × Alentejo Olive Oil");
  const sku = (await ordered.getAttribute("title")) ?? "";
  const before = await onHand(chain, sku);

  await expect(first.desk.badge()).toHaveAccessibleName("Orders, 1 to do");
  await first.desk.go();
  await second.desk.go();
  await expect(second.desk.card(number, "To pick")).toBeVisible();

  line.cut();
  await expect(first.cashier.sync()).toContainText("Offline since");
  await first.desk.pick(number, "A3");
  await shop.getByRole("button", { name: "Cancel order" }).click();
  await expect(shop.getByText("Cancelled", { exact: true })).toBeVisible();

  await first.desk.card(number, "Ready").click();
  await first.desk.typeCode(code.trim());
  await first.page.getByRole("button", { name: "Hand out", exact: true }).click();
  await first.desk.override("No connection");
  await expect(first.desk.card(number, "Done")).toBeVisible();

  line.mend();
  for (const { cashier } of [first, second]) await cashier.backOnline();
  await expect.poll(async () => (await exceptionsOf(chain, "handedOutAfterCancellation")).length).toBe(1);
  const [exception] = await exceptionsOf(chain, "handedOutAfterCancellation");
  expect(exception).toMatchObject({ store: "BER1", resolved: false, resolutions: ["contact", "accept"] });
  const order = await chain.server.order(exception?.order ?? "");
  expect(order.number).toBe(number);
  expect(order.fulfilments.map(({ fulfilment }) => fulfilment.state)).toEqual(["collected"]);
  expect(order.fulfilments[0]?.fulfilment.trace.at(-1)).toMatchObject({ act: "handedOver", fits: false });
  expect(await onHand(chain, sku)).toBe((before ?? Number.NaN) - 1);
  await expect(second.desk.card(number, "Done")).toBeVisible();
  await expect(second.desk.card(number, "To pick")).toBeHidden();

  const hq = await context.newPage();
  await openConsole(chain, hq);
  await hq.getByRole("link", { name: "Exceptions", exact: true }).click();
  await expect(hq.getByRole("heading", { name: "Handed out after it was cancelled" })).toBeVisible();
  await hq.getByRole("button", { name: "Deal with it" }).click();
  const sheet = hq.getByRole("dialog", { name: "Handed out after it was cancelled" });
  await expect(sheet.getByRole("radio")).toHaveCount(2);
  await expectAccessible(hq, "resolving an exception");
  await sheet.getByRole("textbox", { name: "Note" }).fill("keeps it, pays again");
  await sheet.getByRole("button", { name: "Do it and close" }).click();
  await expect(hq.getByText("Nothing is open.")).toBeVisible();
  expect((await exceptionsOf(chain, "handedOutAfterCancellation"))[0]).toMatchObject({
    resolved: true,
    closing: { resolution: "contact", by: "Hanna Vogt", note: "keeps it, pays again" },
  });
  await line.close();
});

test("two tills that are cut off want the same order: the second is refused, a manager overrides, and that is one exception and one piece", async ({
  chain,
  context,
}) => {
  const line = await Line.to(chain.server.address);
  const holder = await openDesk(chain, context, { server: line.address });
  const other = await openDesk(chain, context, { server: line.address, cashier: 1 });
  const goods = await articleInStock(chain, "BER1");
  const before = (await onHand(chain, goods.sku)) ?? Number.NaN;
  const placed = await chain.server.placeOrder(aPickupOrder("2001", goods, "paid"));
  await holder.desk.go();
  await other.desk.go();
  await holder.desk.pick("WEB-2001", "B1");
  await expect(other.desk.card("WEB-2001", "Ready")).toContainText("Held by register 1");
  // Its holder has heard so as well.
  await expect.poll(() => knowsHolder(holder.till.folder, "WEB-2001")).toBe(true);

  line.cut();
  for (const { cashier } of [holder, other]) await expect(cashier.sync()).toContainText("Offline since");
  await holder.desk.card("WEB-2001", "Ready").click();
  await holder.desk.typeCode(codeOf(placed));
  await holder.page.getByRole("button", { name: "Hand out", exact: true }).click();
  await expect(holder.desk.card("WEB-2001", "Done")).toBeVisible();

  await other.desk.card("WEB-2001", "Ready").click();
  await other.desk.typeCode(codeOf(placed));
  await other.page.getByRole("button", { name: "Hand out", exact: true }).click();
  await other.desk.override("The customer is waiting");
  await expect(other.desk.card("WEB-2001", "Done")).toBeVisible();

  line.mend();
  for (const { cashier } of [holder, other]) await cashier.backOnline();
  await expect.poll(async () => (await exceptionsOf(chain, "handedOutTwice")).length).toBe(1);
  await expect.poll(async () => (await chain.server.devices()).devices.length).toBe(2);
  expect(await exceptionsOf(chain, "handedOutTwice")).toHaveLength(1);
  expect(await onHand(chain, goods.sku)).toBe(before - 1);
  await line.close();
});

test("reserved online and paid in the store, with change; the till that does not hold the order gets it while both are online", async ({
  chain,
  context,
}) => {
  const holder = await openDesk(chain, context);
  const other = await openDesk(chain, context, { cashier: 1 });
  const goods = await articleInStock(chain, "BER1");
  const before = (await onHand(chain, goods.sku)) ?? Number.NaN;
  const placed = await chain.server.placeOrder(aPickupOrder("2002", goods, "atPickup"));
  await holder.desk.go();
  await holder.desk.pick("WEB-2002", "C1");
  await other.desk.go();
  await other.desk.card("WEB-2002", "Ready").click();
  await other.desk.typeCode(codeOf(placed));
  await other.page.getByRole("button", { name: /^Take/ }).click();
  await expect(other.page.getByText("Collecting WEB-2002")).toBeVisible();
  await other.page.getByRole("group", { name: "Quick amounts" }).getByRole("button").last().click();
  await other.page.getByRole("button", { name: "Complete sale" }).click();
  await expect(other.cashier.done()).toBeVisible();
  await expect(other.page.getByText(/Handed out.*WEB-2002/)).toBeVisible();

  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const ticket = (await chain.server.tickets()).tickets[0];
  expect(ticket?.total).toEqual(goods.price);
  expect(await onHand(chain, goods.sku)).toBe(before - 1);
  const order = await chain.server.order(placed.id);
  expect(order).toMatchObject({ status: "completed", payment: { state: "paid" } });
  expect(order.fulfilments[0]?.fulfilment.trace.at(-1)).toMatchObject({ act: "handedOver", fits: true });
  expect((await chain.server.exceptions()).exceptions).toEqual([]);
  await expect(holder.desk.card("WEB-2002", "Done")).toBeVisible();
});

test("what one store declines another one gets, and the first is not asked again", async ({
  chain,
  context,
}) => {
  const goods = await articleInStock(chain, "BER1");
  const placed = await chain.server.placeOrder({
    ...aPickupOrder("2003", goods, "paid"),
    delivery: {
      kind: "ship",
      address: {
        name: "Ada Brandt",
        lines: ["Am Markt 1"],
        postcode: "10115",
        city: "Berlin",
        country: "DE",
      },
    },
  });
  const began = placed.fulfilments[0]?.store ?? "";
  const { page, desk } = await openDesk(chain, context, { store: began });
  await desk.go();
  await desk.card("WEB-2003", "To pick").click();
  await page.getByRole("button", { name: "Decline" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Not in stock" }).click();
  await sheet.getByRole("button", { name: "Decline order" }).click();
  await expect.poll(async () => (await chain.server.order(placed.id)).fulfilments.length).toBe(2);
  const { fulfilments } = await chain.server.order(placed.id);
  expect(fulfilments.map(({ fulfilment }) => fulfilment.state)).toEqual(["declined", "allocated"]);
  expect(fulfilments[1]?.store).not.toBe(began);
});

test("a basket begun online is finished at the till", async ({ chain, context }) => {
  const { page, cashier } = await openDesk(chain, context);
  const shop = await context.newPage();
  await shop.goto(`${chain.server.address}/demo-shop/`);
  await shop.getByRole("link", { name: /Alentejo Olive Oil/ }).click();
  await shop.getByRole("button", { name: "Add to basket" }).click();
  await shop.getByRole("link", { name: /Basket/ }).click();
  await shop.getByRole("button", { name: "Finish in store" }).click();
  const said = shop.getByRole("status");
  await expect(said).toContainText(/[3-9A-Y]{8}/);
  const code = /[34679ACDEFGHJKMNPQRTUVWXY]{8}/.exec((await said.textContent()) ?? "")?.[0] ?? "";
  await cashier.scan(`OTB:${code}`);
  await expect(cashier.lines()).toHaveCount(1);
  await expect(page.getByRole("complementary", { name: "Basket" })).toContainText("Alentejo Olive Oil");
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
});
