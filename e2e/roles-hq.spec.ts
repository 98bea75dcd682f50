import type { Page, Request } from "@playwright/test";
import type { Right } from "#domain/access/rights.ts";
import { HQ_ROLES, type HqRole, mayAtHq } from "#domain/access/roles.ts";
import { type Chain, expect, test } from "./harness/chain.ts";
import { expectAccessible } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

/** The acting controls of pages that the demo has something for, and what pressing them takes; `everywhere`: and to work for all stores. */
const ACTS: readonly {
  readonly page: string;
  readonly button: string | RegExp;
  readonly right: Right;
  readonly everywhere?: true;
}[] = [
  { page: "reports", button: "Save", right: "reports.edit" },
  { page: "tickets", button: "For auditors", right: "books.export" },
  { page: "customers", button: "New customer", right: "customers.edit" },
  { page: "cases", button: "New case", right: "cases.act" },
  { page: "stock", button: "Reasons", right: "rules.edit", everywhere: true },
  { page: "counts", button: "Plan a count", right: "stock.edit" },
  { page: "deliveries", button: "New transfer", right: "stock.edit" },
  { page: "prices", button: "Change many", right: "prices.edit" },
  { page: "priceLists", button: "New list", right: "prices.edit" },
  { page: "priceLists", button: "New group", right: "prices.edit" },
  { page: "promotions", button: "New promotion", right: "promotions.edit" },
  { page: "promotions", button: /^Take away /, right: "promotions.edit" },
  { page: "staff", button: "New colleague", right: "staff.edit" },
  { page: "staffRoles", button: "New role", right: "staff.edit", everywhere: true },
  { page: "timeClock", button: "Write down times", right: "staff.edit" },
  { page: "stores", button: "New store", right: "stores.edit", everywhere: true },
  { page: "tills", button: "Pair a till", right: "tills.manage" },
  { page: "tills", button: "Save versions", right: "rules.edit" },
  { page: "rules", button: "Add a layout", right: "rules.edit" },
  { page: "returnsPolicy", button: "Save", right: "rules.edit" },
  { page: "receiptDesign", button: "Save", right: "rules.edit" },
  { page: "loyalty", button: "Add a tier", right: "rules.edit" },
  { page: "connectors", button: "Connect a shop", right: "integrations.edit" },
  { page: "webhooks", button: "New endpoint", right: "integrations.edit" },
  { page: "apiKeys", button: "New key", right: "integrations.edit" },
  { page: "users", button: "Invite somebody", right: "users.edit" },
];

async function signIn(chain: Chain, page: Page, role: HqRole): Promise<void> {
  const user = (await chain.server.sheet()).users.find((each) => each.role === role);
  if (user === undefined) throw new Error(`the demo has no ${role}`);
  await page.goto(`${chain.server.address}/console/`);
  await page.getByLabel("E-mail address").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main menu" })).toBeVisible();
}

/** Goes to a page, and waits until the menu or the tabs beside it say that it is there: what the page before it showed is none of its. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.evaluate((hash) => window.location.assign(hash), `#/${name}`);
  const link = `[href="#/${name}"], [href^="#/${name}?"]`;
  await expect(page.locator(`[aria-current="page"]:is(${link})`).first()).toBeVisible();
}

/** Every page that the menu and the tabs beside its pages lead to. */
async function pagesOf(page: Page): Promise<readonly string[]> {
  const links = page.getByRole("navigation").getByRole("link");
  const found = new Set<string>();
  const note = async () => {
    for (const href of await links.evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? "")))
      if (href.startsWith("#/")) found.add(href.slice(2).split("?")[0] ?? "");
  };
  await note();
  for (const entry of ["catalogue", "stock", "prices", "staff", "rules", "connectors", "users"]) {
    if (!found.has(entry)) continue;
    await goTo(page, entry);
    await expect(page.getByRole("main").getByRole("navigation").first()).toBeVisible();
    await note();
  }
  return [...found];
}

