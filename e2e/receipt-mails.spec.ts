import { mailsAnswerSchema } from "#protocol/hq/mails.ts";
import { expect, test } from "./harness/chain.ts";
import { openRegister } from "./harness/register.ts";

test("a receipt asked for by e-mail without the server waits at the till and reaches the server's outbox by itself; HQ reads receipt and invoice", async ({
  chain,
  page,
}) => {
  const { till, cashier } = await openRegister(chain, page);
  await expect(cashier.sync()).toHaveText("Online");
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await chain.server.stop();
  await expect(cashier.sync()).toContainText("Offline since");
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();

  await page.getByRole("button", { name: "By e-mail" }).click();
  await page.getByLabel("The customer’s e-mail address").fill("anna@example");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("not an e-mail address yet");
  await page.getByLabel("The customer’s e-mail address").fill("anna@example.com");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("Will be sent to anna@example.com when the connection is back.")).toBeVisible();

  await page.getByRole("button", { name: "Show receipt" }).click();
  await page.getByRole("button", { name: "Invoice" }).click();
  await page.getByLabel("Company").fill("Kontor <Süd> AG");
  await page.getByLabel("Street and number").fill("Hauptstraße 5");
  await page.getByLabel("Postcode and town").fill("80331 München");
  await page.getByRole("button", { name: "Make out the invoice" }).click();
  await expect(page.getByText("Kontor <Süd> AG")).toBeVisible();

  await till.stop();
  await chain.server.start();
  await till.start();
  const mails = () => chain.server.hq(mailsAnswerSchema, "/hq/v1/mails");
  await expect.poll(async () => (await mails()).mails.map(({ standing }) => standing)).toEqual(["waiting"]);
  const [mail] = (await mails()).mails;
  expect(mail).toMatchObject({ email: "anna@example.com", document: "receipt" });

  // The page of a receipt may run nothing, but its own style is let through.
  await page.setExtraHTTPHeaders({ authorization: `Bearer ${await chain.server.key()}` });
  const address = `${chain.server.address}/hq/v1/tickets/${mail!.ticket}`;
  await page.goto(`${address}/invoice`);
  const sheet = page.getByRole("main");
  await expect(sheet).toContainText("Kontor <Süd> AG");
  expect(await sheet.evaluate((main) => getComputedStyle(main).backgroundColor)).toBe("rgb(255, 255, 255)");
  await page.goto(`${address}/receipt`);
  await expect(sheet).toContainText("COPY");
  await expect(sheet.getByRole("img", { name: "To return or exchange" })).toBeVisible();
});
