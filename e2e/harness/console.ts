import type { Page } from "@playwright/test";
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
