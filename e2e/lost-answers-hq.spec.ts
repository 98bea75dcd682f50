import { writeFileSync } from "node:fs";
import { catalogueAnswerSchema } from "#protocol/hq/catalogue.ts";
import { setPriceAnswerSchema } from "#protocol/hq/console.ts";
import { deliveriesAnswerSchema } from "#protocol/hq/deliveries.ts";
import { importJobsSchema } from "#protocol/hq/import-jobs.ts";
import { customerPointsAnswerSchema } from "#protocol/hq/loyalty.ts";
import { levelsAnswerSchema } from "#protocol/hq/stock.ts";
import { expect, test } from "./harness/chain.ts";
import { goToPlace, openConsole, writeCell } from "./harness/console.ts";
import { hold, loseFirst } from "./harness/held.ts";
import { aPickupOrder, articleInStock } from "./harness/web-orders.ts";

test("a file whose import was not answered is imported once, also where it is chosen again; of another file it is said to look at the imports first", async ({
  chain,
  page: hq,
}, info) => {
  await openConsole(chain, hq, "import");
  const fileOf = (name: string, price: string) => {
    const path = info.outputPath(name);
    writeFileSync(path, `Handle,Title,Variant SKU,Variant Price\nlost-jar,Lost jar,LOST-1,${price}\n`);
    return path;
  };
  const importNow = hq.getByRole("button", { name: "Import now" });
  const choose = async (path: string) => {
    await goToPlace(hq, "import");
    await hq.locator('input[type="file"]').setInputFiles(path);
    await importNow.click();
  };
  const done = async () => {
    const { imports } = await chain.server.hq(importJobsSchema, "/hq/v1/imports");
    return imports.filter(({ dryRun, state }) => !dryRun && state === "done").map(({ fileName }) => fileName);
  };
  const lost = fileOf("lost.csv", "9.90");
  const asked = await loseFirst(hq, "PUT", /\/hq\/v1\/imports\/.*dryRun=false/);
  await choose(lost);
  await expect(hq.getByRole("alert")).toContainText("look before you do it again");
  await expect.poll(done).toEqual(["lost.csv"]);
  await choose(fileOf("found.csv", "8.90"));
  await expect(hq.getByRole("alert")).toContainText("look at the earlier imports");
  expect(asked).toHaveLength(1);
  const body = { sku: "LOST-1", list: "retail", amount: { minor: 700, currency: "EUR" } };
  await chain.server.hq(setPriceAnswerSchema, "/hq/v1/prices", { method: "PUT", body });
  await choose(lost);
  await expect(hq.getByText("Imported: lost.csv.")).toBeVisible();
  expect(asked).toHaveLength(2);
  expect(await done()).toEqual(["lost.csv"]);
});

test("pieces whose booking was not answered are booked once; written otherwise, it is said to look at the movements first", async ({
  chain,
  page: hq,
}) => {
  const { sku } = await articleInStock(chain, "BER1");
  const level = async () => {
    const path = `/hq/v1/stock?store=BER1&search=${encodeURIComponent(sku)}`;
    const { levels } = await chain.server.hq(levelsAnswerSchema, path);
    const found = levels.find((each) => each.sku === sku);
    if (found === undefined) throw new Error(`no level of ${sku}`);
    return found;
  };
  const { variant, onHand } = await level();
  await openConsole(chain, hq, `stock?level=BER1%20${variant}`);
  const sheet = hq.getByRole("dialog");
  await sheet.getByText("Adjust", { exact: true }).click();
  const asked = await loseFirst(hq, "POST", /\/adjust$/);
  const book = sheet.getByRole("button", { name: "Adjust the stock" });
  await sheet.getByLabel("Pieces", { exact: true }).fill("-1");
  await book.click();
  await expect(sheet.getByRole("alert")).toContainText("look before you do it again");
  await expect(sheet.getByTestId("stock.onHand")).toHaveText(String(onHand - 1));
  await sheet.getByLabel("Note", { exact: true }).fill("Fell");
  await book.click();
  await expect(sheet.getByRole("alert")).toContainText("look at the movements");
  expect(asked).toHaveLength(1);
  await sheet.getByLabel("Note", { exact: true }).fill("");
  await book.click();
  await expect(sheet.getByRole("status")).toHaveText("The stock is adjusted, at the tills too.");
  expect((await level()).onHand).toBe(onHand - 1);
});

