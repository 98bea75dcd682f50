import { CASHIER, Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openRegister, pairedTill } from "./harness/register.ts";

test("a new till is paired on screen, the cashier signs in, and three articles are sold for cash in four taps", async ({
  chain,
  page,
}) => {
  const till = await chain.newTill();
  await till.start();
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByRole("heading", { name: "Welcome to Onetill" })).toBeVisible();
  await page.getByLabel("Address of the server").fill(chain.server.address);
  await page.getByLabel("Pairing code").fill(await chain.server.pairingCode("BER1"));
  await page.getByRole("button", { name: "Connect this till" }).click();
  await cashier.signIn();
  await expect(cashier.sync()).toHaveText("Online");

  let taps = 0;
  const tap = async (locator: ReturnType<Cashier["tiles"]>): Promise<void> => {
    taps += 1;
    await locator.click();
  };
  for (const place of [0, 1, 2]) await tap(cashier.tiles().nth(place));
  await expect(cashier.lines()).toHaveCount(3);
  await tap(page.getByRole("button", { name: "Exact cash" }));
  await expect(page.getByText("Paid, no change")).toBeVisible();
  expect(taps).toBe(4);

  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const [booked] = (await chain.server.tickets()).tickets;
  expect(booked!.number).toBe("BER1-01-000001");
  expect(booked!.pieces).toBe(3);
  expect(booked!.ticket.tenders).toMatchObject([{ kind: "cash", change: { minor: 0 } }]);
});

test("with a scanner the same sale is three scans and one key, wherever the focus is", async ({
  chain,
  page,
}) => {
  const { cashier } = await openRegister(chain, page);
  await expect(cashier.tiles().first()).toBeVisible();
  const { products } = await chain.server.products("", 3);
  const codes = products.map((product) => product.variants[0]!.gtin!);
  await page.getByRole("searchbox").focus();
  for (const code of codes) await cashier.scan(code);
  await expect(cashier.lines()).toHaveCount(3);
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await page.keyboard.press("NumpadAdd");
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
});

test("a code nobody knows is refused in words, and the basket stays as it was", async ({ chain, page }) => {
  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.scan("4006381333931");
  await expect(page.getByTestId("notice")).toHaveText("The code 4006381333931 is not known here.");
  await expect(cashier.lines()).toHaveCount(1);
  // One that was typed stays, to be put right.
  const search = page.getByRole("searchbox");
  await search.fill("4006381333900");
  await search.press("Enter");
  await expect(page.getByTestId("notice")).toHaveText("The code 4006381333900 is not known here.");
  await expect(search).toHaveValue("4006381333900");
  await expect(cashier.lines()).toHaveCount(1);
});

test("a till that was never online says so kindly and does not pretend", async ({ chain, page }) => {
  const till = await chain.newTill();
  await till.start();
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByText("This till has never been online")).toBeVisible();
  await chain.server.stop();
  await page.getByLabel("Address of the server").fill(chain.server.address);
  await page.getByLabel("Pairing code").fill("ABCD-EFGH");
  await page.getByRole("button", { name: "Connect this till" }).click();
  await expect(page.getByRole("alert")).toHaveText(
    "The server does not answer. Check the address and this till's network, then try again.",
  );
});

test("a wrong PIN lets nobody in, and after a few the till asks for patience", async ({ chain, page }) => {
  const till = await pairedTill(chain);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await page.getByRole("button", { name: CASHIER.name }).click();
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    for (const digit of "123456") await page.getByRole("button", { name: digit, exact: true }).click();
    await expect(page.getByRole("alert")).toHaveText(/not right|Too many/);
    await expect(page.getByRole("status", { name: "0 of 6 digits entered" })).toBeVisible();
  }
  for (const digit of CASHIER.pin) await page.getByRole("button", { name: digit, exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText(/Too many wrong PINs/);
});