test("each role sees the pages of its menu without a refusal, and of what can be done there exactly what it may do", async ({
  chain,
  browser,
}) => {
  const checked = new Set<string>();
  const walk = async (role: HqRole): Promise<void> => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(chain, page, role);
    const refused: string[] = [];
    /** Calls that are not answered yet; the stream of news never is. */
    const pending = new Set<Request>();
    page.on("request", (asked) => {
      if (asked.url().includes("/hq/v1/") && !asked.url().includes("/hq/v1/live")) pending.add(asked);
    });
    page.on("requestfinished", (asked) => pending.delete(asked));
    page.on("requestfailed", (asked) => pending.delete(asked));
    page.on("response", (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
    });
    const pages = await pagesOf(page);
    expect(pages.length, role).toBeGreaterThan(9);
    for (const name of pages) {
      await goTo(page, name);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect.poll(() => pending.size, { intervals: [20, 50] }).toBe(0);
      await expect(page.getByRole("alert"), `${role} at ${name}`).toHaveCount(0);
      for (const act of ACTS.filter((each) => each.page === name)) {
        const may = mayAtHq(role, act.right) && (act.everywhere !== true || role !== "storeManager");
        const button = page.getByRole("main").getByRole("button", { name: act.button, exact: true }).first();
        await expect(button, `${role}: ${act.button} at ${name}`).toBeVisible({ visible: may });
        checked.add(`${may} ${name} ${act.button}`);
      }
    }
    expect(refused, role).toEqual([]);
    if (role === "auditor") await expectAccessible(page, "a page that is only read");
    await context.close();
  };
  await Promise.all(HQ_ROLES.map(walk));
  for (const { page, button, right } of ACTS) {
    expect(checked, "somebody may").toContain(`true ${page} ${button}`);
    const somebodyReads = HQ_ROLES.some((role) => !mayAtHq(role, right));
    expect(somebodyReads).toBe(true);
  }
});

test("what saves a product is not there for whoever only reads it, and Ctrl+K goes to it", async ({
  chain,
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await signIn(chain, page, "auditor");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: /^A page, a product/ });
  await field.fill("loyalty");
  await expect(page.getByRole("option")).toHaveCount(1);
  await expectAccessible(page, "going somewhere");
  await field.fill("riesling kabinett");
  await expect(page.getByRole("option", { name: /Riesling Kabinett/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Riesling Kabinett" })).toBeVisible();
  await expect(page).toHaveTitle(/^Riesling Kabinett · /);
  await expect(page.getByRole("textbox", { name: "Title", exact: true })).toBeDisabled();
  for (const name of ["Save", "Archive", "Delete", "Add option", "Add pictures", "Define attributes"])
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await expectAccessible(page, "a product that is only read");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeInViewport();
  await page.evaluate(() => window.location.assign("#/auditLog"));
  const menu = page.getByRole("navigation", { name: "Main menu" });
  await expect(menu.getByRole("link", { name: "Users", exact: true })).toBeInViewport();
});

test("Ctrl+K finds a ticket by its receipt number, for whoever may see tickets", async ({
  chain,
  page,
  context,
}) => {
  const { cashier } = await openRegister(chain, page);
  await cashier.tiles().first().click();
  await cashier.exactCash();
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const { tickets } = await chain.server.tickets();
  const number = tickets[0]!.number;
  const hq = await context.newPage();
  await hq.setViewportSize({ width: 1024, height: 768 });
  await signIn(chain, hq, "auditor");
  await hq.keyboard.press("Control+k");
  const field = hq.getByRole("combobox", { name: /^A page, a product/ });
  await field.fill(number.toLowerCase());
  await expect(hq.getByRole("option", { name: number })).toHaveCount(1);
  await hq.keyboard.press("Enter");
  await expect(hq.getByRole("dialog", { name: `Ticket ${number}` })).toBeVisible();
  expect(hq.url()).toContain(`ticket=${number}`);
  await hq.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(hq.getByRole("dialog")).toHaveCount(0);
});
