import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importReportSchema } from "#protocol/hq/import.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";
import { Program } from "./harness/program.ts";
import { openRegister } from "./harness/register.ts";

const CSV = `Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Barcode,Status
storm-lantern,Storm Lantern,Leuchtwerk,Outdoor,Title,Default Title,LANTERN-1,7,39.90,4006381333931,active
broken-lamp,Broken Lamp,Leuchtwerk,Outdoor,Title,Default Title,LAMP-1,1,,,active
`;

test("a product enters at HQ by CSV, is on the running till at once, is sold while the server is down, and is booked once", async ({
  chain,
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "onetill-import-"));
  const file = join(folder, "products.csv");
  await writeFile(file, CSV);
  const { cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");

  const run = async (...flags: string[]) => {
    const hq = new Program("sync-server/cli/hq.ts", [
      "import",
      file,
      "--server",
      chain.server.address,
      "--key",
      await chain.server.key(),
      "--store",
      "BER1",
      "--json",
      ...flags,
    ]);
    await hq.ended();
    const report = importReportSchema.parse(JSON.parse(hq.output.slice(hq.output.indexOf("{"))));
    if (!report.ok) throw new Error(hq.output);
    return report;
  };
  const dry = await run("--dry-run");
  expect(dry).toMatchObject({ dryRun: true, products: { created: 1 } });
  expect(dry.problems).toMatchObject([{ line: 3, reason: "emptyPrice" }]);
  await cashier.scan("4006381333931");
  await expect(page.getByTestId("notice")).toContainText("not known here");

  expect(await run()).toMatchObject({ dryRun: false, products: { created: 1 } });
  await page.getByRole("searchbox").fill("storm lantren");
  await expect(cashier.tiles().first()).toContainText("Storm Lantern");
  expect(await run()).toMatchObject({ products: { created: 0, changed: 0, unchanged: 1 } });

  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");
  await cashier.scan("4006381333931");
  await expect(page.getByTestId("total")).toHaveText("€39.90");
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await chain.server.start();
  await cashier.backOnline();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  expect((await chain.server.stockOf("BER1", ["LANTERN-1"])).get("LANTERN-1")).toBe(6);
  await rm(folder, { recursive: true, force: true });
});

test("HQ sees the sale in the console, and each of its pages is accessible", async ({
  chain,
  page,
  context,
}, info) => {
  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);

  const console = await context.newPage();
  await openConsole(chain, console);
  await expect(console.getByText("BER1-01-000001").first()).toBeVisible();
  expect(console.url()).not.toContain("signIn=");
  for (const area of [
    "Overview",
    "Orders",
    "Customers",
    "Catalogue",
    "Import",
    "Tills",
    "Tickets",
    "Exceptions",
    "Returns",
    "Promotions",
    "Rules",
  ]) {
    await console.getByRole("link", { name: area }).click();
    await expect(console.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(console, area);
    await takePicture(console, info, `console-${area}`);
  }
});
