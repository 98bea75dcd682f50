import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventsAnswerSchema } from "#protocol/hq/events.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

test("an endpoint that HQ names is told of a sale, HQ sees each try, and an ERP reads the same by a key of its own", async ({
  chain,
  page,
}) => {
  const types: string[] = [];
  let status = 500;
  const receiver = createServer((request, reply) => {
    request.resume().on("end", () => {
      types.push(String(request.headers["webhook-id"]));
      reply.writeHead(status).end();
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

  const hq = await page.context().newPage();
  await openConsole(chain, hq, "webhooks");
  await hq.getByRole("button", { name: "New endpoint" }).click();
  const form = hq.getByRole("dialog");
  await form.getByLabel("Address").fill("http://shop.example/hook");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Events go to HTTPS addresses")).toBeVisible();
  await form.getByLabel("Address").fill(url);
  await form.getByLabel("Everything").uncheck();
  await form.getByLabel("ticket.booked").check();
  await expectAccessible(hq, "a new endpoint");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByText(/^whsec_/)).toBeVisible();
  await hq.getByRole("dialog").getByText("Close", { exact: true }).click();
  await hq.getByRole("link", { name: `Open ${url}` }).click();
  const sheet = hq.getByRole("dialog");
  await sheet.getByRole("button", { name: "Send a test" }).click();
  await expect(sheet.getByText("It did not take it: status 500.")).toBeVisible();

  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  // What was not taken is tried again by itself after five seconds, and each try stands there.
  await expect(sheet.getByText("ticket.booked").first()).toBeVisible();
  status = 204;
  await sheet
    .getByRole("button", { name: /^Send ticket:.* again$/ })
    .first()
    .click();
  await expect(sheet.getByText("Taken").first()).toBeVisible();
  await expectAccessible(hq, "the tries of an endpoint");
  const told = types.filter((id) => id.startsWith("ticket:"));
  expect(new Set(told).size).toBe(1);
  await sheet.getByRole("button", { name: "Close" }).click();

  await hq.getByRole("link", { name: "API keys" }).click();
  await hq.getByRole("button", { name: "New key" }).click();
  await hq.getByLabel("Whose it is").fill("ERP");
  await hq.getByLabel("Opens").selectOption("erp");
  await hq.getByRole("dialog").getByRole("button", { name: "New key" }).click();
  const key = (await hq.getByText(/^erp_/).textContent()) ?? "";
  await hq.getByRole("dialog").getByText("Close", { exact: true }).click();
  const ask = () =>
    fetch(`${chain.server.address}/hq/v1/events?types=ticket.booked`, {
      headers: { authorization: `Bearer ${key}` },
    });
  const { events } = eventsAnswerSchema.parse(await (await ask()).json());
  expect(events.map(({ id }) => id)).toEqual([told[0]]);
  await expectAccessible(hq, "the keys");
  await hq.getByRole("link", { name: "Events", exact: true }).click();
  await expect(hq.getByRole("button", { name: `Show ${told[0]}` })).toBeVisible();
  await expectAccessible(hq, "the events");

  await hq.getByRole("link", { name: "API keys" }).click();
  await hq.getByRole("button", { name: "Revoke the key of ERP" }).click();
  await hq.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(hq.getByRole("cell", { name: /ERP/ })).toHaveCount(0);
  expect((await ask()).status).toBe(401);
  receiver.close();
});
