import { casesAnswerSchema, hqCaseSchema } from "#protocol/hq/cases.ts";
import { shopCasesAnswerSchema } from "#protocol/shop/case.ts";
import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openDesk } from "./harness/collect-desk.ts";
import { openConsole } from "./harness/console.ts";
import { Line } from "./harness/line.ts";
import { expectAccessible, see } from "./harness/looks.ts";
import { pairedTill } from "./harness/register.ts";

/** A picture of one red dot. */
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

test("a case opened with a photo at a till that is cut off comes to HQ with it, HQ moves it on, and the till closes it with its outcome", async ({
  chain,
  context,
}, info) => {
  const line = await Line.to(chain.server.address);
  const till = await pairedTill(chain, line.address);
  const page = await context.newPage();
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await cashier.signIn();
  await expect(cashier.sync()).toHaveText("Online");

  line.cut();
  await expect(cashier.sync()).toContainText("Offline since");
  await page.keyboard.press("F11");
  const cases = page.getByRole("main", { name: "Cases" });
  await expect(cases.getByText("No case is open.", { exact: false })).toBeVisible();
  await expectAccessible(page, "no case yet");
  await page.getByRole("button", { name: "New case" }).click();
  const sheet = page.getByRole("dialog", { name: "New case" });
  await sheet.getByRole("button", { name: "Open the case" }).click();
  await expect(sheet.getByRole("alert")).toHaveText("Say which article it is.");
  await sheet.getByRole("button", { name: "Repair" }).click();
  await sheet.getByLabel("Article").fill("alentejo olive");
  await sheet
    .getByRole("button", { name: /^Choose Alentejo Olive Oil/ })
    .first()
    .click();
  await sheet.getByLabel("What is wrong").fill("The cap leaks");
  await sheet.getByLabel("Name").fill("Ada Brandt");
  await sheet.getByLabel("Phone").fill("030 1234567");
  await sheet
    .getByTestId("photo-input")
    .setInputFiles({ name: "cap.png", mimeType: "image/png", buffer: PHOTO });
  await expect(sheet.getByRole("img", { name: "Photo 1" })).toBeVisible();
  await expectAccessible(page, "a case being taken in");
  await sheet.getByRole("button", { name: "Open the case" }).click();

  const number = (await page.getByTestId("case-number").textContent()) ?? "";
  expect(number).toMatch(/^C-BER1-01-\d{6}$/);
  await expect(cases.getByText("Not sent yet")).toBeVisible();
  const photo = cases.getByRole("img", { name: "Photo 1" });
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await see(page, info, "case");

  line.mend();
  await cashier.backOnline();
  await expect(cases.getByText("Not sent yet")).toBeHidden();
  const hq = await context.newPage();
  await openConsole(chain, hq);
  await hq.getByRole("link", { name: "Cases", exact: true }).click();
  await hq.getByRole("button", { name: `Open ${number}` }).click();
  const detail = hq.getByRole("dialog", { name: `Case ${number}` });
  await expect(detail.getByText("The cap leaks")).toBeVisible();
  await detail.getByRole("button", { name: "Show photo 1" }).click();
  const large = hq.getByRole("img", { name: "Photo 1" });
  await expect.poll(() => large.evaluate((photo: HTMLImageElement) => photo.naturalWidth)).toBe(1);
  await hq.keyboard.press("Escape");
  await expectAccessible(hq, "a case at HQ");
  await detail.getByRole("combobox", { name: "Move it to" }).selectOption("Waits for the supplier");
  await detail.getByRole("textbox", { name: "Note" }).fill("The maker sends a new cap");
  await detail.getByRole("button", { name: "Save" }).click();
  // The field in which it was written has it too.
  await expect(detail.getByRole("listitem").filter({ hasText: "The maker sends a new cap" })).toBeVisible();

  await expect(cases.getByText("The maker sends a new cap")).toBeVisible();
  await page.keyboard.press("F11");
  await cashier.scan(number);
  await expect(page.getByTestId("case-number")).toHaveText(number);
  await page.getByRole("button", { name: "Ready for pickup" }).click();
  await page.getByLabel("Note").fill("Collected, happy");
  await page.getByRole("button", { name: "Close …" }).click();
  const closing = page.getByRole("dialog", { name: `Close ${number}` });
  await closing.getByRole("button", { name: "Repaired" }).click();
  await expectAccessible(page, "closing a case");
  await closing.getByRole("button", { name: "Close the case" }).click();
  await expect(cases.getByRole("listitem").filter({ hasText: "Collected, happy" })).toBeVisible();

  const closed = await expect
    .poll(async () => (await chain.server.hq(casesAnswerSchema, "/hq/v1/cases?filter=closed")).total)
    .toBe(1)
    .then(() => chain.server.hq(casesAnswerSchema, "/hq/v1/cases?filter=closed"));
  expect(closed.cases).toMatchObject([{ number, outcome: "repaired", customerName: "Ada Brandt" }]);
  const { case: whole } = await chain.server.hq(hqCaseSchema, `/hq/v1/cases/${closed.cases[0]?.id}`);
  expect(whole.history.map(({ status, fits }) => [status, fits])).toEqual([
    ["waitingForSupplier", true],
    ["readyForPickup", true],
    ["closed", true],
  ]);
  await line.close();
});

