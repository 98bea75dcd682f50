import type { Page } from "@playwright/test";
import { expect } from "./chain.ts";

/** The demo's PINs (sync-server/demo/people.ts). */
export const CASHIER = { name: "Mira Albers", pin: "111111" };

/** What a cashier does, in the screen's own words. */
export class Cashier {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the till's page anew. Going to an address that differs only behind `#` would not load it again. */
  async open(address: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(address);
  }

  async signIn(who: { readonly name: string; readonly pin: string } = CASHIER): Promise<void> {
    // What locks the till has a colleague's name too, as long as it is there.
    await this.page.getByRole("main").getByRole("button", { name: who.name }).click();
    for (const digit of who.pin) await this.page.getByRole("button", { name: digit, exact: true }).click();
    await expect(this.sync()).toBeVisible();
    await this.openShift();
    await expect(this.sync()).not.toContainText("First sync", { timeout: 90_000 });
  }

  /** Where the store sells only with a shift and none is open, opens one with the float that is expected. */
  async openShift(): Promise<void> {
    const asExpected = this.page.getByTestId("open-as-expected");
    if (!(await asExpected.isVisible())) return;
    await asExpected.click();
    await expect(asExpected).toBeHidden();
  }

  tile(name: string) {
    return this.page.getByRole("region", { name: "Products" }).getByRole("button", { name, exact: true });
  }

  /** Tiles of articles that have one form only, in the order of the grid. */
  tiles() {
    return this.page.getByTestId("tile-single");
  }

  /**
   * As a keyboard-wedge scanner does: key strokes a fraction of a millisecond apart, then Enter, typed into whatever has the focus. Each carries the time at
   * which a scanner would have struck it, as a real one does however busy the page and the machine are.
   */
  async scan(code: string): Promise<void> {
    await this.page.evaluate((text) => {
      const begunMs = performance.now();
      const strokes = [...text, "Enter"].map((key, place) => {
        const stroke = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        Object.defineProperty(stroke, "timeStamp", { value: begunMs + place / 4 });
        return stroke;
      });
      for (const stroke of strokes) {
        const target = document.activeElement ?? document.body;
        const typed =
          target.dispatchEvent(stroke) && stroke.key !== "Enter" && target instanceof HTMLInputElement;
        if (typed) document.execCommand("insertText", false, stroke.key);
      }
    }, code);
  }

  lines() {
    return this.page.getByRole("complementary", { name: "Basket" }).getByRole("listitem");
  }

  async exactCash(): Promise<void> {
    await this.page.getByRole("button", { name: "Exact cash" }).click();
  }

  done() {
    return this.page.getByTestId("done-amount");
  }

  /** Sells one piece of an article by its code, for the exact cash. */
  async sellOne(code: string): Promise<void> {
    await this.scan(code);
    await expect(this.lines()).toHaveCount(1);
    await this.exactCash();
    await expect(this.done()).toBeVisible();
  }

  sync() {
    return this.page.getByTestId("sync");
  }

  /** The line is back and the cashier does not wait for the till to find that out: it may rest for half a minute between tries. */
  async backOnline(): Promise<void> {
    await this.sync().click();
    const sheet = this.page.getByRole("dialog", { name: "Connection and data" });
    await sheet.getByRole("button", { name: "Synchronise now" }).click();
    await expect(sheet.getByText("Online", { exact: true })).toBeVisible();
    await sheet.getByRole("button", { name: "Close", exact: true }).click();
    await expect(this.sync()).toHaveText("Online");
  }
}
