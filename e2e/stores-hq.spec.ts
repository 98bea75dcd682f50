import { colleagueRowSchema, staffAnswerSchema } from "#protocol/hq/staff.ts";
import { Cashier } from "./harness/cashier.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { hold } from "./harness/held.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";

async function worksEverywhere({ server }: Chain, name: string): Promise<void> {
  const { staff } = await server.hq(staffAnswerSchema, `/hq/v1/staff?search=${encodeURIComponent(name)}`);
  const [colleague] = staff;
  if (colleague === undefined) throw new Error(`nobody is called ${name}`);
  const { id, role } = colleague;
  await server.hq(colleagueRowSchema, `/hq/v1/staff/${id}`, {
    method: "PUT",
    body: { name, role, stores: null },
  });
}

test("HQ opens a store, pairs its till, sees how the till is and that it has a new price, and watches its sale", async ({
  chain,
  page,
  context,
}, info) => {
  const hq = await context.newPage();
  await worksEverywhere(chain, "Mira Albers");
  await openConsole(chain, hq, "stores");
  await hq.getByRole("button", { name: "New store" }).click();
  const sheet = hq.getByRole("dialog", { name: "New store" });
  await sheet.getByLabel("Code").fill("cgn1");
  // All else is typed before the store is known that this one is like.
  const asking = await hold(hq, "GET", /\/hq\/v1\/stores\/BER1$/);
  await sheet.getByLabel("Set up like").selectOption("BER1");
  await sheet.getByLabel("Name").fill("Köln Dom");
  await sheet.getByLabel("Address").fill("Domplatz 1\n50667 Köln");
  await sheet.getByLabel("Telephone").fill("0221 4711");
  await expect(sheet.getByRole("button", { name: "Open the store" })).toBeDisabled();
  asking.release();
  await expect(sheet.getByLabel("VAT id")).not.toHaveValue("");
  await expect(sheet.getByLabel("Name")).toHaveValue("Köln Dom");
  await expect(sheet.getByLabel("Address")).toHaveValue("Domplatz 1\n50667 Köln");
  await expect(sheet.getByLabel("Telephone")).toHaveValue("0221 4711");
  await expectAccessible(hq, "new store");
  await sheet.getByRole("button", { name: "Open the store" }).click();

  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("CGN1 · Köln Dom");
  await hq.getByLabel("Not said: counts as always open").uncheck();
  await hq.getByLabel("Monday").fill("9-18:30");
  await hq.getByRole("button", { name: "Save", exact: true }).click();
  await expect(hq.getByText("No till gets this yet")).toBeVisible();
  await expectAccessible(hq, "store");
  await takePicture(hq, info, "store");

  await hq.getByRole("button", { name: "Pair a till" }).click();
  const pairing = hq.getByRole("dialog", { name: "Pair a till" });
  await pairing.getByRole("button", { name: "Make a code" }).click();
  const coded = hq.getByRole("dialog", { name: "Pairing code for Köln Dom" });
  await expect(coded.getByRole("img")).toBeVisible();
  await expectAccessible(hq, "pairing code");
  const code = (await coded.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? "";
  const till = await chain.newTill();
  await till.start();
  await page.goto(till.address);
  await page.getByRole("textbox").first().fill(`${chain.server.address}/#pair=${code}`);
  await page.getByRole("button", { name: "Connect" }).click();
  await coded.getByRole("button", { name: "Close" }).click();

  await hq.getByRole("link", { name: "1 till", exact: true }).click();
  const row = hq.getByRole("row", { name: /CGN1-01/ });
  await expect(row).toContainText("In touch");
  await expect(row).toContainText("None set up");
  await expectAccessible(hq, "tills");
  await row.getByRole("button", { name: "Open CGN1-01" }).click();
  const detail = hq.getByRole("dialog");
  await detail.getByRole("button", { name: "Ask for its log" }).click();
  await expect(detail.getByText(/^started, version/)).toBeVisible();
  await expectAccessible(hq, "till");
  await takePicture(hq, info, "till");
  await detail.getByRole("button", { name: "Close" }).click();

  await hq.getByRole("link", { name: "Prices" }).click();
  // The page before this one has a search of its own.
  await hq.getByRole("searchbox", { name: "Title, SKU or barcode" }).fill("riesling");
  await hq.getByRole("button", { name: "Prices of WIN-1005" }).click();
  const prices = hq.getByRole("dialog", { name: "Riesling Kabinett" });
  await prices.getByLabel("Price (EUR)").fill("9,49");
  await prices.getByRole("button", { name: "Save" }).click();
  await expect(prices.getByText("On 1 of 1 tills")).toBeVisible();
  await prices.getByRole("button", { name: "Close" }).click();

  await hq.getByRole("link", { name: "Overview" }).click();
  const sales = hq.getByRole("link", { name: /^Sales today/ });
  await expect(sales).toContainText("as last week");
  const cashier = new Cashier(page);
  await cashier.signIn();
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(sales).toContainText("nothing last week");
  await expect(hq.getByText("CGN1-01-000001")).toBeVisible();
  await expectAccessible(hq, "overview");
  await takePicture(hq, info, "overview");

  await hq.getByRole("link", { name: "Tills", exact: true }).click();
  await hq.getByRole("button", { name: "Open CGN1-01" }).click();
  await hq.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(hq.getByRole("dialog").getByRole("button", { name: "Let it go on" })).toBeVisible();
});

test("HQ plans another tax rate for a day to come, and is told that a day that is here is none to plan for", async ({
  chain,
  page,
}, info) => {
  await openConsole(chain, page, "stores?store=BER1");
  const standard = page.getByRole("group", { name: /Standard/ });
  await standard.getByRole("button", { name: "Plan other rates" }).click();
  const plan = standard.getByRole("region");
  await plan.getByLabel("From the beginning of").fill("2026-01-01");
  await plan.getByLabel("Rate", { exact: true }).fill("VAT 21 %");
  await plan.getByLabel("Percent").fill("21");
  await page.getByRole("button", { name: "Save taxes" }).click();
  await expect(page.getByText("A plan begins on a day to come.")).toBeVisible();
  await plan.getByLabel("From the beginning of").fill("2099-01-01");
  const taxes = page.locator("form").filter({ has: page.getByRole("button", { name: "Save taxes" }) });
  await page.getByRole("button", { name: "Save taxes" }).click();
  // What was said of the day is gone as soon as it is pressed; what is read anew below must be saved by then.
  await expect(taxes.getByRole("status").first()).toHaveText("Saved.");
  await expect(page.getByText("A plan begins on a day to come.")).toHaveCount(0);
  await expectAccessible(page, "planned rates");
  await takePicture(page, info, "planned-rates");
  await page.reload();
  await expect(standard.getByRole("region").getByLabel("Percent")).toHaveValue("21");
});
