import { PNG } from "pngjs";
import writeExcelFile from "write-excel-file/node";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

const TITLE = "Quokka cushion";

const WICKED = `Quokka pillow "><img src=x onerror="window.name='it ran'"><script>window.name='it ran'</script>`;

function greenPicture(): Buffer {
  const picture = new PNG({ width: 900, height: 600 });
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([20, 160, 90, 255], at);
  return PNG.sync.write(picture);
}

test("HQ makes a product with two variants and a picture, takes a change back and looks at an Excel file; the till has each within seconds", async ({
  chain,
  page,
  context,
}) => {
  const { cashier } = await openRegister(chain, page);
  const hq = await context.newPage();
  await openConsole(chain, hq, "product");
  await hq.getByLabel("Title", { exact: true }).fill(TITLE);
  await hq.getByRole("button", { name: "Add option" }).click();
  await hq.getByLabel("Option 1", { exact: true }).fill("Size");
  await hq.getByLabel("Values of option 1").fill("Small, Large");
  await hq.getByRole("button", { name: "Make variants" }).click();
  await hq.getByLabel("SKU of Small").fill("QUO-S");
  await hq.getByLabel("SKU of Large").fill("QUO-L");
  await hq.getByLabel("GTINs of Large").fill("4006381333932");
  await hq
    .locator('input[type="file"]')
    .setInputFiles({ name: "cushion.png", mimeType: "image/png", buffer: greenPicture() });
  await hq.getByLabel("What is on picture 1").fill("A green cushion");
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByText("The check digit is not right")).toBeVisible();
  await expectAccessible(hq, "new product");
  await hq.getByLabel("GTINs of Large").fill("4006381333931");
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByText("Saved. Tills have it within seconds.")).toBeVisible();

  const prices = ["QUO-S", "QUO-L"].map((sku) =>
    JSON.stringify({ sku, list: "retail", amount: { minor: 2_450, currency: "EUR" } }),
  );
  const answer = await fetch(`${chain.server.address}/hq/v1/bulk/prices`, {
    method: "POST",
    headers: { authorization: `Bearer ${await chain.server.key()}`, "content-type": "application/x-ndjson" },
    body: prices.join("\n"),
  });
  expect(await answer.text()).toContain('{"row":2,"ok":true,"changed":true}');
  await page.getByRole("searchbox").fill("quokka");
  const tile = cashier.tiles().filter({ hasText: TITLE }).first();
  await expect(tile).toContainText("€24.50");
  const picture = tile.locator("img");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);

  // What somebody names an article is text on every screen, whatever it would be as markup.
  await hq.getByLabel("Title", { exact: true }).fill(WICKED);
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(cashier.tiles().filter({ hasText: WICKED }).first()).toBeVisible();
  await expect(hq.getByText(WICKED, { exact: true }).first()).toBeVisible();
  for (const screen of [page, hq]) {
    await expect(screen.locator('img[src="x"], script:not([src])')).toHaveCount(0);
    expect(await screen.evaluate(() => window.name)).not.toBe("it ran");
  }
  await hq
    .getByRole("button", { name: /^Undo the change/ })
    .first()
    .click();
  await expect(hq.getByText("Taken back.")).toBeVisible();
  await expect(tile).toBeVisible();
  await expectAccessible(hq, "product");

  const rows = [
    ["Artikel", "Handle"],
    ["Quokka from a sheet", "quokka-cushion"],
  ];
  const sheet = await writeExcelFile(rows).toBuffer();
  await hq.getByRole("link", { name: "Catalogue" }).click();
  const importing = hq.getByRole("link", { name: "Import" });
  await importing.click();
  // The product's page has a place for files too.
  await expect(importing).toHaveAttribute("aria-current", "page");
  await hq.locator('input[type="file"]').setInputFiles({
    name: "cushions.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: sheet,
  });
  await hq.getByLabel("What Artikel is").selectOption("Title");
  await hq.getByLabel("What Handle is").selectOption("Handle");
  await hq.getByRole("button", { name: "Look again" }).click();
  await expect(hq.getByText("Quokka from a sheet").last()).toBeVisible();
  await expectAccessible(hq, "dry run");
});

test("HQ deletes a product, sees it among the deleted and brings it back; the till loses it and has it again", async ({
  chain,
  page,
  context,
}) => {
  const { cashier } = await openRegister(chain, page);
  const hq = await context.newPage();
  await openConsole(chain, hq, "product");
  await hq.getByLabel("Title", { exact: true }).fill("Numbat blanket");
  await hq.getByLabel(/^SKU of/).fill("NUM-1");
  await hq.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByText("Saved. Tills have it within seconds.")).toBeVisible();
  await page.getByRole("searchbox").fill("numbat");
  const tile = cashier.tiles().filter({ hasText: "Numbat blanket" }).first();
  await expect(tile).toBeVisible();

  await hq.getByRole("button", { name: "Delete", exact: true }).click();
  await hq.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  const deleted = hq.getByRole("dialog", { name: "Deleted products" });
  await expect(deleted.getByRole("row", { name: /Numbat blanket/ })).toContainText("NUM-1");
  await expect(tile).toHaveCount(0);
  await expectAccessible(hq, "deleted products");
  await deleted.getByRole("link", { name: "Numbat blanket" }).click();
  await expect(hq.getByRole("heading", { level: 1 })).toHaveText("This product was deleted");
  await expectAccessible(hq, "a deleted product");
  await hq.getByRole("button", { name: /^Undo/ }).click();
  await expect(hq.getByLabel("Title", { exact: true })).toHaveValue("Numbat blanket");
  await expect(tile).toBeVisible();
});
