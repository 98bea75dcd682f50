import { createServer, type Server, type Socket } from "node:net";
import type { Page } from "@playwright/test";
import { expect, test } from "./harness/chain.ts";
import { see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

const MANAGER_PIN = "999999";
const CHEESE = "CHE-2001";

/** A device on the store's network: what is said to it, and saying something to the till. */
class Device {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  answer: (said: string) => string = () => "";
  heard = "";

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => {
        const said = bytes.toString("latin1");
        this.heard += said;
        socket.write(this.answer(said), "latin1");
      });
    });
  }

  static async start(): Promise<Device> {
    const device = new Device();
    await new Promise<void>((resolve) => device.#server.listen(0, "127.0.0.1", resolve));
    return device;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  say(text: string): void {
    for (const socket of this.#sockets) socket.write(text, "latin1");
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Sets a device up in its section; the manager allows it in place. */
async function setUp(page: Page, section: string, port: number): Promise<void> {
  const region = page.getByRole("region", { name: section, exact: true });
  const form = region.locator("form").last();
  await form.getByRole("button", { name: "Network" }).click();
  await form.getByLabel("Network address").fill("127.0.0.1");
  await form.getByLabel("Port").fill(String(port));
  await form.getByRole("button", { name: "Set up" }).click();
  const asking = page.getByRole("dialog", { name: "A manager’s PIN is needed" });
  for (const digit of MANAGER_PIN) await asking.getByRole("button", { name: digit, exact: true }).click();
  await asking.getByRole("button", { name: "Allow it" }).click();
  await expect(asking).toBeHidden();
  await expect(region.getByText("Connected", { exact: true })).toBeVisible();
}

test("a scanner on the network rings up, the scale fills in what cheese weighs, and the customer sees it on a second screen and a pole", async ({
  chain,
  page,
}, info) => {
  const [scanner, scale, pole] = [await Device.start(), await Device.start(), await Device.start()];
  try {
    await openRegister(chain, page);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Set up devices" }).click();
    await setUp(page, "Scanner", scanner.port);
    await setUp(page, "Scale", scale.port);
    await setUp(page, "Customer display", pole.port);
    scanner.say("]C10104006381333931\r");
    await expect(page.getByText("A GS1 code: (01)04006381333931")).toBeVisible();
    await see(page, info, "counter-devices");
    const [display] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("button", { name: "Open the customer’s window" }).click(),
    ]);
    await expect(display.getByText("Welcome")).toBeVisible();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();

    scanner.say(`${CHEESE}\r`);
    const weighing = page.getByRole("dialog");
    scale.answer = (said) => "\u0002?\u0041\r".repeat(said.length);
    await expect(weighing.getByText("The scale is still moving.")).toBeVisible();
    scale.answer = (said) => "\u000200.432\r".repeat(said.length);
    await expect(weighing.getByText("432 g")).toBeVisible();
    await see(page, info, "counter-weighing");
    await page.keyboard.press("Enter");
    await expect(weighing).toBeHidden();
    await expect(display.getByText("0.432 kg")).toBeVisible();
    await see(display, info, "counter-display");
    await expect.poll(() => pole.heard).toContain("Total");
    await page.getByRole("button", { name: "Exact cash" }).click();
    await expect(display.getByText("Thank you")).toBeVisible();
    await see(display, info, "counter-thanks");
    await expect.poll(() => pole.heard).toContain("Thank you");
  } finally {
    await Promise.all([scanner.stop(), scale.stop(), pole.stop()]);
  }
});