test("the case of a customer on the basket stands in their history at the till, at HQ and in web shops", async ({
  chain,
  context,
}) => {
  const customers = await chain.server.customers();
  const regular = customers.find(({ cardNumber }) => cardNumber !== null);
  if (regular === undefined) throw new Error("the demo has no customer with a card");
  const { page, cashier } = await openDesk(chain, context);
  await cashier.scan(regular.cardNumber ?? "");
  await expect(page.getByTestId("basket-customer")).toContainText(regular.name);
  await page.keyboard.press("F11");
  await page.getByRole("button", { name: "New case" }).click();
  const sheet = page.getByRole("dialog", { name: "New case" });
  await expect(sheet.getByText(regular.name)).toBeVisible();
  await sheet.getByLabel("Article").fill("A kettle from long ago");
  await sheet.getByLabel("What is wrong").fill("Whistles no more");
  await sheet.getByRole("button", { name: "Open the case" }).click();
  const number = (await page.getByTestId("case-number").textContent()) ?? "";

  await page.keyboard.press("F11");
  await page.keyboard.press("F3");
  const profile = page.getByRole("dialog", { name: regular.name });
  const theirs = profile.getByRole("region", { name: "Cases" });
  await expect(theirs.getByText(number)).toBeVisible();
  await expectAccessible(page, "a customer with a case");
  await theirs.getByRole("listitem").getByRole("button").click();
  await expect(page.getByTestId("case-number")).toHaveText(number);

  const history = `/shop/v1/customers/${regular.id}/cases`;
  await expect
    .poll(async () => (await chain.server.hq(shopCasesAnswerSchema, history)).cases)
    .toMatchObject([{ number, status: "open", customer: regular.id }]);
  const hq = await context.newPage();
  await openConsole(chain, hq);
  await hq.getByRole("link", { name: "Customers" }).click();
  await hq.getByRole("searchbox").fill(regular.cardNumber ?? "");
  await hq.getByRole("button", { name: `Open ${regular.name}` }).click();
  await hq.getByRole("button", { name: `Open ${number}` }).click();
  await expect(hq.getByRole("dialog", { name: `Case ${number}` })).toContainText("Whistles no more");
});

test("what is typed of a case at the till while its photo is still being read stays", async ({
  chain,
  context,
}) => {
  const { page } = await openDesk(chain, context);
  await page.keyboard.press("F11");
  await page.getByRole("button", { name: "New case" }).click();
  const sheet = page.getByRole("dialog", { name: "New case" });
  await sheet.getByLabel("Article").fill("A kettle from long ago");
  // Reading a photo takes until it is let go.
  const letGo = await page.evaluateHandle(() => {
    const read = window.createImageBitmap.bind(window) as (source: ImageBitmapSource) => Promise<ImageBitmap>;
    let go = (): void => undefined;
    const held = new Promise<void>((done) => {
      go = done;
    });
    const slow = async (source: ImageBitmapSource) => {
      await held;
      return read(source);
    };
    window.createImageBitmap = slow as typeof window.createImageBitmap;
    return go;
  });
  await sheet
    .getByTestId("photo-input")
    .setInputFiles({ name: "kettle.png", mimeType: "image/png", buffer: PHOTO });
  await sheet.getByLabel("What is wrong").fill("Whistles no more");
  await letGo.evaluate((go) => go());
  await expect(sheet.getByRole("img", { name: "Photo 1" })).toBeVisible();
  await expect(sheet.getByLabel("What is wrong")).toHaveValue("Whistles no more");
});
