import type { Page } from "@playwright/test";
import { PNG } from "pngjs";
import { hqCaseSchema } from "#protocol/hq/cases.ts";
import { catalogueAnswerSchema } from "#protocol/hq/catalogue.ts";
import { orderDetailSchema } from "#protocol/hq/orders.ts";
import { productAnswerSchema, savedProductSchema } from "#protocol/hq/product.ts";
import { putReorderRuleSchema } from "#protocol/hq/replenish.ts";
import { tillRowSchema } from "#protocol/hq/tills.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { goToPlace, openConsole, writeCell } from "./harness/console.ts";
import { type Held, hold } from "./harness/held.ts";
import { pairedTill } from "./harness/register.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

/** A picture that no packing makes small. */
function bigPicture(): Buffer {
  const picture = new PNG({ width: 400, height: 300 });
  let grain = 1;
  for (let at = 0; at < picture.data.length; at += 4) {
    grain = (grain * 48_271) % 0x7fff_ffff;
    picture.data.set([grain & 255, (grain >> 8) & 255, (grain >> 16) & 255, 255], at);
  }
  return PNG.sync.write(picture);
}

const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

/** Writes a new product on HQ's page for one. */
async function writeProduct(chain: Chain, hq: Page, title: string, sku: string): Promise<void> {
  await openConsole(chain, hq, "product");
  await hq.getByLabel("Title", { exact: true }).fill(title);
  await hq.getByLabel(/^SKU of/).fill(sku);
}

/** As `writeProduct`, until it is saved. */
async function saveProduct(chain: Chain, hq: Page, title: string, sku: string): Promise<void> {
  await writeProduct(chain, hq, title, sku);
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByText("Saved. Tills have it within seconds.")).toBeVisible();
}

