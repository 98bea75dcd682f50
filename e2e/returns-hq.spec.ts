import { promotionsAnswerSchema } from "#protocol/hq/promotions.ts";
import { purchasesAnswerSchema } from "#protocol/hq/returns.ts";
import { returnsPolicyAnswerSchema } from "#protocol/hq/returns-policy.ts";
import { announceReturnAnswerSchema } from "#protocol/shop/return.ts";
import { expect, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";

test("bought in a store, announced by a shop, received and refunded at HQ, each in the console and each once", async ({
  chain,
  context,
}, info) => {
  const { cashier } = await openDesk(chain, context);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const sold = (await chain.server.tickets()).tickets[0];
  if (sold === undefined) throw new Error("nothing was sold");

  const announced = await fetch(`${chain.server.address}/shop/v1/returns`, {
    method: "POST",
    headers: { authorization: `Bearer ${await chain.server.key()}`, "content-type": "application/json" },
    body: JSON.stringify({
      channel: "fennholm",
      id: "R-77",
      purchase: { receipt: sold.number },
      lines: [{ position: 0, quantity: 1, reason: "wrongSize" }],
    }),
  });
  expect(announceReturnAnswerSchema.parse(await announced.json()).return?.state).toBe("announced");

  const page = await context.newPage();
  await openConsole(chain, page, "returns");
  await page.getByRole("button", { name: "Open return R-77" }).click();
  const sheet = page.getByRole("dialog", { name: "Return R-77" });
  await sheet.getByRole("button", { name: "A parcel came" }).click();
  await sheet.getByLabel("Whose stock it is").selectOption("BER1");
  await expectAccessible(page, "receiving a return");
  await takePicture(page, info, "receive");
  await sheet.getByRole("button", { name: "Take it in" }).click();
  await expect(sheet.getByText("1 of 1 came")).toBeVisible();
  await sheet.getByRole("button", { name: "Give the money back" }).click();
  await sheet.getByRole("radio", { name: /Paid out by HQ/ }).check();
  await sheet.getByRole("button", { name: /^Give back / }).click();
  await expect(sheet.getByText("Given back by Hanna Vogt", { exact: false })).toBeVisible();
  await sheet.getByRole("button", { name: sold.number }).click();
  const purchase = page.getByRole("dialog", { name: "What was bought, and what came back" });
  await expect(purchase.getByText("R-77")).toBeVisible();
  await expectAccessible(page, "a purchase with what came back");

  const { purchases } = await chain.server.hq(
    purchasesAnswerSchema,
    `/hq/v1/purchases?search=${sold.number}`,
  );
  expect(purchases).toMatchObject([{ isRefundedTwice: false, acts: [{ by: "mail", number: "R-77" }] }]);
});

test("HQ decides how goods come back, what receipts say and which promotions run, in the console", async ({
  chain,
  page,
}, info) => {
  await openConsole(chain, page, "returnsPolicy");
  await page.getByLabel("Days after the sale").fill("45");
  await page.getByLabel("Add a category").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Cash: earlier" }).click();
  await page.getByLabel("Most in cash, EUR").fill("50");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("what is sold from now on goes by it")).toBeVisible();
  await page.getByRole("checkbox", { name: "This store has its own policy" }).check();
  await page.getByLabel("Days after the sale").last().fill("7");
  await page.getByRole("button", { name: "Save" }).last().click();
  await expect(page.getByText("Saved. Berlin Mitte's tills know it within seconds.")).toBeVisible();
  await expectAccessible(page, "returns policy");
  await takePicture(page, info, "returns-policy");
  const known = await chain.server.hq(returnsPolicyAnswerSchema, "/hq/v1/returns-policy");
  expect(known.policy).toMatchObject({
    windowDays: 45,
    refundTo: ["original", "cash", "credit"],
    maxCash: { minor: 5_000 },
  });
  expect(known.policy.windows).toHaveLength(1);
  expect(known.stores.find(({ code }) => code === "BER1")?.own).toMatchObject({ windowDays: 7 });

  await page.getByRole("link", { name: "Receipts", exact: true }).click();
  await page.getByLabel("Legal texts").fill("Returns within 7 days");
  const paper = page.getByRole("region", { name: "What a receipt looks like" });
  await expect(paper.getByText("Returns within 7 days")).toBeVisible();
  await page.getByLabel("Choose a picture").setInputFiles({
    name: "logo.png",
    mimeType: "image/png",
    buffer: Buffer.from(LOGO, "base64"),
  });
  await expect(paper.getByRole("img")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Berlin Mitte's tills know it within seconds.")).toBeVisible();
  await expectAccessible(page, "receipt design");
  await takePicture(page, info, "receipt-design");

  await page.getByRole("link", { name: "Promotions" }).click();
  await page.getByRole("button", { name: "New promotion" }).click();
  const sheet = page.getByRole("dialog", { name: "New promotion" });
  await sheet.getByLabel("Name").fill("Four for three");
  await sheet.getByLabel("Kind").selectOption("piecesFor");
  await sheet.getByLabel("Of so many pieces").fill("4");
  await sheet.getByLabel("so many are paid").fill("3");
  await sheet.getByLabel("Goods").selectOption("categories");
  await sheet.getByLabel("Add a category").selectOption({ index: 1 });
  await expectAccessible(page, "a promotion");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Change Four for three" })).toBeVisible();
  const { promotions } = await chain.server.hq(promotionsAnswerSchema, "/hq/v1/promotions");
  expect(promotions.find(({ name }) => name === "Four for three")?.rule).toMatchObject({
    kind: "piecesFor",
    size: 4,
    pays: 3,
  });
  await page.getByRole("button", { name: "Take away Four for three" }).click();
  await page.getByRole("button", { name: "Take away", exact: true }).last().click();
  await expect(page.getByRole("button", { name: "Change Four for three" })).toHaveCount(0);
});

/** A black square of eight by eight dots. */
const LOGO =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAIElEQVR4AYXBAQEAAAiAIPP/53qQMMDykCBBggQJEiQcDFMBD2KE+E8AAAAASUVORK5CYII=";
