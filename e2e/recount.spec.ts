import { exceptionRowSchema } from "#protocol/hq/orders.ts";
import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { Line } from "./harness/line.ts";
import { see } from "./harness/looks.ts";
import { pairedTill } from "./harness/register.ts";
import { articleInStock } from "./harness/web-orders.ts";

test("more is sold than the books have; HQ asks for a count; the shelf is counted while the store is cut off, and back online stock and exception are settled", async ({
  chain,
  page,
}, info) => {
  const line = await Line.to(chain.server.address);
  const till = await pairedTill(chain, line.address);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await cashier.signIn();
  const goods = await articleInStock(chain, "BER1");
  const onHand = async () => (await chain.server.stockOf("BER1", [goods.sku])).get(goods.sku);
  const before = (await onHand()) ?? Number.NaN;

  await cashier.scan(goods.sku);
  await expect(cashier.lines()).toHaveCount(1);
  await page.keyboard.press("F6");
  const quantity = page.getByRole("dialog");
  for (const digit of String(before + 2))
    await quantity.getByRole("button", { name: digit, exact: true }).click();
  await page.keyboard.press("Enter");
  await expect(quantity).toBeHidden();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.exceptions()).exceptions.length).toBe(1);
  const [oversold] = (await chain.server.exceptions()).exceptions;
  const asked = await chain.server.hq(
    exceptionRowSchema,
    `/hq/v1/exceptions/${encodeURIComponent(oversold?.id ?? "")}/resolve`,
    { method: "POST", body: { resolution: "recount", by: "Lena at HQ", note: "Also in the stockroom" } },
  );
  expect(asked).toMatchObject({ kind: "oversold", resolved: false, isCounting: true });

  await page.getByRole("button", { name: "Tasks, 1 to do" }).click();
  await see(page, info, "tasks");
  line.cut();
  await page.getByRole("button", { name: /^Count:/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Also in the stockroom");
  await page.getByRole("dialog").getByRole("button", { name: "3", exact: true }).click();
  await cashier.scan(goods.sku.toLowerCase());
  await see(page, info, "count");
  await page.getByRole("button", { name: "4 counted" }).click();
  await expect(page.getByRole("button", { name: /^Tasks/ })).toBeHidden();
  expect(await onHand()).toBe(-2);

  line.mend();
  await cashier.backOnline();
  await expect.poll(onHand).toBe(4);
  expect((await chain.server.exceptions()).exceptions).toMatchObject([
    {
      resolved: true,
      closing: { resolution: "recount", by: "Mira Albers", note: "Counted 4, the books said -2." },
    },
  ]);
  await line.close();
});