/** Goes to the tills while something is held that ends by going elsewhere; once that is answered, the tills are still there. */
async function staysAtTills(hq: Page, held: Held, method: string): Promise<void> {
  await held.asked(1);
  await goToPlace(hq, "tills");
  const heading = hq.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Tills");
  const answered = hq.waitForResponse((answer) => answer.request().method() === method);
  held.release();
  await (await answered).finished();
  const found = hq.waitForResponse(/\/hq\/v1\/tills\?.*search=BER1/);
  await hq.getByRole("searchbox").fill("BER1");
  await found;
  await expect(heading).toHaveText("Tills");
  await expect(hq).toHaveURL(/#\/tills\?/);
}

test("what is typed of a product while it is being saved, or its picture is on its way, stays and can be saved", async ({
  chain,
  page: hq,
}) => {
  const title = hq.getByLabel("Title", { exact: true });
  await writeProduct(chain, hq, "Bilby hat", "BIL-1");
  const saving = await hold(hq, "POST", /\/hq\/v1\/products$/);
  await hq.getByRole("button", { name: "Save" }).click();
  await saving.asked(1);
  await title.fill("Bilby hat, brown");
  saving.release();
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("Bilby hat");
  await expect(title).toHaveValue("Bilby hat, brown");
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("Bilby hat, brown");

  const uploading = await hold(hq, "POST", /\/hq\/v1\/pictures/);
  await hq
    .locator('input[type="file"]')
    .setInputFiles({ name: "hat.png", mimeType: "image/png", buffer: bigPicture() });
  await uploading.asked(1);
  await hq.getByLabel("Description", { exact: true }).fill("Wide-brimmed.");
  uploading.release();
  await expect(hq.getByLabel("What is on picture 1")).toBeVisible();
  await expect(hq.getByLabel("Description", { exact: true })).toHaveValue("Wide-brimmed.");
});

/** Where one product is read and saved. */
const PRODUCT = /\/hq\/v1\/products\/[0-9a-f]{8}-[^/?]+$/;

test("what others save of a product before HQ has read again what it saved is shown as theirs, and not written over", async ({
  chain,
  page: hq,
}) => {
  const title = hq.getByLabel("Title", { exact: true });
  await saveProduct(chain, hq, "Numbat scarf", "NUM-1");

  const reading = await hold(hq, "GET", PRODUCT);
  await title.fill("Numbat scarf, red");
  const asked = hq.waitForRequest((request) => PRODUCT.test(request.url()) && request.method() === "GET");
  await hq.getByRole("button", { name: "Save" }).click();
  const path = new URL((await asked).url()).pathname;
  await title.fill("Numbat scarf, red, long");
  const mine = await chain.server.hq(productAnswerSchema, path);
  const body = { ...mine, details: { ...mine.details, description: "Of merino." } };
  await chain.server.hq(savedProductSchema, path, { method: "PUT", body });
  reading.release();
  const sheet = hq.getByRole("dialog", { name: "Somebody changed this product meanwhile" });
  await expect(sheet).toContainText("Of merino.");
  await sheet.getByRole("button", { name: "Close" }).click();
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toContainText("Of merino.");
  expect((await chain.server.hq(productAnswerSchema, path)).details.description).toBe("Of merino.");
});

test("a product that cannot be read again after it was saved is saved all the same: once, and further typing on top of it", async ({
  chain,
  page: hq,
}) => {
  const title = hq.getByLabel("Title", { exact: true });
  const heading = hq.getByRole("heading", { level: 1 });
  const save = hq.getByRole("button", { name: "Save" });
  await writeProduct(chain, hq, "Dingo mat", "DIN-1");
  await hq.route(PRODUCT, (route) =>
    route.request().method() === "GET" ? route.abort("connectionfailed") : route.fallback(),
  );
  const making = await hold(hq, "POST", /\/hq\/v1\/products$/);
  await save.click();
  await making.asked(1);
  await title.fill("Dingo mat, grey");
  making.release();
  await expect(heading).toHaveText("Dingo mat");
  await save.click();
  await expect(heading).toHaveText("Dingo mat, grey");
  await expect(hq.getByText("Saved. Tills have it within seconds.")).toBeVisible();
  expect(making.count).toBe(1);
});

test("whoever goes to another page while a product is being deleted stays there", async ({
  chain,
  page: hq,
}) => {
  await saveProduct(chain, hq, "Echidna brush", "ECH-1");
  const deleting = await hold(hq, "DELETE", PRODUCT);
  await hq.getByRole("button", { name: "Delete", exact: true }).click();
  await hq.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await staysAtTills(hq, deleting, "DELETE");
});

test("whoever goes to another page while a new store is being made stays there", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "stores");
  await hq.getByRole("button", { name: "New store" }).click();
  const sheet = hq.getByRole("dialog", { name: "New store" });
  await sheet.getByLabel("Code").fill("WOM1");
  await sheet.getByLabel("Set up like").selectOption("BER1");
  await expect(sheet.getByLabel("VAT id")).not.toHaveValue("");
  await sheet.getByLabel("Name").fill("Wombat Lane");
  await sheet.getByLabel("Address").fill("Wombat Lane 1\n10115 Berlin");
  const making = await hold(hq, "POST", /\/hq\/v1\/stores$/);
  await sheet.getByRole("button", { name: "Open the store" }).click();
  await staysAtTills(hq, making, "POST");
});

test("a letter that still reaches the page that is being left does not hold its reader back", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "tills");
  await hq.getByRole("searchbox").focus();
  await hq.getByRole("link", { name: "Prices" }).evaluate((link: HTMLElement) => {
    link.click();
    document.execCommand("insertText", false, "r");
  });
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("Prices");
  await expect(hq).toHaveURL(/#\/prices$/);
});

test("a product that could not be archived is said to be so, and can be tried again or left as it was", async ({
  chain,
  page: hq,
}) => {
  await saveProduct(chain, hq, "Possum bowl", "POS-1");
  await hq.route(PRODUCT, (route) => route.abort("connectionfailed"), { times: 1 });
  await hq.getByRole("button", { name: "Archive" }).click();
  await expect(hq.getByRole("alert")).toBeVisible();
  await expect(hq.getByRole("button", { name: "Discard changes" })).toBeVisible();
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByText("Saved. Tills have it within seconds.")).toBeVisible();
  await expect(hq.getByRole("button", { name: "Archive" })).toHaveCount(0);
});

test("a file is checked for the store that its quantities are of, and no other store is chosen while it is imported", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "import");
  const store = hq.getByLabel("Quantities of the file");
  const checking = await hold(hq, "PUT", /\/hq\/v1\/imports\/.*dryRun=true/);
  const importing = await hold(hq, "PUT", /\/hq\/v1\/imports\/.*dryRun=false/);
  const csv =
    "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\nwallaby-jar,Wallaby jar,WAL-1,9.90,4\n";
  await hq
    .locator('input[type="file"]')
    .setInputFiles({ name: "jars.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await checking.asked(1);
  await store.selectOption("BER1");
  await checking.asked(2);
  checking.release();
  await hq.getByRole("button", { name: "Import now" }).click();
  await importing.asked(1);
  await expect(store).toBeDisabled();
  importing.release();
  await expect(hq.getByText("Imported: jars.csv.")).toBeVisible();
  await expect(store).toBeEnabled();
});

