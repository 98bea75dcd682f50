import type { Page } from "@playwright/test";
import axe, { type RunOnly } from "axe-core";

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** What is asked of a page: all of WCAG 2.2 A and AA, or only what is about its colours. */
export type Asked = "wcag" | "colours";

const RULES: Readonly<Record<Asked, RunOnly>> = {
  wcag: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] },
  colours: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

/**
 * What of the page, or of what `within` selects on it, breaches the rules as it stands: one line for each rule. Axe stays in the page it
 * was put into: half a megabyte of program that is read anew for every look, and a page of its own for each result, took more time than looking.
 */
export async function breachesOf(page: Page, asked: Asked, within?: string): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const run = { runOnly: RULES[asked], resultTypes: ["violations" as const] };
  return page.evaluate(
    async ({ within, run }) => {
      const { violations } = await window.axe.run(within ?? document, run);
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      );
    },
    { within, run },
  );
}
