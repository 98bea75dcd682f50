import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { see } from "./harness/looks.ts";
import { PaperPrinter } from "./harness/paper-printer.ts";
import { openRegister } from "./harness/register.ts";
import { addPrinter, openSetUp } from "./harness/set-up.ts";

test("a colleague practises a sale that says TRAINING on screen and paper; the real till's numbers go on and HQ never hears of it", async ({
  chain,
  page,
}, info) => {
  const printer = await PaperPrinter.start();
  try {
    const { cashier } = await openRegister(chain, page);
    await openSetUp(page);
    await addPrinter(page, { name: "Counter", port: printer.port });
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    const printed = async (number: string): Promise<string> => {
      const paper = () => printer.documents.find((each) => each.includes(number)) ?? "";
      await expect.poll(paper).toContain(number);
      return paper();
    };
    const sell = async (): Promise<void> => {
      await cashier.tiles().first().click();
      await cashier.exactCash();
      await expect(cashier.done()).toBeVisible();
    };
    await sell();
    await printed("BER1-01-000001");

    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Start training" }).click();
    await expect(page.getByTestId("training")).toContainText("TRAINING");
    await see(page, info, "training-lock");
    await cashier.signIn();
    await sell();
    const practised = await printed("BER1-T01-000001");
    expect(practised.split("NOT A SALE").length).toBeGreaterThan(2);
    await see(page, info, "training-register");

    await page.getByRole("button", { name: "End training" }).click();
    await expect(page.getByTestId("training")).toBeHidden();
    await cashier.signIn();
    await sell();
    await printed("BER1-01-000002");
    await expect(cashier.sync()).toHaveText("Online");
    await openConsole(chain, page, "tickets");
    await expect(page.getByRole("row", { name: /BER1-01-000002/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /BER1-T/ })).toHaveCount(0);
  } finally {
    await printer.stop();
  }
});