test("a store that is changed while it is being saved is saved once, and not said to be saved as it stands", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "stores?store=BER1");
  const form = hq.locator("form").filter({ has: hq.getByLabel("Telephone") });
  const save = form.getByRole("button", { name: "Save", exact: true });
  const saving = await hold(hq, "PUT", /\/hq\/v1\/stores\/BER1$/);
  await form.getByLabel("Telephone").fill("030 1");
  await save.click();
  await saving.asked(1);
  await form.getByLabel("Telephone").fill("030 12");
  await expect(save).toBeDisabled();
  saving.release();
  await expect(save).toBeEnabled();
  await expect(form.getByRole("status")).toHaveText("");
  await save.click();
  await expect(form.getByRole("status").first()).toHaveText("Saved.");
  expect(saving.count).toBe(2);
});

test("a store whose saving is never answered is said to be perhaps saved; what was typed stays, and the next press saves it", async ({
  chain,
  page: hq,
}) => {
  await hq.clock.install();
  await openConsole(chain, hq, "stores?store=BER1");
  const form = hq.locator("form").filter({ has: hq.getByLabel("Telephone") });
  const save = form.getByRole("button", { name: "Save", exact: true });
  const saving = await hold(hq, "PUT", /\/hq\/v1\/stores\/BER1$/, { first: 1 });
  await form.getByLabel("Telephone").fill("030 7");
  await save.click();
  await saving.asked(1);
  await expect(save).toBeDisabled();
  await hq.clock.fastForward("01:00");
  await expect(form.getByRole("alert")).toContainText("The server did not answer. It may have been done");
  await expect(form.getByLabel("Telephone")).toHaveValue("030 7");
  await save.click();
  await expect(form.getByRole("status").first()).toHaveText("Saved.");
  expect(saving.count).toBe(2);
});

test("of two quick edits of one cell the later one stays, at the server too, and no other cell waits for them", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "catalogue?search=WIN-1005");
  const grid = hq.getByRole("treegrid", { name: "Catalogue" });
  const row = grid.getByRole("row").nth(1);
  const name = row.getByRole("gridcell").nth(2);
  await expect(row).toContainText("WIN-1005");
  const saving = await hold(hq, "POST", /\/hq\/v1\/catalogue\/edit$/, { first: 1 });
  await writeCell(name, /^Product, /, "Quokka wine");
  await saving.asked(1);
  await writeCell(name, /^Product, /, "Quokka wine, dry");
  await writeCell(row.getByRole("gridcell", { name: /^€/ }).first(), /^Price, /, "7.77");
  await expect(hq.getByText("Saved: WIN-1005 €7.77.")).toBeVisible();
  const first = hq.waitForResponse(
    (answer) => answer.request().postData()?.includes('"Quokka wine"') === true,
  );
  saving.release();
  await (await first).finished();
  const known = async () => {
    const { rows } = await chain.server.hq(catalogueAnswerSchema, "/hq/v1/catalogue?search=WIN-1005");
    return rows[0]?.title;
  };
  await expect.poll(known).toBe("Quokka wine, dry");
  await expect(hq.getByText("Saved: Product, Quokka wine.")).toBeVisible();
  await expect(name).toHaveText("Quokka wine, dry");
});

