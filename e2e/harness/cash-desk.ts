import { expect, type Page } from "@playwright/test";
import { allow } from "./allow.ts";
import { cents } from "./cents.ts";

/** Euro notes and coins, in cents, the largest first. */
const FACES = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1] as const;

const MOVES = { in: "Cash in", out: "Cash out", pickup: "Pick-up" } as const;
const CONFIRMS = { in: /^Put in/, out: /^Take out/, pickup: /^Hand over/ } as const;

/** An amount of cents as an English till shows it. */
export function euros(minor: number): string {
  const sign = minor < 0 ? "-" : "";
  return `${sign}€${(Math.abs(minor) / 100).toLocaleString("en-GB", { minimumFractionDigits: 2 })}`;
}

/** What a colleague does with the drawer and the day, in the screen's own words. */
export class CashDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  sheet() {
    return this.page.getByRole("dialog");
  }

  async open(): Promise<void> {
    await this.page.keyboard.press("Shift+F9");
    await expect(this.page.getByRole("dialog", { name: "Till & cash" })).toBeVisible();
  }

  /** Writes down how many pieces of each note and coin come to this, the fewest there are. */
  async count(minor: number): Promise<void> {
    let left = minor;
    for (const face of FACES) {
      const pieces = Math.floor(left / face);
      left -= pieces * face;
      if (pieces > 0)
        await this.page
          .getByRole("textbox", { name: `Pieces of ${euros(face)}`, exact: true })
          .fill(String(pieces));
    }
  }

  /** Puts money in or takes it out; a manager allows it in place. */
  async move(
    kind: keyof typeof MOVES,
    { minor, reason }: { readonly minor: number; readonly reason: string },
  ) {
    await this.open();
    await this.sheet().getByRole("button", { name: MOVES[kind] }).click();
    await this.page.getByRole("button", { name: reason }).click();
    await this.page.keyboard.type(String(minor));
    await this.page
      .getByRole("button", { name: CONFIRMS[kind] })
      .filter({ hasText: euros(minor) })
      .click();
    await allow(this.page, `${euros(minor)}`);
    await expect(this.sheet()).toHaveCount(0);
  }

  /** Opens the drawer without a sale; a manager allows it in place. */
  async openDrawer(reason: string): Promise<void> {
    await this.open();
    await this.sheet().getByRole("button", { name: "Open the drawer" }).click();
    const sheet = this.page.getByRole("dialog", { name: "Open the drawer without a sale" });
    await sheet.getByRole("button", { name: reason }).click();
    await sheet.getByRole("button", { name: "Open the drawer", exact: true }).click();
    await allow(this.page, reason);
    await expect(this.sheet()).toHaveCount(0);
  }

  /** Pays what is to pay with the largest note that the till proposes. Answers what was handed over, in cents. */
  async payWithNote(): Promise<number> {
    const note = this.page.getByRole("group", { name: "Quick amounts" }).getByRole("button").last();
    const tendered = cents(await note.textContent());
    await note.click();
    await this.page.getByRole("button", { name: "Complete sale" }).click();
    return tendered;
  }

  /** A report's paper as rows of its left and right text. */
  async rows(title: RegExp): Promise<readonly (readonly [string, string])[]> {
    const paper = this.page.getByRole("dialog", { name: title }).getByRole("article");
    await expect(paper).toBeVisible();
    return paper.locator("p").evaluateAll((rows) =>
      rows.map((row) => {
        const [left, right] = [...row.children].map((part) => part.textContent ?? "");
        return [left ?? row.textContent ?? "", right ?? ""] as const;
      }),
    );
  }
}
