import type { Page } from "@playwright/test";
import { hqDeliverySchema } from "#protocol/hq/deliveries.ts";
import { priceListsAnswerSchema } from "#protocol/hq/prices.ts";
import { promotionChoiceSchema } from "#protocol/hq/promotions.ts";
import { putReorderRuleSchema } from "#protocol/hq/replenish.ts";
import { colleagueRowSchema, staffAnswerSchema } from "#protocol/hq/staff.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { goToPlace, openConsole } from "./harness/console.ts";
import { hold } from "./harness/held.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

/** Goes to what is called so by Ctrl+K, from wherever one is. */
async function jumpTo(hq: Page, words: string, found: RegExp): Promise<void> {
  await hq.keyboard.press("Control+k");
  await hq.getByRole("combobox", { name: /^A page, a product/ }).fill(words);
  await hq.getByRole("option", { name: found }).click();
}

async function colleagueCalled(chain: Chain, name: string) {
  const { staff } = await chain.server.hq(staffAnswerSchema, "/hq/v1/staff");
  const found = staff.find((each) => each.name.startsWith(name));
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}

test("what is being done with one order is none of the next that is gone to, nor what is typed of one customer of another", async ({
  chain,
  page: hq,
}) => {
  const article = await articleInStock(chain, "BER1");
  for (const id of ["9101", "9102"]) await chain.server.placeOrder(aPickupOrder(id, article, "paid"));
  await openConsole(chain, hq, "orders");
  await hq.getByRole("button", { name: "Open order WEB-9101" }).click();
  await hq.getByRole("dialog").getByRole("button", { name: "Give money back" }).click();
  await hq.getByLabel(/^Amount/).fill("0.50");
  const reading = await hold(hq, "GET", /\/hq\/v1\/orders\/[^/?]+$/);
  await jumpTo(hq, "WEB-9102", /^WEB-9102/);
  await reading.asked(1);
  await expect(hq.getByLabel(/^Amount/)).toHaveCount(0);
  // Until it is read nothing of the one before is shown as this one's.
  await expect(hq.getByRole("dialog")).not.toContainText("WEB-9101");
  reading.release();
  const sheet = hq.getByRole("dialog", { name: /WEB-9102/ });
  await expect(sheet.getByRole("button", { name: "Give money back" })).toBeVisible();

  const everybody = await chain.server.customers();
  const [one] = everybody;
  const other = everybody.find(
    (each) => each !== one && everybody.filter(({ name }) => name.startsWith(each.name)).length === 1,
  );
  if (one === undefined || other === undefined) throw new Error("the demo has no two customers");
  await goToPlace(hq, `customers?customer=${one.id}`);
  await hq.getByRole("button", { name: "Edit", exact: true }).click();
  await hq.getByRole("dialog").getByLabel("Phone", { exact: true }).fill("030 999");
  await jumpTo(hq, other.name, new RegExp(`^${other.name}`));
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText(other.name);
  await expect(hq.getByRole("dialog")).toHaveCount(0);
  await hq.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(hq.getByRole("dialog").getByLabel("Name", { exact: true })).toHaveValue(other.name);
  await expect(hq.getByRole("dialog").getByLabel("Phone", { exact: true })).toHaveValue(other.phone ?? "");
});

test("a colleague's sheet that was opened again shows what is answered late, and gives back nothing that others took away meanwhile", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "staff");
  const sheet = hq.getByRole("dialog");
  const issuing = await hold(hq, "POST", /\/hq\/v1\/staff\/[^/]+\/badge$/);
  const open = () => hq.getByRole("button", { name: "Open Mira Albers" }).click();
  await open();
  await sheet.getByRole("button", { name: "Issue a badge" }).click();
  await issuing.asked(1);
  await sheet.getByRole("button", { name: "Close" }).click();
  await open();
  await expect(sheet.getByRole("button", { name: "Issue a badge" })).toBeVisible();
  issuing.release();
  await expect(sheet.getByRole("button", { name: "Replace the badge" })).toBeVisible();

  // Another one at HQ changes where Mira works while her name is set right here.
  await sheet.getByLabel("Name", { exact: true }).fill("Mira Albers-Voss");
  const { id, role, name } = await colleagueCalled(chain, "Mira");
  const body = { name, role, stores: ["HAM1"] };
  await chain.server.hq(colleagueRowSchema, `/hq/v1/staff/${id}`, { method: "PUT", body });
  await expect(sheet.getByRole("checkbox", { name: /^HAM1/ })).toBeChecked();
  await sheet.getByRole("button", { name: "Save", exact: true }).click();
  await expect(sheet.getByRole("heading", { name: "Mira Albers-Voss", exact: true })).toBeVisible();
  expect(await colleagueCalled(chain, "Mira")).toMatchObject({ name: "Mira Albers-Voss", stores: ["HAM1"] });
});

