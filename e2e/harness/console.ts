import type { Locator, Page } from "@playwright/test";
import { type Chain, expect } from "./chain.ts";

/** The console on the page, signed in as the demo's admin; `place` is where in it, else where it opens by itself. */
export async function openConsole(chain: Chain, page: Page, place?: string): Promise<void> {
  await page.goto(`${chain.server.address}/console/#signIn=${await chain.server.signInToken()}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  if (place !== undefined) await goToPlace(page, place);
}

/** As a link does; comes back when the page before is gone, whose rows and fields might be taken for the new one's. */
export async function goToPlace(page: Page, place: string): Promise<void> {
  await page.evaluate(
    (hash) =>
      new Promise<void>((done) => {
        if (window.location.hash === hash) return done();
        window.addEventListener("hashchange", () => setTimeout(done), { once: true });
        window.location.hash = hash;
      }),
    `#/${place}`,
  );
}

/** Writes in a cell of the catalogue, over what stands there, from the keyboard. `field`: the name of what is written in. */
export async function writeCell(cell: Locator, field: RegExp, words: string): Promise<void> {
  const page = cell.page();
  // Beside its words, which may be a link.
  await cell.click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: field }).fill(words);
  await page.keyboard.press("Enter");
}
