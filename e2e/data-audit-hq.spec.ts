import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { catalogueAnswerSchema, editProductsAnswerSchema } from "#protocol/hq/catalogue.ts";
import { importReportSchema } from "#protocol/hq/import.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";

const PICTURES = "Products without a picture";
const BARCODES = "Products without a barcode";

async function importLine(chain: Chain, barcode: string): Promise<void> {
  const answer = await fetch(`${chain.server.address}/hq/v1/catalog/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${await chain.server.key()}`, "content-type": "text/csv" },
    body: `Handle,Title,Variant SKU,Variant Barcode,Variant Price\nbare-mug,"=Bare, mug",BARE-1,${barcode},9.90\n`,
  });
  expect(importReportSchema.parse(await answer.json()).ok).toBe(true);
}

/** The count in a check's row. */
async function countOf(hq: Page, name: string): Promise<number> {
  const row = hq.getByRole("row").filter({ has: hq.getByRole("link", { name, exact: true }) });
  return Number(await row.getByRole("cell").nth(2).locator("span").first().textContent());
}

async function checkAgain(hq: Page): Promise<void> {
  await hq.getByRole("button", { name: "Check again" }).click();
  await expect(hq.getByText("Everything was checked again.")).toBeVisible();
}

test("a product without a picture and a barcode is counted, opened and given to somebody; set right and checked again, it is gone", async ({
  chain,
  page: hq,
}, info) => {
  await importLine(chain, "");
  await openConsole(chain, hq, "dataAudit");
  await expect(hq.getByRole("link", { name: PICTURES })).toBeVisible();
  await expectAccessible(hq, "the data audit");
  await takePicture(hq, info, "data-audit");
  await expect.poll(() => countOf(hq, PICTURES)).toBe(1);
  const withoutBarcode = await countOf(hq, BARCODES);

  await hq.getByRole("button", { name: `Owner of ${PICTURES}: Nobody` }).click();
  const sheet = hq.getByRole("dialog", { name: `Owner of ${PICTURES}` });
  await sheet.getByLabel("Who sees to it").fill("Ada");
  await expectAccessible(hq, "who sees to a check");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByRole("button", { name: `Owner of ${PICTURES}: Ada` })).toContainText("until");

  await hq.getByRole("link", { name: PICTURES }).click();
  const row = hq.getByRole("row", { name: /=Bare, mug/ });
  await expect(row).toContainText("In store");
  await expectAccessible(hq, "what a check finds");
  const downloading = hq.waitForEvent("download");
  await hq.getByRole("button", { name: "CSV" }).click();
  expect(await readFile(await (await downloading).path(), "utf8")).toContain(`"'=Bare, mug"`);

  await row.getByRole("link", { name: "Set right: =Bare, mug" }).click();
  await expect(hq.getByRole("heading", { level: 1 })).toContainText("=Bare, mug");
  await hq.goBack();

  const { rows } = await chain.server.hq(catalogueAnswerSchema, "/hq/v1/catalogue?search=bare-mug");
  await importLine(chain, "4006381333931");
  await chain.server.hq(editProductsAnswerSchema, "/hq/v1/catalogue/edit", {
    method: "POST",
    body: { edits: rows.map(({ product }) => ({ product, change: { status: "draft" } })) },
  });
  await checkAgain(hq);
  await expect(hq.getByText("There is nothing of the kind now.")).toBeVisible();
  await hq.getByRole("link", { name: "All checks" }).click();
  await expect(hq.getByRole("link", { name: PICTURES })).toBeVisible();
  await expect.poll(() => countOf(hq, PICTURES)).toBe(0);
  expect(await countOf(hq, BARCODES)).toBe(withoutBarcode - 1);
});