test("what waits to be sent of a cell keeps its turn while its writer is on another page; a tab that is left meanwhile asks first", async ({
  chain,
  page: hq,
}) => {
  const catalogue = "catalogue?search=WIN-1005";
  await openConsole(chain, hq, catalogue);
  const row = hq.getByRole("treegrid", { name: "Catalogue" }).getByRole("row").nth(1);
  const name = row.getByRole("gridcell").nth(2);
  const write = async (words: string) => {
    await expect(row).toContainText("WIN-1005");
    await writeCell(name, /^Product, /, words);
    await expect(name).toHaveText(words);
  };
  const saving = await hold(hq, "POST", /\/hq\/v1\/catalogue\/edit$/, { first: 1 });
  await write("Bandicoot wine");
  await saving.asked(1);
  await write("Bandicoot wine, dry");
  const asksFirst = () =>
    hq.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
  expect(await asksFirst()).toBe(true);
  await goToPlace(hq, "prices");
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("Prices");
  await goToPlace(hq, catalogue);
  await expect(name).toHaveText("Bandicoot wine, dry");
  await write("Bandicoot wine, sweet");
  const last = hq.waitForResponse((answer) => answer.request().postData()?.includes("sweet") === true);
  saving.release();
  await (await last).finished();
  expect(saving.count).toBe(2);
  await expect.poll(asksFirst).toBe(false);
  const { rows } = await chain.server.hq(catalogueAnswerSchema, "/hq/v1/catalogue?search=WIN-1005");
  expect(rows[0]?.title).toBe("Bandicoot wine, sweet");
});

test("a key that is made late is told, and closes no form that was opened since", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "apiKeys");
  const form = hq.getByRole("dialog", { name: "New key" });
  const open = async (name: string) => {
    await hq.getByRole("button", { name: "New key" }).click();
    await form.getByLabel("Whose it is", { exact: true }).fill(name);
  };
  const making = await hold(hq, "POST", /\/hq\/v1\/keys$/);
  await open("Web shop");
  await form.getByRole("button", { name: "New key" }).click();
  await making.asked(1);
  await form.getByRole("button", { name: "Close" }).click();
  await open("Till scales");
  making.release();
  const told = hq.getByRole("dialog", { name: /Web shop/ });
  await expect(told).toBeVisible();
  await told.getByRole("button", { name: "Close" }).last().click();
  await expect(told).toHaveCount(0);
  await expect(form.getByLabel("Whose it is", { exact: true })).toHaveValue("Till scales");
});

test("a role that is saved late closes no form that was opened since, be it one for a new role too", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "staffRoles");
  const form = hq.getByRole("dialog", { name: "New role" });
  const name = form.getByLabel("Name of the role");
  const open = async (words: string) => {
    await hq.getByRole("button", { name: "New role" }).click();
    await name.fill(words);
  };
  const saving = await hold(hq, "POST", /\/hq\/v1\/roles$/);
  await open("Early shift");
  await form.getByRole("button", { name: "Save role" }).click();
  await saving.asked(1);
  await form.getByRole("button", { name: "Close" }).click();
  await open("Late shift");
  saving.release();
  await expect(hq.getByText("Early shift")).toBeAttached();
  await expect(name).toHaveValue("Late shift");
});

test("many prices are changed only as they were looked at: another wish meanwhile offers nothing to be done", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "prices");
  await hq.getByRole("button", { name: "Change many" }).click();
  const sheet = hq.getByRole("dialog", { name: "Change many prices" });
  await sheet.getByLabel("Title, SKU or barcode has").fill("young gouda");
  await sheet.getByLabel("By how much").fill("-20");
  const looking = await hold(hq, "POST", /\/hq\/v1\/prices\/bulk$/);
  await sheet.getByRole("button", { name: "Preview" }).click();
  await looking.asked(1);
  await sheet.getByLabel("By how much").fill("-90");
  looking.release();
  await expect(sheet.getByRole("button", { name: "Preview" })).toBeEnabled();
  await expect(sheet.getByRole("button", { name: /^Change 1 price/ })).toHaveCount(0);
  await sheet.getByRole("button", { name: "Preview" }).click();
  await expect(sheet.getByRole("button", { name: "Change 1 price" })).toBeVisible();
});

test("reasons for adjustments are shown to be changed once it is known which there are", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "stock");
  await expect(hq.getByRole("button", { name: "Reasons" })).toBeVisible();
  const asking = await hold(hq, "GET", /\/hq\/v1\/adjustment-reasons$/);
  await hq.getByRole("button", { name: "Reasons" }).click();
  const sheet = hq.getByRole("dialog", { name: "Reasons for adjustments" });
  await asking.asked(1);
  await expect(sheet).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Save" })).toHaveCount(0);
  asking.release();
  await expect(sheet.getByRole("button", { name: "Save" })).toBeVisible();
});

