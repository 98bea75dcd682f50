import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { builtProgram } from "./harness/built-programs.ts";
import { Cashier } from "./harness/cashier.ts";
import { Till } from "./harness/chain.ts";
import { goToPlace } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";
import { Program } from "./harness/program.ts";

const PASSWORD = "quokka lantern orbit seventeen";
const ADMIN = { name: "Ada Berg", email: "ada@tea.example" };
const LENA = { name: "Lena Wolf", pin: "402913" };

test("a server without the demo: the admin makes the first store, an article with a price, a colleague and a till, which sells", async ({
  page: hq,
  context,
}, info) => {
  const folder = await mkdtemp(join(tmpdir(), "onetill-e2e-"));
  const server = new Program(builtProgram("server"), ["--data", join(folder, "server"), "--port", "0"]);
  const till = new Till(join(folder, "till"));
  try {
    await hq.goto(await server.printed(/Make the first admin.*: (\S+)/));
    await hq.getByLabel("Your name").fill(ADMIN.name);
    await hq.getByLabel("E-mail address").fill(ADMIN.email);
    await hq.getByLabel("New password").fill(PASSWORD);
    await hq.getByRole("button", { name: "Set password" }).click();
    await hq.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await hq.getByRole("button", { name: "Sign in" }).click();
    await expect(hq.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await takePicture(hq, info, "bare-overview");

    await goToPlace(hq, "product");
    await expect(hq.getByText(/Make the first store under Stores/)).toBeVisible();
    await goToPlace(hq, "overview");
    await hq.getByRole("link", { name: /No store is open yet/ }).click();
    await expect(hq.getByText(/There is no store yet/)).toBeVisible();
    await expectAccessible(hq, "no stores");
    await takePicture(hq, info, "no-stores");
    await hq.getByRole("button", { name: "New store" }).click();
    const sheet = hq.getByRole("dialog", { name: "New store" });
    await sheet.getByLabel("Code").fill("cgn1");
    await sheet.getByLabel("Retailer").fill("Tea & Pots");
    await sheet.getByLabel("Standard tax rate").fill("VAT 19 %");
    await sheet.getByLabel("Name", { exact: true }).fill("Köln Dom");
    await sheet.getByLabel("VAT id").fill("DE999999999");
    await sheet.getByRole("button", { name: "Open the store" }).click();
    await expect(sheet.getByRole("alert")).toHaveText("Look at this again: Percent.");
    await sheet.getByLabel("Percent").fill("19");
    await expectAccessible(hq, "first store");
    await takePicture(hq, info, "first-store");
    await sheet.getByRole("button", { name: "Open the store" }).click();
    await expect(hq.getByRole("heading", { level: 1 })).toHaveText("CGN1 · Köln Dom");
    await expect(hq.getByLabel("Percent")).toHaveValue("19");

    await goToPlace(hq, "product");
    await hq.getByLabel("Title", { exact: true }).fill("Quokka cushion");
    await hq.getByLabel(/^SKU/).fill("QUO-1");
    await takePicture(hq, info, "first-product");
    await hq.getByRole("button", { name: "Save" }).click();
    await expect(hq.getByText("Saved. Tills have it within seconds.")).toBeVisible();

    await goToPlace(hq, "prices");
    await hq.getByRole("button", { name: "Prices of QUO-1" }).click();
    const prices = hq.getByRole("dialog", { name: "Quokka cushion" });
    await takePicture(hq, info, "first-price");
    await prices.getByLabel("Price (EUR)").fill("24,50");
    await prices.getByRole("button", { name: "Save" }).click();
    await expect(prices.getByText("No till gets this yet")).toBeVisible();
    await prices.getByRole("button", { name: "Close" }).click();

    await goToPlace(hq, "staff");
    await hq.getByRole("button", { name: "New colleague" }).click();
    const colleague = hq.getByRole("dialog");
    await colleague.getByLabel("Name").fill(LENA.name);
    await colleague.getByLabel("All stores, also those opened later").check();
    await colleague.getByLabel("PIN").fill(LENA.pin);
    await takePicture(hq, info, "first-colleague");
    await colleague.getByRole("button", { name: "Add colleague" }).click();
    await expect(hq.getByRole("button", { name: `Open ${LENA.name}` })).toBeVisible();

    await goToPlace(hq, "stores?store=CGN1");
    await hq.getByRole("button", { name: "Pair a till" }).click();
    await hq
      .getByRole("dialog", { name: "Pair a till" })
      .getByRole("button", { name: "Make a code" })
      .click();
    const coded = hq.getByRole("dialog", { name: "Pairing code for Köln Dom" });
    const code = (await coded.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? "";
    await till.start();
    const page = await context.newPage();
    const cashier = new Cashier(page);
    await cashier.open(till.address);
    await page.getByLabel("Address of the server").fill(new URL(hq.url()).origin);
    await page.getByLabel("Pairing code").fill(code);
    await page.getByRole("button", { name: "Connect this till" }).click();
    await cashier.signIn(LENA);
    // Nobody has said yet with which float a day begins.
    await page.getByRole("button", { name: "Open with an empty drawer" }).click();
    await expect(cashier.tiles().first()).toContainText("24.50");
    await takePicture(page, info, "first-till");
    await cashier.tiles().first().click();
    await expect(cashier.lines()).toHaveCount(1);
    await cashier.exactCash();
    await expect(cashier.done()).toBeVisible();
    await page.getByRole("button", { name: "Show receipt" }).click();
    const receipt = page.getByRole("dialog");
    for (const words of ["Tea & Pots", "DE999999999", "VAT 19 %"]) await expect(receipt).toContainText(words);
    await takePicture(page, info, "first-receipt");

    await goToPlace(hq, "overview");
    await expect(hq.getByText("CGN1-01-000001")).toBeVisible();
  } finally {
    await till.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