test("groups that are made quickly one after the other are all saved, and what is not saved is not shown as if it were", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "priceLists");
  const name = hq.getByLabel("Name of the group");
  const make = async (words: string) => {
    await name.fill(words);
    await hq.getByRole("button", { name: "New group" }).click();
  };
  const saving = await hold(hq, "PUT", /\/hq\/v1\/customer-groups$/, { first: 1 });
  await make("Quolls");
  await saving.asked(1);
  await make("Bilbies");
  await expect(hq.getByRole("heading", { name: /^Bilbies/ })).toBeVisible();
  saving.release();
  const groups = async () =>
    (await chain.server.hq(priceListsAnswerSchema, "/hq/v1/price-lists")).groups.map((each) => each.name);
  await expect.poll(groups).toEqual(expect.arrayContaining(["Quolls", "Bilbies"]));

  await hq.route(/\/hq\/v1\/customer-groups$/, (route) => route.abort("connectionfailed"));
  await make("Numbats");
  await expect(hq.getByRole("alert")).toContainText("The server did not answer");
  await expect(hq.getByRole("heading", { name: /^Numbats/ })).toHaveCount(0);
  await expect(name).toHaveValue("Numbats");
});

test("whoever looks into what stands on a later page of a list comes back to it, and from behind its end to the last", async ({
  chain,
  page: hq,
}) => {
  const { sku } = await articleInStock(chain, "BER1");
  for (const reference of ["LS-1", "LS-2"]) {
    const body = { reference, supplier: "Tea House", to: "HAM1", lines: [{ sku, pieces: 2 }] };
    await chain.server.hq(hqDeliverySchema, "/hq/v1/deliveries", { method: "POST", body });
  }
  await openConsole(chain, hq, "deliveries?offset=1");
  const opens = hq.getByRole("button", { name: /^Open LS-/ });
  await expect(opens).toHaveCount(1);
  await opens.click();
  await expect(hq.getByRole("dialog", { name: /LS-1/ })).toBeVisible();
  await expect(hq).toHaveURL(/offset=1/);
  await hq.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
  await expect(hq).toHaveURL(/offset=1/);
  await goToPlace(hq, "deliveries?offset=50");
  await hq.getByRole("button", { name: "Previous page" }).click();
  await expect(opens).toHaveCount(2);
});

test("what HQ types is not lost to what is answered late: another store's receipts, a store that is closed", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "receiptDesign?store=BER1");
  const header = hq.getByLabel("Above", { exact: true });
  await header.fill("Open on Sundays");
  const reading = await hold(hq, "GET", /\/hq\/v1\/stores\/HAM1\/receipt/);
  const store = hq.getByLabel("Store", { exact: true });
  await store.selectOption("HAM1");
  await reading.asked(1);
  await expect(store).toHaveValue("HAM1");
  await expect(header).toBeHidden();
  await store.selectOption("BER1");
  await expect(header).toHaveValue("Open on Sundays");
  await store.selectOption("HAM1");
  await reading.asked(2);
  reading.release();
  await expect(header).toBeVisible();
  await expect(header).not.toHaveValue("Open on Sundays");

  await goToPlace(hq, "stores?store=HAM1");
  const closing = await hold(hq, "POST", /\/hq\/v1\/stores\/HAM1\/close$/);
  await hq.getByRole("button", { name: "Close the store" }).click();
  await closing.asked(1);
  await hq.getByLabel("Telephone").fill("040 77");
  closing.release();
  await expect(hq.getByText(/^Closed since/)).toBeVisible();
  await expect(hq.getByLabel("Telephone")).toHaveValue("040 77");
});

