import { expect, test } from "./harness/chain.ts";
import { see } from "./harness/looks.ts";
import { PaperPrinter } from "./harness/paper-printer.ts";
import { openRegister } from "./harness/register.ts";
import { addPrinter, openSetUp } from "./harness/set-up.ts";

const COUNTER = "Counter";
const OFFICE = "Office";

test("a printer that runs out of paper and goes away stops no sale: what waits comes out of another, once, and the last receipt again", async ({
  chain,
  page,
}) => {
  const counter = await PaperPrinter.start();
  const office = await PaperPrinter.start();
  try {
    const { cashier } = await openRegister(chain, page);
    await openSetUp(page);
    await addPrinter(page, { name: COUNTER, port: counter.port });
    await addPrinter(page, { name: OFFICE, port: office.port });
    const counterCard = page.getByRole("listitem").filter({ hasText: COUNTER });
    await counterCard.getByRole("button", { name: "Test print" }).click();
    await expect.poll(() => counter.documents.length).toBe(1);
    expect(counter.documents[0]).toContain("123456789012345678901234567890123456789012345678");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();

    const sell = async (): Promise<void> => {
      await cashier.tiles().first().click();
      await page.getByRole("button", { name: "Exact cash" }).click();
      await expect(page.getByText("Paid, no change")).toBeVisible();
    };
    await sell();
    await expect.poll(() => counter.documents.length).toBe(2);
    expect(counter.documents[1]).toContain("BER1-01-000001");

    await counter.become("outOfPaper");
    await sell();
    await expect(page.getByTestId("printer-trouble")).toContainText("Counter is out of paper");
    await expect(page.getByTestId("printer-trouble")).toContainText("1 document waits");
    await counter.become("gone");
    await sell();
    await expect(page.getByTestId("printer-trouble")).toContainText("2 documents wait");

    await page.getByTestId("printer-trouble").click();
    await page.getByRole("button", { name: `Print on ${OFFICE}` }).click();
    await expect.poll(() => office.documents.length).toBe(2);
    expect(office.documents[0]).toContain("BER1-01-000002");
    expect(office.documents[1]).toContain("BER1-01-000003");

    await counter.become("ready");
    await page.getByRole("button", { name: "Print the last receipt again" }).click();
    await expect.poll(() => counter.documents.length).toBe(3);
    expect(counter.documents[2]).toContain("BER1-01-000003");
    expect(counter.documents[2]).toContain("COPY");
    await expect(page.getByTestId("printer-trouble")).toHaveCount(0);
    await expect.poll(async () => (await chain.server.tickets()).total).toBe(3);
  } finally {
    await Promise.all([counter.stop(), office.stop()]);
  }
});

test("setting devices up and a printer in trouble are accessible, fit 1024x768 and 1920x1080, and look right in light and dark", async ({
  chain,
  page,
}, info) => {
  test.setTimeout(240_000);
  const counter = await PaperPrinter.start();
  try {
    await openRegister(chain, page);
    await openSetUp(page);
    await page.getByRole("button", { name: "Add by hand" }).click();
    for (const link of ["Serial", "Print queue"]) {
      await page.getByRole("button", { name: link, exact: true }).click();
      await see(page, info, `printer-${link}`);
    }
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await addPrinter(page, { name: COUNTER, port: counter.port });
    await see(page, info, "devices");
    await counter.become("gone");
    await page.getByRole("button", { name: "Test print" }).click();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("printer-trouble")).toContainText("Counter does not answer");
    await see(page, info, "printer-strip");
    await page.getByTestId("printer-trouble").click();
    await see(page, info, "printing");
  } finally {
    await counter.stop();
  }
});
