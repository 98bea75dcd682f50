import { type BrowserContext, expect, type Page } from "@playwright/test";
import { Cashier } from "./cashier.ts";
import type { Chain, Till } from "./chain.ts";

/** The demo's manager (sync-server/demo/people.ts). */
export const MANAGER = { name: "Johanna Reuter", pin: "999999" };

/** What a colleague at the collect desk does, in the screen's own words. */
export class CollectDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  badge() {
    return this.page.getByRole("button", { name: /^Orders/ });
  }

  /** After a hand-out the till shows the lanes by itself. */
  async go(): Promise<void> {
    const lanes = this.page.getByRole("region", { name: "To pick" });
    if (!(await lanes.isVisible())) await this.badge().click();
    await expect(lanes).toBeVisible();
  }

  /** The order as a card in one of the lanes. */
  card(number: string, lane: "To pick" | "Ready" | "Done") {
    return this.page
      .getByRole("region", { name: lane })
      .getByRole("button", { name: new RegExp(`^${number},`) });
  }

  /** Takes a new order on, counts each line in full and puts the parcel on a shelf. */
  async pick(number: string, shelf: string): Promise<void> {
    await this.card(number, "To pick").click();
    await this.page.getByRole("button", { name: "Start picking" }).click();
    await this.#countAll();
    await this.page.getByRole("textbox", { name: /^Shelf for/ }).fill(shelf);
    await this.page.getByRole("button", { name: "Ready on shelf" }).click();
    await expect(this.card(number, "Ready")).toBeVisible();
  }

  /** Presses "one more" until all is there; each press is waited for, as a person sees the figure move. */
  async #countAll(): Promise<void> {
    const progress = this.page.getByText(/^\d+ of \d+ picked$|^All there$/);
    await expect(progress).toHaveText(/^0 of/);
    const total = Number(/of (\d+)/.exec((await progress.textContent()) ?? "")?.[1]);
    const more = this.page.getByRole("button", { name: /^One more of/, disabled: false });
    for (let done = 1; done <= total; done += 1) {
      await more.first().click();
      await expect(progress).toHaveText(done === total ? "All there" : `${done} of ${total} picked`);
    }
  }

  async typeCode(code: string): Promise<void> {
    const letters = this.page.getByRole("group", { name: "Letters of the pickup code" });
    for (const letter of code) await letters.getByRole("button", { name: letter, exact: true }).click();
  }

  /** A manager stands in for the lease that this till does not have. */
  async override(reason: string): Promise<void> {
    const sheet = this.page.getByRole("dialog", { name: "A manager’s word is needed" });
    await expect(sheet).toBeVisible();
    await sheet.getByRole("button", { name: reason }).click();
    for (const digit of MANAGER.pin) await sheet.getByRole("button", { name: digit, exact: true }).click();
    await sheet.getByRole("button", { name: /on this word$/ }).click();
    await expect(sheet).toBeHidden();
  }
}

interface Desk {
  readonly till: Till;
  readonly page: Page;
  readonly cashier: Cashier;
  readonly desk: CollectDesk;
}

/** The PINs of the demo's cashiers (sync-server/demo/people.ts). */
const CASHIER_PINS: Readonly<Record<string, string>> = {
  "Mira Albers": "111111",
  "Tarek Yilmaz": "222222",
  "Finn Petersen": "111111",
  "Alina Kowalski": "222222",
  "Leni Huber": "111111",
  "Matteo Ricci": "222222",
};

/** A till of the store on its own page, with its first or second cashier signed in. */
export async function openDesk(
  chain: Chain,
  context: BrowserContext,
  {
    server = chain.server.address,
    store = "BER1",
    cashier: place = 0,
  }: { readonly server?: string; readonly store?: string; readonly cashier?: 0 | 1 } = {},
): Promise<Desk> {
  const till = await chain.newTill();
  await till.start({ server, code: await chain.server.pairingCode(store) });
  const page = await context.newPage();
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByRole("heading", { name: "Who is at the till?" })).toBeVisible();
  // The tile reads "MA", "Mira Albers", "Cashier": its initials are for the eye alone.
  const tile = page.getByRole("main").getByRole("button").filter({ hasText: "Cashier" }).nth(place);
  await expect(tile).toBeVisible();
  const [, name = ""] = await tile.locator("> *").allTextContents();
  await cashier.signIn({ name, pin: CASHIER_PINS[name] ?? "" });
  await expect(cashier.sync()).toHaveText("Online");
  return { till, page, cashier, desk: new CollectDesk(page) };
}
