import type { Page } from "@playwright/test";
import { expect } from "./chain.ts";

const MANAGER_PIN = "999999";

/** The demo's manager allows in place what the colleague at the till may not do alone; `what` is what the sheet must say of it. */
export async function allow(page: Page, what: string | RegExp = ""): Promise<void> {
  const sheet = page.getByRole("dialog", { name: "A manager’s PIN is needed" });
  await expect(sheet).toContainText(what);
  for (const digit of MANAGER_PIN) await sheet.getByRole("button", { name: digit, exact: true }).click();
  await sheet.getByRole("button", { name: "Allow it" }).click();
  await expect(sheet).toBeHidden();
}
