import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, takePicture } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

test("a register goes on at another machine: its receipt numbers and its shift with it, and the machine before sells for it no more", async ({
  chain,
  page,
  context,
}, info) => {
  const { cashier: before } = await openRegister(chain, page);
  const sell = async (cashier: Cashier, sold: number) => {
    await cashier.tiles().first().click();
    await cashier.exactCash();
    await expect(cashier.done()).toBeVisible();
    await expect.poll(async () => (await chain.server.tickets()).total).toBe(sold);
  };
  await sell(before, 1);

  const hq = await context.newPage();
  await openConsole(chain, hq, "tills");
  await hq.getByRole("button", { name: "Open BER1-01" }).click();
  const detail = hq.getByRole("dialog");
  await detail.getByRole("button", { name: "Set up on another machine" }).click();
  const shown = detail.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await expect(shown).toBeVisible();
  await expectAccessible(hq, "a register for another machine");
  await takePicture(hq, info, "another-machine");
  const code = (await shown.textContent()) ?? "";

  const machine = await chain.newTill();
  await machine.start();
  const screen = await context.newPage();
  await screen.goto(machine.address);
  await screen.getByRole("textbox").first().fill(`${chain.server.address}/#pair=${code}`);
  await screen.getByRole("button", { name: "Connect" }).click();
  const after = new Cashier(screen);
  await after.signIn();
  await sell(after, 2);
  const { tickets } = await chain.server.tickets();
  expect(tickets.map(({ number }) => number)).toEqual(["BER1-01-000002", "BER1-01-000001"]);
  expect(new Set(tickets.map(({ ticket }) => ticket.shift)).size).toBe(1);

  await expect(page.getByRole("alert")).toContainText("its register goes on at another machine");
  await takePicture(page, info, "machine-before");
  expect((await chain.server.devices()).devices.filter(({ store }) => store === "BER1")).toHaveLength(1);
  await detail.getByRole("button", { name: "Close" }).click();
  await expect(hq.getByRole("row", { name: /BER1-01/ })).toHaveCount(1);
});