test("points whose booking was not answered are booked once; written otherwise, it is said to look at them first", async ({
  chain,
  page: hq,
}) => {
  const customer = (await chain.server.customers()).find(({ cardNumber }) => cardNumber !== null);
  if (customer?.cardNumber == null) throw new Error("the demo has no customer with a card");
  const held = () => chain.server.hq(customerPointsAnswerSchema, `/hq/v1/customers/${customer.id}/points`);
  const before = (await held()).standing?.balance ?? 0;
  await openConsole(chain, hq, "customers");
  await hq.getByRole("searchbox").fill(customer.cardNumber);
  await hq.getByRole("button", { name: customer.name }).first().click();
  const points = hq.getByRole("region", { name: "Points" });
  const write = async (why: string) => {
    await points.getByRole("button", { name: "Adjust" }).click();
    await points.getByLabel("Points, below zero to take them").fill("500");
    await points.getByLabel("Why").fill(why);
  };
  const asked = await loseFirst(hq, "POST", /\/points$/);
  const book = points.getByRole("button", { name: "Book it" });
  await write("A late parcel");
  await book.click();
  await expect(points.getByRole("alert")).toContainText("look before you do it again");
  await points.getByRole("button", { name: "Cancel" }).click();
  await write("A late parcel, again");
  await book.click();
  await expect(points.getByRole("alert")).toContainText("look at the points");
  expect(asked).toHaveLength(1);
  await points.getByLabel("Why").fill("A late parcel");
  await book.click();
  await expect(book).toHaveCount(0);
  expect((await held()).standing?.balance).toBe(before + 500);
});

test("what was written in a cell and not answered once its writer had left the page is said when they come back", async ({
  chain,
  page: hq,
}) => {
  const catalogue = "catalogue?search=WIN-1005";
  await openConsole(chain, hq, catalogue);
  const row = hq.getByRole("treegrid", { name: "Catalogue" }).getByRole("row").nth(1);
  await expect(row).toContainText("WIN-1005");
  const edits = /\/hq\/v1\/catalogue\/edit$/;
  await hq.route(edits, (route) => route.abort("connectionreset"));
  const saving = await hold(hq, "POST", edits);
  await writeCell(row.getByRole("gridcell").nth(2), /^Product, /, "Potoroo wine");
  await goToPlace(hq, "prices");
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("Prices");
  const failed = hq.waitForEvent("requestfailed");
  saving.release();
  await failed;
  await goToPlace(hq, catalogue);
  await expect(hq.getByText(/^Product, .*: The server did not answer/)).toBeVisible();
});

test("money whose giving back was not answered is given back once; another amount, it is said to look at the order first", async ({
  chain,
  page: hq,
}) => {
  const article = await articleInStock(chain, "BER1");
  const { id } = await chain.server.placeOrder(aPickupOrder("9201", article, "paid"));
  await openConsole(chain, hq, `orders?order=${id}`);
  const sheet = hq.getByRole("dialog");
  await sheet.getByRole("button", { name: "Give money back" }).click();
  const asked = await loseFirst(hq, "POST", /\/refund$/);
  const give = sheet.getByRole("button", { name: "Give it back" });
  await sheet.getByLabel(/^Amount/).fill("0.50");
  await sheet.getByLabel("Reason").fill("A scratch");
  await give.click();
  await expect(sheet.getByRole("alert")).toContainText("look before you do it again");
  await expect(sheet.getByText("€0.50 given back")).toBeVisible();
  await sheet.getByLabel(/^Amount/).fill("0.60");
  await give.click();
  await expect(sheet.getByRole("alert")).toContainText("look at what was done of this order");
  expect(asked).toHaveLength(1);
  await sheet.getByLabel(/^Amount/).fill("0.50");
  await give.click();
  await expect(give).toHaveCount(0);
  expect(asked).toHaveLength(2);
  expect((await chain.server.order(id)).payment.refunded.minor).toBe(50);
});