test("what a store needs is not offered as what another store needs while that one's is still asked for", async ({
  chain,
  page: hq,
}) => {
  const wanted = {
    subject: { kind: "article", sku: "WIN-1005" },
    store: null,
    rule: { reorderPoint: 90_000, target: 90_001, pack: 1 },
  };
  await chain.server.hq(putReorderRuleSchema, "/hq/v1/reorder-rules", { method: "PUT", body: wanted });
  await openConsole(chain, hq, "replenishment?store=BER1");
  const proposals = hq.getByRole("table", { name: "Replenishment" });
  await expect(proposals).toBeVisible();
  const asking = await hold(hq, "GET", /\/hq\/v1\/replenishment\?.*store=HAM1/);
  await hq.getByLabel("Store", { exact: true }).selectOption("HAM1");
  await asking.asked(1);
  await expect(proposals).toHaveCount(0);
  asking.release();
  await expect(proposals).toBeVisible();
});

test("a till's name that is being typed stays while the sheet reads again, and a button pressed twice asks once", async ({
  chain,
  page: hq,
}) => {
  await pairedTill(chain);
  await openConsole(chain, hq, "tills");
  await hq
    .getByRole("button", { name: /^Open BER1-/ })
    .first()
    .click();
  const sheet = hq.getByRole("dialog");
  const name = sheet.getByLabel("Name");
  await name.fill("Till by the door");
  const reading = await hold(hq, "GET", /\/hq\/v1\/tills\/[^/?]+$/);
  await sheet.getByRole("button", { name: "Rename" }).click();
  await reading.asked(1);
  await name.fill("Till by the window");
  reading.release();
  await expect(hq.getByText("Till by the door").first()).toBeAttached();
  await expect(name).toHaveValue("Till by the window");
  await sheet.getByRole("button", { name: "Rename" }).click();
  await expect(sheet.getByText("Renamed.")).toBeVisible();
  const { devices } = await chain.server.devices();
  const till = devices.find((each) => each.name === "Till by the window");
  const renamed = { method: "PUT", body: { name: "Till at the back" } };
  await chain.server.hq(tillRowSchema, `/hq/v1/tills/${till!.id}`, renamed);
  await expect(name).toHaveValue("Till at the back");

  const making = await hold(hq, "POST", /\/hq\/v1\/tills\/[^/]+\/take-over$/);
  const make = sheet.getByRole("button", { name: "Set up on another machine" });
  await make.click();
  await making.asked(1);
  await expect(make).toBeDisabled();
  await make.click({ force: true });
  making.release();
  await expect(make).toHaveCount(0);
  expect(making.count).toBe(1);
});

test("what others change of an order while it is being edited stays as they changed it", async ({
  chain,
  page: hq,
}) => {
  const article = await articleInStock(chain, "BER1");
  const placed = await chain.server.placeOrder(aPickupOrder("8001", article, "paid"));
  await openConsole(chain, hq, "orders");
  await hq.getByRole("button", { name: "Open order WEB-8001" }).click();
  const sheet = hq.getByRole("dialog");
  await sheet.getByRole("button", { name: "Change", exact: true }).click();
  await sheet.getByLabel("Name", { exact: true }).fill("Ada Berg");
  const note = "Rings twice";
  const edit = { note, reason: "She rang" };
  await chain.server.hq(orderDetailSchema, `/hq/v1/orders/${placed.id}`, { method: "PUT", body: edit });
  await expect(sheet.getByText(note)).toBeVisible();
  await sheet.getByLabel("Reason").fill("She married");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("She married")).toBeVisible();
  expect(await chain.server.order(placed.id)).toMatchObject({ note, contact: { name: "Ada Berg" } });
});

test("a note that HQ is writing on a case stays when the store moves the case on meanwhile", async ({
  chain,
  page: hq,
}) => {
  const product = { variant: null, sku: null, name: "Oak lamp", options: [] };
  const wanted = { kind: "repair", store: "BER1", product, fault: "Does not light", photos: [], by: "Ada" };
  const opened = await chain.server.hq(hqCaseSchema, "/hq/v1/cases", { method: "POST", body: wanted });
  const { id, number } = opened.case;
  await openConsole(chain, hq, "cases");
  await hq.getByRole("button", { name: `Open ${number}` }).click();
  const sheet = hq.getByRole("dialog", { name: `Case ${number}` });
  await sheet.getByRole("textbox", { name: "Note" }).fill("The maker sends a new one");
  const act = { to: "inProgress", note: "On the bench", by: "Ada" };
  await chain.server.hq(hqCaseSchema, `/hq/v1/cases/${id}/acts`, { method: "POST", body: act });
  await expect(sheet.getByText("On the bench")).toBeVisible();
  await expect(sheet.getByRole("textbox", { name: "Note" })).toHaveValue("The maker sends a new one");
});

