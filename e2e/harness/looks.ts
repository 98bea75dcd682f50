import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** Finds no breach of WCAG 2.2 A and AA on the page as it stands. `screen` names it where one is found. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, screen).toEqual([]);
}

/** Sees a screen in both themes and at both sizes: nothing scrolls sideways, all is accessible, screenshots stay beside the test's results. */
export async function see(page: Page, info: TestInfo, screen: string): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const overhang = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overhang, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
      // Colours that are still on their way from the other theme would be on no cashier's screen.
      const path = info.outputPath(`${screen}-${theme}-${size.width}.png`);
      await page.screenshot({ path, animations: "disabled" });
    }
    await expectAccessible(page, `${screen}, ${theme}`);
  }
}
