import { expect, type Page } from "@playwright/test";
import type { Cashier } from "./cashier.ts";
import { readQr } from "./read-qr.ts";

/** What a colleague does who takes goods back, in the screen's own words. */
export class ReturnsDesk {
  readonly page: Page;
  readonly cashier: Cashier;

  constructor(cashier: Cashier) {
    this.page = cashier.page;
    this.cashier = cashier;
  }

  /** The code on the receipt of the sale that was just made, as a scanner reads it. */
  async receiptCode(): Promise<string> {
    await this.page.getByRole("button", { name: "Show receipt" }).click();
    const sheet = this.page.getByRole("dialog", { name: /^Receipt / });
    const code = await readQr(sheet.getByRole("img", { name: /scan this code/i }));
    await this.page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    return code;
  }

  takeBack() {
    return this.page.getByRole("button", { name: /^Take back one/ });
  }

  /** Scans what the customer shows and waits for its goods. */
  async open(code: string): Promise<void> {
    await this.cashier.scan(code);
    await expect(this.takeBack().first()).toBeVisible();
  }

  /** Ends a return on which nothing stands in the way: gives all of it back one way, e.g. `Cash`. */
  async giveBack(way: RegExp, confirm: RegExp): Promise<void> {
    await this.page.getByRole("button", { name: "Give back", exact: true }).click();
    await this.page.getByRole("group", { name: "How" }).getByRole("button", { name: way }).first().click();
    await this.page.getByRole("button", { name: confirm }).click();
  }

  /** A manager's word for whatever stands in the way. */
  async override(): Promise<void> {
    await this.page.getByRole("button", { name: "What to do" }).click();
    await this.page.getByRole("button", { name: "Ask a manager" }).click();
    await this.page.getByRole("button", { name: "Goodwill" }).click();
    const sheet = this.page.getByRole("dialog", { name: "A manager’s word is needed" });
    for (const digit of "999999") await sheet.getByRole("button", { name: digit, exact: true }).click();
    await sheet.getByRole("button", { name: "Allow the return" }).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }
}