test("what could not be done is said: a rule that is not taken away, a sign-in that goes on, a file that did not come", async ({
  chain,
  page: hq,
  browser,
}) => {
  const subject = { kind: "article", sku: "WIN-1005" };
  const body = { subject, store: null, rule: { reorderPoint: 1, target: 9, pack: 1 } };
  await chain.server.hq(putReorderRuleSchema, "/hq/v1/reorder-rules", { method: "PUT", body });
  await openConsole(chain, hq, "replenishment?store=BER1");
  await hq.getByRole("button", { name: "Rules" }).click();
  const sheet = hq.getByRole("dialog", { name: "When goods are ordered anew" });
  const putting = /\/hq\/v1\/reorder-rules$/;
  await hq.route(putting, (route) =>
    route.request().method() === "PUT" ? route.abort("connectionfailed") : route.fallback(),
  );
  await sheet
    .getByRole("button", { name: /^Take away the rule for/ })
    .first()
    .click();
  await expect(sheet.getByRole("alert")).toBeVisible();
  await expect(sheet.getByText("Taken away.")).toHaveCount(0);
  await sheet.getByRole("button", { name: "Close" }).click();

  const elsewhere = await browser.newContext();
  await openConsole(chain, await elsewhere.newPage());
  await goToPlace(hq, "account");
  await hq.route(/\/hq\/v1\/session\/all\//, (route) => route.abort("connectionfailed"));
  await hq
    .getByRole("button", { name: /^Sign out (?!everywhere)/ })
    .first()
    .click();
  await expect(hq.getByRole("alert")).toContainText("The server did not answer");
  await elsewhere.close();

  await goToPlace(hq, "commission");
  await hq.route(/\/hq\/v1\/commission\?.*format=csv/, (route) => route.abort("connectionfailed"));
  await hq.getByRole("button", { name: "CSV" }).click();
  await expect(hq.getByRole("alert")).toBeVisible();
});

test("whoever works by the keyboard goes on in the page that they went to, can leave the menu out, and hears what is wrong with a choice", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "catalogue?search=WIN-1005");
  const main = hq.getByRole("main");
  await expect(hq.getByRole("treegrid").getByRole("row").nth(1)).toContainText("WIN-1005");
  await hq
    .getByRole("treegrid")
    .getByRole("gridcell")
    .nth(2)
    .click({ position: { x: 5, y: 5 } });
  await hq.keyboard.press("Control+Enter");
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("Riesling Kabinett");
  await expect(main).toBeFocused();
  const skip = hq.getByRole("button", { name: "To the page" });
  await skip.focus();
  await expect(skip).toBeInViewport();
  await hq.keyboard.press("Enter");
  await expect(main).toBeFocused();

  await goToPlace(hq, "apiKeys");
  await hq.getByRole("button", { name: "New key" }).click();
  const scope = hq.getByRole("dialog").getByRole("combobox");
  await expect(scope).toHaveAccessibleDescription(/\S/);
});

test("a tab that is come back to is read again at once", async ({ chain, page: hq }) => {
  await hq.clock.install();
  await openConsole(chain, hq, "priceLists");
  await expect(hq.getByLabel("Name of the group")).toBeVisible();
  const seen = (state: "hidden" | "visible") =>
    hq.evaluate((now) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await seen("hidden");
  // By the clock it would be read again anyhow.
  await hq.clock.pauseAt(Date.now() + 60_000);
  const asked = hq.waitForRequest(/\/hq\/v1\/price-lists$/);
  await seen("visible");
  await asked;
});

test("of two choices that are made quickly one after the other the last is saved last", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "promotions");
  const answered: string[] = [];
  hq.on("response", (response) => {
    const request = response.request();
    if (request.method() === "PUT" && request.url().endsWith("/hq/v1/promotion-choice"))
      answered.push(promotionChoiceSchema.parse(request.postDataJSON()).choice);
  });
  const choice = hq.getByLabel("Where several fit");
  const saving = await hold(hq, "PUT", /\/hq\/v1\/promotion-choice$/, { first: 1 });
  await choice.selectOption("bestForCustomer");
  await saving.asked(1);
  await choice.selectOption("priority");
  // What was sent before this was answered before it.
  await hq.evaluate(() => fetch("/healthz"));
  saving.release();
  await expect.poll(() => answered).toEqual(["bestForCustomer", "priority"]);
  await expect(choice).toHaveValue("priority");
});

test("a press beside a form that something was typed into takes nothing away, nor does one beside what is told once", async ({
  chain,
  page: hq,
}) => {
  const beside = () => hq.mouse.click(8, 8);
  const sheet = hq.getByRole("dialog");
  await openConsole(chain, hq, "staff");
  await hq.getByRole("button", { name: "New colleague" }).click();
  await expect(sheet).toBeVisible();
  await beside();
  await expect(sheet).toHaveCount(0);

  await hq.getByRole("button", { name: "New colleague" }).click();
  await sheet.getByLabel("Name", { exact: true }).fill("Nuri Aydin");
  await beside();
  await hq.keyboard.press("Tab");
  await expect(sheet.getByLabel("Name", { exact: true })).toHaveValue("Nuri Aydin");
  await hq.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);

  await goToPlace(hq, "apiKeys");
  await hq.getByRole("button", { name: "New key" }).click();
  await sheet.getByLabel("Whose it is").fill("The new shop");
  await sheet.getByRole("button", { name: "New key" }).click();
  await expect(sheet.getByRole("heading", { name: "The key of The new shop" })).toBeVisible();
  await beside();
  await hq.keyboard.press("Tab");
  await expect(sheet.getByRole("button", { name: "Copy" })).toBeVisible();
});