test("goods whose ordering was not answered are ordered once", async ({ chain, page: hq }) => {
  const { sku } = await articleInStock(chain, "BER1");
  await openConsole(chain, hq, "deliveries");
  await hq.getByRole("button", { name: "New expected delivery" }).click();
  const sheet = hq.getByRole("dialog");
  await sheet.getByRole("combobox", { name: "To", exact: true }).selectOption("HAM1");
  await sheet.getByLabel("Supplier").fill("Tea House");
  await sheet.getByLabel("Paste lines").fill(`${sku};3`);
  await sheet.getByRole("button", { name: "Add these lines" }).click();
  const asked = await loseFirst(hq, "POST", /\/hq\/v1\/deliveries$/);
  await sheet.getByRole("button", { name: "Ask for it" }).click();
  await expect(sheet.getByRole("alert")).toContainText("look before you do it again");
  await sheet.getByRole("button", { name: "Ask for it" }).click();
  await expect(sheet.getByText("Told to the stores")).toBeVisible();
  expect(asked).toHaveLength(2);
  const { total } = await chain.server.hq(deliveriesAnswerSchema, "/hq/v1/deliveries?filter=all");
  expect(total).toBe(1);
});

test("many prices whose change was not answered are changed once, by one page as by the other", async ({
  chain,
  page: hq,
}) => {
  const priceNow = async () => {
    const { rows } = await chain.server.hq(catalogueAnswerSchema, "/hq/v1/catalogue?search=WIN-1005");
    return rows[0]?.lowest?.minor;
  };
  expect(await priceNow()).toBe(995);
  await openConsole(chain, hq, "prices");
  await hq.getByRole("button", { name: "Change many" }).click();
  const sheet = hq.getByRole("dialog", { name: "Change many prices" });
  await sheet.getByLabel("Title, SKU or barcode has").fill("WIN-1005");
  await sheet.getByLabel("By how much").fill("-20");
  await sheet.getByRole("button", { name: "Preview" }).click();
  const apply = sheet.getByRole("button", { name: "Change 1 price" });
  await expect(apply).toBeVisible();
  await loseFirst(hq, "POST", /\/hq\/v1\/prices\/bulk$/);
  await apply.click();
  await expect(sheet.getByRole("alert")).toContainText("look before you do it again");
  await apply.click();
  await expect(sheet.getByRole("alert")).toContainText("this was done already");
  await expect(apply).toHaveCount(0);
  expect(await priceNow()).toBe(796);

  await goToPlace(hq, "catalogue?search=WIN-1005");
  await expect(hq.getByRole("treegrid").getByRole("row").nth(1)).toContainText("€7.96");
  await hq.getByRole("checkbox", { name: "Choose all that fit" }).check();
  await hq.getByRole("button", { name: "Change them" }).click();
  const many = hq.getByRole("dialog", { name: "Change many products" });
  await many.getByRole("combobox", { name: "What is to be different" }).selectOption("Price");
  await many.getByRole("textbox").fill("-50");
  await many.getByRole("button", { name: "Preview" }).click();
  const change = many.getByRole("button", { name: "Change 1" });
  await expect(change).toBeVisible();
  const asked = await loseFirst(hq, "POST", /\/hq\/v1\/catalogue\/bulk$/);
  await change.click();
  await expect(many.getByRole("alert")).toContainText("look before you do it again");
  await change.click();
  await expect(many.getByRole("status").first()).toHaveText("1 was changed.");
  expect(asked).toHaveLength(2);
  expect(await priceNow()).toBe(398);
});
