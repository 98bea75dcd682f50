import type { Page, TestInfo } from "@playwright/test";
import { approvalsAnswerSchema, rolesAnswerSchema, staffAnswerSchema } from "#protocol/hq/staff.ts";
import { Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { openConsole } from "./harness/console.ts";
import { expectAccessible, expectReadable, takePicture } from "./harness/looks.ts";
import { pairedTill } from "./harness/register.ts";

const LENA = { name: "Lena Wolf", pin: "402913" };
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** The console in both of its themes, at the sizes of a small and a large screen. */
async function seeConsole(page: Page, info: TestInfo, screen: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await takePicture(page, info, `${screen}-${colorScheme}-${size.width}`);
    }
    if (colorScheme === "light") await expectAccessible(page, `${screen}, ${colorScheme}`);
    else await expectReadable(page, `${screen}, ${colorScheme}`);
  }
}

/** The day of the store, which is another one than at Greenwich for an hour or two after midnight. */
const dayInBerlin = (at: number) => new Date(at).toLocaleDateString("sv-SE", { timeZone: "Europe/Berlin" });

test("HQ makes a role and a colleague, who signs in at a running till; dismissed, they are signed out there by themselves", async ({
  chain,
  page,
}, info) => {
  const till = await pairedTill(chain);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await expect(page.getByRole("button", { name: "Mira Albers" })).toBeVisible();

  const hq = await page.context().newPage();
  await openConsole(chain, hq, "staffRoles");
  await hq.getByRole("button", { name: "New role" }).click();
  const role = hq.getByRole("dialog");
  await role.getByLabel("Name of the role").fill("Weekend help");
  await role.getByLabel("Largest discount").fill("10");
  await role.getByLabel("Discount on a line").check();
  await role.getByLabel("Open, count and close a drawer", { exact: true }).check();
  await seeConsole(hq, info, "role");
  await role.getByRole("button", { name: "Save role" }).click();
  await expect(hq.getByRole("button", { name: "Edit Weekend help" })).toBeVisible();
  await expect(hq.getByRole("cell", { name: "up to 10 %" })).toBeVisible();
  await seeConsole(hq, info, "roles");

  await openConsole(chain, hq, "staff");
  await hq.getByRole("button", { name: "New colleague" }).click();
  const added = hq.getByRole("dialog");
  await added.getByLabel("Name").fill(LENA.name);
  await added.getByLabel("Role").selectOption("Weekend help");
  await added.getByLabel(/^BER1/).check();
  await added.getByLabel("PIN").fill("123456");
  await expect(added.getByText("This is among the first that anybody would try.")).toBeVisible();
  await added.getByLabel("PIN").fill(LENA.pin);
  await seeConsole(hq, info, "new-colleague");
  await added.getByRole("button", { name: "Add colleague" }).click();
  await expect(hq.getByRole("button", { name: `Open ${LENA.name}` })).toBeVisible();

  await expect(page.getByRole("button", { name: LENA.name })).toBeVisible();
  await cashier.signIn(LENA);
  await cashier.tiles().first().click();
  await expect(cashier.lines()).toHaveCount(1);
  const { roles } = await chain.server.hq(rolesAnswerSchema, "/hq/v1/roles");
  expect(roles.at(-1)).toMatchObject({
    role: {
      name: "Weekend help",
      permissions: ["sell", "discount.line", "shift"],
      limits: { discountPpm: 100_000 },
    },
    used: 1,
  });

  await hq.getByRole("button", { name: `Open ${LENA.name}` }).click();
  const opened = hq.getByRole("dialog");
  await opened.getByRole("button", { name: "Issue a badge" }).click();
  await expect(opened.getByRole("region", { name: `Badge of ${LENA.name}` })).toContainText(
    /CREW(-\w{4}){5}/,
  );
  await seeConsole(hq, info, "badge");
  await hq.emulateMedia({ media: "print" });
  await expect(hq.getByRole("region", { name: `Badge of ${LENA.name}` })).toBeInViewport();
  await expect(hq.getByLabel("PIN")).toBeHidden();
  await takePicture(hq, info, "badge-printed");
  await hq.emulateMedia({ media: "screen" });
  await expect(opened).toContainText("at the latest after 7 days without one");
  await opened.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(page.getByRole("button", { name: "Mira Albers" })).toBeVisible();
  await expect(page.getByRole("button", { name: LENA.name })).toBeHidden();
  const { staff } = await chain.server.hq(staffAnswerSchema, "/hq/v1/staff?active=false");
  expect(staff).toMatchObject([{ name: LENA.name, stores: ["BER1"], hasBadge: false }]);

  await openConsole(chain, hq, "approvals");
  await hq.getByLabel("What is shown").selectOption("Signing in and out");
  await expect(hq.getByRole("row", { name: /Lena Wolf/ })).toContainText("Signed in");
  await seeConsole(hq, info, "approvals");

  const today = dayInBerlin(Date.now());
  const signIns = `/hq/v1/approvals?filter=signIns&from=${today}&until=${today}`;
  await expect
    .poll(async () => (await chain.server.hq(approvalsAnswerSchema, signIns)).entries)
    .toMatchObject([{ kind: "signedIn", staffName: LENA.name, store: "BER1", register: 1 }]);
});

test("what a colleague sold stands under commission, and hours that HQ writes down under the time clock", async ({
  chain,
  page,
}, info) => {
  const till = await pairedTill(chain);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await cashier.signIn();
  await cashier.tiles().first().click();
  await cashier.exactCash();
  await expect(cashier.done()).toBeVisible();
  // What HQ shows of it is from when it is asked.
  await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
  const hq = await page.context().newPage();
  await openConsole(chain, hq, "commission");
  await expect(hq.getByRole("row", { name: /Mira Albers/ })).toBeVisible();
  const [booked] = (await chain.server.tickets()).tickets;
  const decimal = ((booked?.ticket.totals.total.minor ?? 0) / 100).toFixed(2);
  await expect(hq.getByRole("row", { name: /Mira Albers/ })).toContainText(decimal);
  await seeConsole(hq, info, "commission");

  await openConsole(chain, hq, "timeClock");
  await hq.getByRole("button", { name: "Write down times" }).click();
  const times = hq.getByRole("dialog");
  const yesterday = dayInBerlin(Date.now() - 86_400_000);
  await times.getByLabel("Colleague").selectOption("Mira Albers");
  await times.getByLabel("Store").selectOption("BER1");
  await times.getByLabel("In", { exact: true }).fill(`${yesterday}T09:00`);
  await times.getByLabel("Out", { exact: true }).fill(`${yesterday}T16:45`);
  await times.getByLabel("Why").fill("The till was being moved");
  await times.getByRole("button", { name: "Save" }).click();
  await expect(hq.getByRole("row", { name: /Mira Albers.*7:45.*Corrected/ })).toBeVisible();
  await seeConsole(hq, info, "time-clock");
});
