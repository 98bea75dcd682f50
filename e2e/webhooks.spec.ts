import { z } from "zod";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible } from "./harness/looks.ts";
import { articleInStock } from "./harness/web-orders.ts";
import { WooShop } from "./harness/woo-shop.ts";

const ordersSchema = z.object({
  orders: z.array(z.object({ id: z.string(), number: z.string(), channel: z.string() })),
});

async function ordersOf(chain: Chain) {
  const { orders } = await chain.server.hq(ordersSchema, "/hq/v1/orders");
  return orders.filter(({ channel }) => channel === "woo");
}

test("a shop's webhook that comes twice, late, forged or broken gets its right answer each time, and the order is as the shop has it", async ({
  chain,
  context,
}) => {
  const shop = await WooShop.connect(chain);
  const article = await articleInStock(chain, "BER1");
  const order = { id: 900, status: "processing", article };
  const placed = shop.message({ ...order, quantity: 2, changedAt: "2026-11-02T09:31:00" });
  const first = shop.nextDelivery();

  // New, and then the same delivery again as the shop does that got no answer in time.
  expect(await shop.send(placed, { delivery: first })).toEqual({ status: 200, receipt: "taken" });
  expect(await shop.send(placed, { delivery: first })).toEqual({ status: 200, receipt: "duplicate" });
  const [known] = await ordersOf(chain);
  expect(await ordersOf(chain)).toHaveLength(1);
  const asPlaced = await chain.server.order(known?.id ?? "");
  expect(asPlaced).toMatchObject({ number: "W-900", payment: { state: "paid" } });
  expect(asPlaced.fulfilments.map(({ store }) => store)).toEqual(["BER1"]);
  const picked = async () =>
    (await chain.server.order(known?.id ?? "")).fulfilments.flatMap(({ fulfilment }) =>
      fulfilment.lines.map(({ quantity, missing }) => quantity - missing),
    );
  expect(await picked()).toEqual([2]);

  // The customer's second change overtakes the first one.
  const earlier = shop.message({ ...order, quantity: 2, changedAt: "2026-11-02T09:35:00" });
  const later = shop.message({ ...order, quantity: 1, changedAt: "2026-11-02T09:40:00" });
  expect((await shop.send(later)).status).toBe(200);
  expect(await picked()).toEqual([1]);
  expect((await shop.send(earlier)).status).toBe(200);
  expect(await picked()).toEqual([1]);
  // Somebody who recorded the first message sends it once more as if it were new.
  expect((await shop.send(placed)).status).toBe(200);
  expect(await picked()).toEqual([1]);
  expect(await ordersOf(chain)).toHaveLength(1);

  // Somebody who does not know the secret cancels; and a message is cut off on its way.
  const cancelled = shop.message({
    ...order,
    quantity: 1,
    status: "cancelled",
    changedAt: "2026-11-02T10:00:00",
  });
  expect((await shop.send(cancelled, { secret: "a guess" })).status).toBe(401);
  expect((await shop.send({ ...cancelled, body: cancelled.body.slice(0, 100) })).status).toBe(400);
  expect(await picked()).toEqual([1]);

  // The shop itself cancels.
  expect(await shop.send(cancelled)).toEqual({ status: 200, receipt: "taken" });
  await expect.poll(async () => (await chain.server.order(known?.id ?? "")).status).toBe("cancelled");
  expect((await chain.server.exceptions()).exceptions).toEqual([]);

  const console = await context.newPage();
  await openConsole(chain, console);
  await console.getByRole("link", { name: "Integrations", exact: true }).click();
  await expect(console.getByText("woo", { exact: true }).first()).toBeVisible();
  expect((await shop.inbox()).map(({ state }) => state)).not.toContain("dead");
  shop.close();
});

test("what a shop sold is picked at the till, and the shop is told; what nobody could read is seen at HQ", async ({
  chain,
  context,
}) => {
  const shop = await WooShop.connect(chain);
  const { desk } = await openDesk(chain, context);
  const article = await articleInStock(chain, "BER1");
  const order = { id: 901, status: "processing", article, quantity: 1, changedAt: "2026-11-02T09:31:00" };
  await shop.send(shop.message(order));
  await expect(desk.badge()).toHaveAccessibleName("Orders, 1 to do");
  await desk.go();
  await desk.pick("W-901", "C2");
  await expect.poll(() => shop.notes).toEqual(["Ready to be collected: Berlin Mitte"]);

  const unreadable = { topic: "order.created", body: JSON.stringify({ id: 902, currency: "EUR" }) };
  expect(await shop.send(unreadable)).toEqual({ status: 200, receipt: "dead" });
  const hq = await context.newPage();
  await openConsole(chain, hq);
  await hq.getByRole("link", { name: "Integrations", exact: true }).click();
  await expect(hq.getByText("order.created").first()).toBeVisible();
  await expectAccessible(hq, "the connected shops");
  shop.close();
});
