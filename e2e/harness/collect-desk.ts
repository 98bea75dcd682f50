import { expect, type Page } from "@playwright/test";

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