test("what is typed of a product while a change is being taken back stays, and what is not known yet cannot be taken back", async ({
  chain,
  page: hq,
}) => {
  const title = hq.getByLabel("Title", { exact: true });
  const heading = hq.getByRole("heading", { level: 1 });
  const undo = hq.getByRole("button", { name: /^Undo the change/ });
  await saveProduct(chain, hq, "Wombat rug", "WOM-1");
  await expect(heading).toHaveText("Wombat rug");
  await title.fill("Wombat rug, red");
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(undo).toHaveCount(1);
  await expect(undo).toBeEnabled();

  // The newest change is not there yet: the one above all others is not the one that is meant.
  const reading = await hold(hq, "GET", /\/hq\/v1\/products\/[^/]+\/history$/);
  await title.fill("Wombat rug, red, long");
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(heading).toHaveText("Wombat rug, red, long");
  await reading.asked(1);
  await expect(undo).toBeDisabled();
  reading.release();
  await expect(undo).toHaveCount(2);

  const undoing = await hold(hq, "POST", /\/hq\/v1\/products\/[^/]+\/history\/\d+\/undo$/);
  await undo.first().click();
  await undoing.asked(1);
  await title.fill("Wombat rug, blue");
  undoing.release();
  const sheet = hq.getByRole("dialog", { name: "Somebody changed this product meanwhile" });
  await expect(sheet).toContainText("Wombat rug, red");
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(title).toHaveValue("Wombat rug, blue");
});

test("what is written of the next adjustment while one is being booked stays", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "stock?search=WIN-1005&store=BER1");
  await hq.getByRole("table", { name: "Stock" }).getByRole("button").first().click();
  const sheet = hq.getByRole("dialog");
  await sheet.getByText("Adjust", { exact: true }).click();
  const pieces = sheet.getByRole("textbox", { name: "Pieces" });
  await pieces.fill("-1");
  const booking = await hold(hq, "POST", /\/adjust/);
  await sheet.getByRole("button", { name: "Adjust the stock" }).click();
  await booking.asked(1);
  await pieces.fill("-2");
  booking.release();
  await expect(sheet.getByRole("table", { name: "Movements" })).toContainText("Adjusted");
  await expect(pieces).toHaveValue("-2");
  await expect(sheet.getByText("The stock is adjusted")).toBeHidden();

  await sheet.getByRole("button", { name: "Adjust the stock" }).click();
  await expect(sheet.getByText("The stock is adjusted")).toBeVisible();
  await sheet.getByRole("textbox", { name: "Note" }).fill("Fell off the shelf");
  await expect(sheet.getByText("The stock is adjusted")).toBeHidden();
});

test("Enter goes to what is typed, not to what was found before, however late the answer comes", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "overview");
  await hq.keyboard.press("Control+k");
  const field = hq.getByRole("combobox", { name: /^A page, a product/ });
  await field.fill("riesling kabinett");
  await expect(hq.getByRole("option", { name: /Riesling Kabinett/ }).first()).toBeVisible();
  const looking = await hold(hq, "GET", /\/hq\/v1\/products\?.*alentejo/);
  await field.fill("alentejo");
  await hq.keyboard.press("Enter");
  await looking.asked(1);
  looking.release();
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText(/^Alentejo/);
});

