import { expect, type Page, type TestInfo } from "@playwright/test";
import { breachesOf } from "./breaches.ts";

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** Screenshots are for people who look at them: `ONETILL_LOOKS=1` takes them. */
const TAKES_PICTURES = process.env.ONETILL_LOOKS === "1";

/** Finds no breach of WCAG 2.2 A and AA on the page as it stands. `screen` names it where one is found. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  await arrive(page);
  expect(await breachesOf(page, "wcag"), screen).toEqual([]);
}

/** Of all that WCAG asks, another theme can breach only what is about colours. */
export async function expectReadable(page: Page, screen: string): Promise<void> {
  await arrive(page);
  expect(await breachesOf(page, "colours"), screen).toEqual([]);
}

/** Colours that are still on their way, from the other theme or because a sheet is just rising, would be on no screen that somebody looks at. */
async function arrive(page: Page): Promise<void> {
  // What comes only now does not move any more; what moves already is there at once.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
  });
}

/** A picture of the page as it stands beside the test's results, where somebody wants to look at them. */
export async function takePicture(page: Page, info: TestInfo, name: string): Promise<void> {
  if (TAKES_PICTURES) await page.screenshot({ path: info.outputPath(`${name}.png`), animations: "disabled" });
}

/** Sees a screen in both themes and at both sizes: nothing scrolls sideways, all is accessible. */
export async function see(page: Page, info: TestInfo, screen: string): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const overhang = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overhang, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
      await takePicture(page, info, `${screen}-${theme}-${size.width}`);
    }
    if (theme === "light") await expectAccessible(page, `${screen}, ${theme}`);
    else await expectReadable(page, `${screen}, ${theme}`);
  }
}
