import { deliveriesAnswerSchema } from "#protocol/hq/deliveries.ts";
import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { Line } from "./harness/line.ts";
import { expectAccessible } from "./harness/looks.ts";
import { pairedTill } from "./harness/register.ts";
import { articleInStock } from "./harness/web-orders.ts";

const PIECES = 3;

test("HQ asks for a transfer, one store's till sends it, the other receives it short by one while cut off, and HQ writes the rest off", async ({
  chain,
  page,
}) => {
  const goods = await articleInStock(chain, "BER1");
  const levels = async () => {
    const at = async (store: string) => (await chain.server.stockOf(store, [goods.sku])).get(goods.sku) || 0;
    return { from: await at("BER1"), to: await at("HAM1") };
  };
  const before = await levels();
  const [berlin, line] = [await pairedTill(chain), await Line.to(chain.server.address)];
  const hamburg = await chain.newTill();
  await hamburg.start({ server: line.address, code: await chain.server.pairingCode("HAM1") });

  const hq = await page.context().newPage();
  await openConsole(chain, hq, "deliveries");
  await hq.getByRole("button", { name: "New transfer" }).click();
  const made = hq.getByRole("dialog");
  await made.getByRole("combobox", { name: "From" }).selectOption("BER1");
  await made.getByRole("combobox", { name: "To", exact: true }).selectOption("HAM1");
  await made.getByLabel("Paste lines").fill(`${goods.sku};${PIECES}`);
  await made.getByRole("button", { name: "Add these lines" }).click();
  await expectAccessible(hq, "new transfer");
  await made.getByRole("button", { name: "Ask for it" }).click();
  await expect(hq.getByRole("dialog")).toContainText("Told to the stores");
  await hq.getByRole("button", { name: "Close", exact: true }).click();
  await hq
    .getByRole("row", { name: /D-HQ-000001/ })
    .getByRole("button")
    .click();
  await hq.getByLabel("Reason").fill("Not needed any more");
  await expect(hq.getByRole("button", { name: "Cancel it" })).toBeEnabled();

  const cashier = new Cashier(page);
  await cashier.open(berlin.address);
  await cashier.signIn();
  await page.getByRole("button", { name: "Goods, 1 to do" }).click();
  await page.getByRole("button", { name: /^Send goods/ }).click();
  await page.getByRole("button", { name: /^D-HQ-000001/ }).click();
  await expect(page.getByRole("dialog", { name: "Send: D-HQ-000001" })).toBeVisible();
  for (let piece = 0; piece < PIECES; piece += 1) await cashier.scan(goods.sku);
  await page.getByRole("button", { name: `Send (${PIECES})` }).click();
  // Why it was to be cancelled is no reason to write off what is under way.
  await expect(hq.getByRole("button", { name: "Close short" })).toBeDisabled();
  await expect(hq.getByLabel("Reason")).toHaveValue("");
  await hq.getByRole("button", { name: "Close", exact: true }).click();
  await expect(hq.getByRole("row", { name: /D-HQ-000001/ })).toContainText("Under way");
  expect(await levels()).toEqual({ ...before, from: before.from - PIECES });

  const receiver = new Cashier(page);
  await receiver.open(hamburg.address);
  await receiver.signIn({ name: "Finn Petersen", pin: "111111" });
  await page.getByRole("button", { name: "Goods, 1 to do" }).click();
  await expectAccessible(page, "goods in");
  line.cut();
  await page.getByRole("button", { name: /^D-HQ-000001/ }).click();
  await expect(page.getByRole("dialog", { name: /D-HQ-000001/ })).toBeVisible();
  for (let piece = 1; piece < PIECES; piece += 1) await receiver.scan(goods.sku);
  await page.getByLabel("No more came").check();
  await expectAccessible(page, "receive");
  await page.getByRole("button", { name: `Receive (${PIECES - 1})` }).click();
  await expect(page.getByRole("button", { name: /^D-HQ-000001.*Received in part/ })).toBeVisible();
  expect(await levels()).toEqual({ ...before, from: before.from - PIECES });
  await page.keyboard.press("Escape");
  line.mend();
  await receiver.backOnline();
  await page.getByRole("button", { name: /^Goods/ }).click();

  const row = hq.getByRole("row", { name: /D-HQ-000001/ });
  await expect(row).toContainText("Store says no more came");
  await expectAccessible(hq, "deliveries");
  await row.getByRole("button").click();
  await hq.getByLabel("Reason").fill("Broke on the way");
  await expectAccessible(hq, "delivery");
  await hq.getByRole("button", { name: "Close short" }).click();
  await expect(hq.getByRole("dialog").getByText("Broke on the way")).toBeVisible();
  expect(await levels()).toEqual({ from: before.from - PIECES, to: before.to + PIECES - 1 });
  const { deliveries } = await chain.server.hq(deliveriesAnswerSchema, "/hq/v1/deliveries?filter=all");
  expect(deliveries).toMatchObject([{ state: "closedShort", good: 2, writtenOff: 1, inTransit: 0 }]);
  await expect(page.getByRole("button", { name: /^D-HQ-000001.*Closed short/ })).toBeVisible();

  await openConsole(chain, hq, `reservations?sku=${encodeURIComponent(goods.sku)}`);
  await expect(hq.getByRole("table", { name: "Why so many are available" })).toContainText("HAM1");
  await expectAccessible(hq, "reservations");
  await line.close();
});

test("HQ changes a draft, the second of two at once is told and chooses, and a draft is deleted", async ({
  chain,
  page,
}) => {
  const goods = await articleInStock(chain, "BER1");
  await openConsole(chain, page, "deliveries");
  await page.getByRole("button", { name: "New transfer" }).click();
  const made = page.getByRole("dialog");
  await made.getByRole("combobox", { name: "From" }).selectOption("BER1");
  await made.getByRole("combobox", { name: "To", exact: true }).selectOption("HAM1");
  await made.getByLabel("Paste lines").fill(`${goods.sku};3`);
  await made.getByRole("button", { name: "Add these lines" }).click();
  await made.getByLabel("Keep as a draft; stores do not hear of it yet").check();
  await made.getByRole("button", { name: "Ask for it" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Change", exact: true }).click();
  await expectAccessible(page, "change a draft");

  const other = await page.context().newPage();
  await openConsole(chain, other, "deliveries");
  await other.getByRole("button", { name: /^Open D-HQ-/ }).click();
  await other.getByRole("button", { name: "Change", exact: true }).click();
  await other.getByLabel("Note for the stores").fill("By train");
  await other.getByRole("button", { name: "Save the change" }).click();
  await expect(other.getByText("By train")).toBeVisible();

  await sheet.getByLabel(`Pieces of ${goods.sku}`).fill("7");
  await sheet.getByRole("button", { name: "Save the change" }).click();
  await expect(sheet.getByText("Somebody changed this delivery meanwhile.")).toBeVisible();
  await expectAccessible(page, "changed meanwhile");
  await sheet.getByRole("button", { name: "Take theirs, drop mine" }).click();
  await expect(sheet.getByLabel("Note for the stores")).toHaveValue("By train");
  await expect(sheet.getByLabel(`Pieces of ${goods.sku}`)).toHaveValue("3");
  await sheet.getByRole("button", { name: "Delete this draft" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("Nothing is on its way.")).toBeVisible();
});