test("an act on a case that is pressed twice is done once, and what is written meanwhile is left for the next one", async ({
  chain,
  page: hq,
}) => {
  const product = { variant: null, sku: null, name: "Ash stool", options: [] };
  const wanted = { kind: "repair", store: "BER1", product, fault: "Wobbles", photos: [], by: "Ada" };
  const opened = await chain.server.hq(hqCaseSchema, "/hq/v1/cases", { method: "POST", body: wanted });
  const { number } = opened.case;
  await openConsole(chain, hq, "cases");
  await hq.getByRole("button", { name: `Open ${number}` }).click();
  const sheet = hq.getByRole("dialog", { name: `Case ${number}` });
  const note = sheet.getByRole("textbox", { name: "Note" });
  const save = sheet.getByRole("button", { name: "Save" });
  const acting = await hold(hq, "POST", /\/hq\/v1\/cases\/[^/]+\/acts$/);
  await sheet.getByLabel("New deadline").fill("2030-01-31");
  await note.fill("Glue has been ordered");
  await save.click();
  await acting.asked(1);
  await save.click({ force: true });
  await note.fill("And a new leg");
  acting.release();
  await expect(sheet.getByText("Glue has been ordered")).toBeVisible();
  await expect(sheet.getByLabel("New deadline")).toHaveValue("");
  await expect(note).toHaveValue("And a new leg");
  expect(acting.count).toBe(1);
  await save.click();
  await expect(sheet.getByText("And a new leg")).toHaveCount(1);
  await expect(note).toHaveValue("");
  expect(acting.count).toBe(2);

  // The same photo can be chosen for the next act.
  const files = sheet.locator("input[type=file]");
  await files.setInputFiles({ name: "stool.png", mimeType: "image/png", buffer: PHOTO });
  await expect(sheet.getByText("1 photo chosen")).toBeVisible();
  await expect(files).toHaveValue("");
  await sheet.getByRole("button", { name: "Remove the photos" }).click();
  await expect(sheet.getByText("1 photo chosen")).toHaveCount(0);
});

test("whoever signs out stays out, and is told of no session that ended, whatever is answered after that", async ({
  chain,
  page: hq,
}) => {
  await hq.clock.install();
  await openConsole(chain, hq, "overview");
  const asking = await hold(hq, "GET", /\/hq\/v1\/session$/);
  await hq.clock.fastForward("02:00");
  await asking.asked(1);
  await hq.getByRole("button", { name: "Sign out" }).click();
  await expect(hq.getByLabel("Password")).toBeVisible();
  const answered = hq.waitForResponse(/\/hq\/v1\/session$/);
  asking.release();
  await answered;
  await hq.clock.runFor(1_000);
  await expect(hq.getByLabel("Password")).toBeVisible();
  await expect(hq.getByText("Your session has ended")).toHaveCount(0);
});

test("a badge that is issued late opens its colleague's sheet no more, and is not written over another's", async ({
  chain,
  page: hq,
}) => {
  await openConsole(chain, hq, "staff");
  const sheet = hq.getByRole("dialog");
  const issuing = await hold(hq, "POST", /\/hq\/v1\/staff\/[^/]+\/badge$/);
  await hq.getByRole("button", { name: "Open Mira Albers" }).click();
  await sheet.getByRole("button", { name: "Issue a badge" }).click();
  await issuing.asked(1);
  await sheet.getByRole("button", { name: "Close" }).click();
  await hq.getByRole("button", { name: /^Open Tarek / }).click();
  await sheet.getByLabel("PIN").fill("480257");
  const shown = hq.waitForResponse(/\/hq\/v1\/staff\?/);
  issuing.release();
  // The list is read again once the badge is there.
  await shown;
  await expect(hq.getByRole("row", { name: /Mira Albers/ })).toContainText("Badge");
  await expect(sheet.getByRole("heading", { name: /^Tarek / })).toBeVisible();
  await expect(sheet.getByLabel("PIN")).toHaveValue("480257");
});

test("an endpoint that could not be removed is shown with why, and one that was removed is gone", async ({
  chain,
  page: hq,
}) => {
  const url = "https://shop.example/hook";
  await openConsole(chain, hq, "webhooks");
  const sheet = hq.getByRole("dialog");
  await hq.getByRole("button", { name: "New endpoint" }).click();
  await sheet.getByLabel("Address").fill(url);
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.getByText("Close", { exact: true }).click();
  await hq.getByRole("link", { name: `Open ${url}` }).click();
  await hq.route(/\/hq\/v1\/webhooks\/[^/]+$/, (route) =>
    route.request().method() === "DELETE" ? route.abort("connectionfailed") : route.fallback(),
  );
  const remove = sheet.getByRole("button", { name: "Remove" });
  await remove.click();
  await expect(sheet.getByText("Remove this endpoint?")).toBeVisible();
  await remove.click();
  await expect(sheet.getByRole("alert")).toBeVisible();
  await hq.unrouteAll();
  await remove.click();
  await remove.click();
  await expect(sheet).toBeHidden();
  await expect(hq.getByRole("link", { name: `Open ${url}` })).toHaveCount(0);
});
