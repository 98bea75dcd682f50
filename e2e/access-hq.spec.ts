import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, type Page, type TestInfo, test } from "@playwright/test";
import { builtProgram } from "./harness/built-programs.ts";
import { goToPlace } from "./harness/console.ts";
import { demoTemplate } from "./harness/demo-template.ts";
import { expectAccessible, expectReadable, takePicture } from "./harness/looks.ts";
import { MailBox } from "./harness/mail-box.ts";
import { Program } from "./harness/program.ts";

const ADMIN = { name: "Hanna Vogt", email: "hanna@fennholm.example", password: "seven mugs of tea" };
const MANAGER = {
  name: "Johanna Reuter",
  email: "johanna@fennholm.example",
  password: "bell above the door",
};

/** A server with stores, as one finds it that was never signed in to: what its users are is taken out of the demo's data. */
async function serverWithoutUsers(folder: string, more: readonly string[] = []): Promise<Program> {
  await cp(demoTemplate, folder, { recursive: true });
  const database = new DatabaseSync(join(folder, "server.sqlite"));
  database.exec("DELETE FROM users; DELETE FROM access_links");
  database.close();
  return new Program(builtProgram("server"), ["--data", folder, "--port", "0", ...more]);
}

/** The screen in both of its themes, small and large. */
async function see(page: Page, info: TestInfo, screen: string): Promise<void> {
  for (const [colorScheme, width, height] of [
    ["light", 1024, 768],
    ["dark", 1920, 1080],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await takePicture(page, info, `${screen}-${colorScheme}`);
    if (colorScheme === "light") await expectAccessible(page, `${screen}, ${colorScheme}`);
    else await expectReadable(page, `${screen}, ${colorScheme}`);
  }
}

async function signIn(page: Page, { email, password }: typeof ADMIN): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main menu" })).toBeVisible();
}

test("a link of the server makes the first admin, who invites a store's manager; they see their store and no users, and are out at once when dismissed", async ({
  page,
  browser,
}, info) => {
  const folder = await mkdtemp(join(tmpdir(), "onetill-access-"));
  const server = await serverWithoutUsers(folder);
  const setUp = await server.printed(/(http\S+#setUp=\S+)/);

  await page.goto(setUp);
  await expect(page.getByRole("heading", { name: "Set up headquarters" })).toBeVisible();
  expect(page.url()).not.toContain("setUp=");
  await see(page, info, "set-up");
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("New password").fill("hanna@fennholm");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("alert")).toContainText("your e-mail address");
  await page.getByLabel("New password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("status")).toContainText("Sign in with it now");
  await expectAccessible(page, "sign-in");
  await signIn(page, ADMIN);

  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const inviting = page.getByRole("dialog");
  await inviting.getByLabel("E-mail address").fill(MANAGER.email);
  await inviting.getByLabel("Name").fill(MANAGER.name);
  await inviting.getByLabel(/^BER1/).check();
  await expectAccessible(page, "inviting");
  await inviting.getByRole("button", { name: "Make the invitation" }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  await expectAccessible(page, "an invitation");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row", { name: /Johanna Reuter.*Store manager.*BER1.*Invited/ })).toBeVisible();
  await see(page, info, "users");

  const other = await browser.newContext();
  const shop = await other.newPage();
  await shop.goto(link);
  await expect(shop.getByRole("heading", { name: `Welcome, ${MANAGER.name}` })).toBeVisible();
  await shop.getByLabel("New password").fill(MANAGER.password);
  await shop.getByRole("button", { name: "Set password" }).click();
  await signIn(shop, MANAGER);
  await shop.getByRole("link", { name: "Tickets", exact: true }).click();
  await expect(shop.getByRole("option", { name: /^BER1/ })).toBeAttached();
  await expect(shop.getByRole("option", { name: /^(HAM1|MUC1)/ })).toHaveCount(0);
  await expect(shop.getByRole("link", { name: "Users", exact: true })).toHaveCount(0);
  await shop.goto(`${new URL(link).origin}/console/#/users`);
  await expect(shop.getByText("Your role does not show this page")).toBeVisible();
  await shop.getByRole("link", { name: `Your account, ${MANAGER.name}` }).click();
  await shop.getByRole("button", { name: "Set up an app" }).click();
  await expect(shop.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  await see(shop, info, "account");

  await page.getByRole("button", { name: `Open ${MANAGER.name}` }).click();
  await expectAccessible(page, "a user");
  await page.getByRole("dialog").getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(page.getByRole("button", { name: "Take back" })).toBeVisible();
  // Out already where the page asked by itself meanwhile.
  await goToPlace(shop, "tickets");
  await expect(shop.getByRole("status").filter({ hasText: "Your session has ended" })).toBeVisible();

  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByLabel("By whom").selectOption(ADMIN.name);
  await page.getByRole("button", { name: /User · dismiss/ }).click();
  await expect(page.getByRole("row", { name: "active true false" })).toBeVisible();
  await expectAccessible(page, "what changed");
  await page.getByRole("button", { name: "Close" }).click();
  await see(page, info, "audit-log");

  await other.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test("where the server has a mail account an invitation goes out by mail; one that was not taken says why and is sent again", async ({
  page,
}, info) => {
  const folder = await mkdtemp(join(tmpdir(), "onetill-access-"));
  const box = await MailBox.open();
  const server = await serverWithoutUsers(folder, [
    "--smtp-url",
    box.url,
    "--mail-from",
    "hq@fennholm.example",
  ]);
  await page.goto(await server.printed(/(http\S+#setUp=\S+)/));
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("New password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("status")).toContainText("Sign in with it now");
  await signIn(page, ADMIN);

  box.refuses = true;
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("E-mail address").fill(MANAGER.email);
  await sheet.getByLabel("Name").fill(MANAGER.name);
  await sheet.getByLabel(/^BER1/).check();
  await see(page, info, "inviting-by-mail");
  await sheet.getByRole("button", { name: "Invite by mail" }).click();
  await expect(sheet.getByRole("status")).toContainText("was given up");
  await expect(sheet.getByRole("status")).toContainText("Nobody is called that here");
  await expect(sheet.getByRole("textbox", { name: "Link" })).toHaveCount(0);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row", { name: /Johanna Reuter.*Mail failed/ })).toBeVisible();

  box.refuses = false;
  await page.getByRole("button", { name: `Open ${MANAGER.name}` }).click();
  await see(page, info, "mail-failed");
  await sheet.getByRole("button", { name: "Mail another invitation" }).click();
  await expect(sheet.getByText(`A mail with the link went to ${MANAGER.email}`)).toBeVisible();
  await see(page, info, "mail-sent");
  expect(box.arrived).toHaveLength(1);
  const mail = box.arrived[0]!.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  const [link = ""] = /http\S+\/console\/#invite=[A-Za-z0-9_-]+/.exec(mail) ?? [];
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel("Password")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: `Welcome, ${MANAGER.name}` })).toBeVisible();
  await page.getByLabel("New password").fill(MANAGER.password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("status")).toContainText("Sign in with it now");
  await signIn(page, MANAGER);

  await server.stop();
  await box.close();
  await rm(folder, { recursive: true, force: true });
});
