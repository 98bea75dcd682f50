import type { Page } from "@playwright/test";
import { allow } from "./allow.ts";
import { expect } from "./chain.ts";

export async function openSetUp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Set up devices" }).click();
}

/** Sets a printer up by hand on the sheet that is open; the manager allows it in place. `prints`: what it is to print besides what the form proposes. */
export async function addPrinter(
  page: Page,
  {
    name,
    port,
    prints = [],
  }: { readonly name: string; readonly port: number; readonly prints?: readonly string[] },
): Promise<void> {
  await page.getByRole("button", { name: "Add by hand" }).click();
  const form = page.getByRole("dialog", { name: "New printer" });
  await form.getByLabel("What you call it").fill(name);
  await form.getByLabel("Network address").fill("127.0.0.1");
  await form.getByLabel("Port").fill(String(port));
  for (const purpose of prints)
    await form.getByRole("group", { name: "It prints" }).getByText(purpose, { exact: true }).click();
  await form.getByRole("button", { name: "Set up this printer" }).click();
  await allow(page, `Set up ${name}`);
  await expect(page.getByRole("listitem").filter({ hasText: name })).toBeVisible();
}

/** Fills in the card terminal on the sheet that is open and sends it; whoever may not do that alone is asked for a manager's PIN next. */
export async function enterTerminal(page: Page, port: string): Promise<void> {
  const section = page.getByRole("region", { name: "Card terminal" });
  await section.getByLabel("Address on the network").fill("127.0.0.1");
  await section.getByRole("textbox", { name: "Port" }).last().fill(port);
  await section.getByLabel("Name of the terminal (POI ID)").fill("POI-1");
  await section.getByRole("button", { name: "Save the terminal" }).click();
}
