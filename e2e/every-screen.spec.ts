import { expect, type Locator, type Page } from "@playwright/test";
import { type Asked, breachesOf } from "./harness/breaches.ts";
import { go, moveTo, openTour, showUnsent, stopsOn, test } from "./harness/faceless-till.ts";

const PARTS = 2;
/** The till at 1024x768, and on 1280x1024 magnified to 200 %. */
const SIZES = [
  { width: 640, height: 512 },
  { width: 1024, height: 768 },
] as const;
/** WCAG 1.4.12. */
const SPACED =
  "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }";

test.describe.configure({ mode: "parallel" });

const wear = (page: Page, theme: string): Promise<void> =>
  page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);

/** Breaches on the page as it stands. Themes differ in colours and in nothing else. */
async function breaches(page: Page, where: string, asked: Asked): Promise<string[]> {
  // What lies below a sheet is out of reach, and is looked at on its own.
  const isSheetOpen = (await page.getByRole("dialog").count()) > 0;
  const found = await breachesOf(page, asked, isSheetOpen ? "dialog[open]" : undefined);
  return found.map((breach) => `${where}: ${breach}`);
}

for (const part of Array.from({ length: PARTS }, (_, place) => place)) {
  test(`every screen and sheet is accessible in light, dark and high contrast, and fits a magnified window (part ${part + 1})`, async ({
    page,
    tillPage,
  }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const stops = await openTour(page, tillPage);
    expect(stops.length).toBeGreaterThan(60);
    const found: string[] = [];
    for (const stop of stops.filter((_, place) => place % PARTS === part)) {
      await go(page, stop);
      if (/^(sheet|cash)/.test(stop)) await expect(page.getByRole("dialog"), stop).toBeVisible();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        const overhang = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overhang > 0) found.push(`${stop}: ${overhang} px too wide for ${size.width}`);
      }
      for (const theme of ["light", "dark", "contrast"]) {
        await wear(page, theme);
        found.push(...(await breaches(page, `${stop}, ${theme}`, theme === "light" ? "wcag" : "colours")));
      }
    }
    expect(found).toEqual([]);
  });
}

/** Null when something of what has the focus is in sight (WCAG 2.4.11), else what is hidden. */
function hiddenFocus(): string | null {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const isSeen = [0.1, 0.5, 0.9].some((down) =>
    [0.1, 0.5, 0.9].some((across) => {
      const at = document.elementFromPoint(left + width * across, top + height * down);
      return at !== null && (focused.contains(at) || at.contains(focused));
    }),
  );
  return isSeen ? null : focused.outerHTML.slice(0, 160);
}

test("with the keyboard alone one goes through the register, nothing hides the focus, and a sheet keeps it and gives it back", async ({
  page,
  tillPage,
}) => {
  await page.setViewportSize({ width: 640, height: 512 });
  await openTour(page, tillPage);
  await go(page, "register");
  const seen = new Set<string>();
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(hiddenFocus)).toBeNull();
    seen.add(await page.evaluate(() => document.activeElement?.textContent ?? ""));
  }
  for (const name of ["Pay", "Exact cash", "Park"]) expect([...seen].join("|")).toContain(name);
  const settings = page.getByRole("button", { name: "Settings" });
  await settings.focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Settings of this till" });
  await expect(sheet).toBeVisible();
  for (let press = 0; press < 30; press += 1) {
    await page.keyboard.press("Tab");
    expect(
      await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
      ),
    ).toBe(true);
    expect(await page.evaluate(hiddenFocus)).toBeNull();
  }
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(settings).toBeFocused();
});

test("with wider text nothing on the register's buttons is cut off", async ({ page, tillPage }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openTour(page, tillPage);
  await page.addStyleTag({ content: SPACED });
  for (const stop of ["register", "payment, cash", "sheet line", "sheet settings"]) {
    await go(page, stop);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("button")]
        .filter((button) => button.querySelector("[class*=truncate], [class*=line-clamp]") === null)
        .filter(({ scrollHeight, clientHeight, scrollWidth, clientWidth, offsetParent }) => {
          return offsetParent !== null && (scrollHeight > clientHeight + 2 || scrollWidth > clientWidth + 2);
        })
        .map(({ textContent }) => textContent),
    );
    expect(cut, stop).toEqual([]);
  }
});

/** What an empty field says, how wide it is written and how much room there is for it, in pixels. */
function hintAndRoom(field: SVGElement | HTMLElement): { words: string; width: number; room: number } {
  const words = field.getAttribute("placeholder") ?? "";
  const style = getComputedStyle(field);
  const ink = document.createElement("canvas").getContext("2d");
  if (ink === null) throw new Error("nothing to measure with");
  ink.font = style.font;
  const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
  return { words, width: ink.measureText(words).width, room: field.clientWidth - padding };
}

const LOCALES = ["en-IE", "de-DE", "fr-FR", "es-ES", "pl-PL", "ar-KW"] as const;

for (const { much, name } of [
  { much: false, name: "little" },
  { much: true, name: "much" },
])
  test(`in every language the bar of a till with ${name} to do fits the smallest screen, and what is searched can be read`, async ({
    page,
    tillPage,
  }) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await openTour(page, tillPage);
    for (const stop of much ? ["sheet goods", "sheet tasks", "register"] : ["register"]) await go(page, stop);
    if (much) await showUnsent(page, 128);
    for (const locale of LOCALES) {
      await moveTo(page, locale);
      await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
      for (const stop of ["register", "orders", "cases"]) {
        await go(page, stop);
        const overhang = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overhang, `${locale}, ${stop}`).toBe(0);
        const search = page.getByRole("banner").getByRole("searchbox");
        expect((await search.boundingBox())?.width, `${locale}, ${stop}`).toBeGreaterThan(150);
        const { words, width, room } = await search.evaluate(hintAndRoom);
        expect(width, `${locale}, ${stop}: “${words}”`).toBeLessThanOrEqual(room);
      }
    }
  });

test("what is rung up and what it comes to is said to whoever cannot see it", async ({ page, tillPage }) => {
  await openTour(page, tillPage);
  await go(page, "register, empty");
  await page
    .getByRole("button", { name: /^Enamel Mug/ })
    .first()
    .click();
  await expect(page.getByTestId("announcer")).toHaveText("1 × Enamel Mug, €12.90. Total €12.90.");
});

test("a key is given to another command, a key that is needed elsewhere is refused in words, and all come back", async ({
  page,
  tillPage,
}) => {
  await openTour(page, tillPage);
  await go(page, "sheet keys");
  const sheet = page.getByRole("dialog", { name: "Change keys" });
  await sheet.getByRole("button", { name: "Another key for: Pay", exact: true }).click();
  await page.keyboard.press("a");
  await expect(sheet.getByRole("status")).toContainText("A writes something");
  await page.keyboard.press("Control+w");
  await expect(sheet.getByRole("status")).toContainText("needed by the window itself");
  await page.keyboard.press("F4");
  await expect(sheet.getByRole("status")).toHaveText("F4 is the key for “Park the basket” now.");
  await sheet.getByRole("button", { name: "Use it here, and none there" }).click();
  await expect(sheet.getByRole("status")).toHaveText("F4: Pay");
  await page.reload();
  await stopsOn(page);
  await go(page, "register");
  await expect(page.getByRole("button", { name: "Pay" })).toHaveAttribute("aria-keyshortcuts", "F4");
  await page.keyboard.press("F4");
  await expect(page.getByRole("region", { name: "Payment" })).toBeVisible();
  await go(page, "sheet keys");
  await sheet.getByRole("button", { name: "All keys as they came" }).click();
  await go(page, "register");
  await expect(page.getByRole("button", { name: "Pay" })).toHaveAttribute("aria-keyshortcuts", "F9");
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 1024, height: 768 } });

  const keys = (page: Page) => page.getByTestId("touch-keyboard");
  const press = async (page: Page, names: readonly string[]): Promise<void> => {
    for (const name of names) await keys(page).getByRole("button", { name, exact: true }).tap();
  };

  async function expectUncovered(page: Page, field: Locator): Promise<void> {
    await expect
      .poll(async () => {
        const board = await keys(page).boundingBox();
        const box = await field.boundingBox();
        return box !== null && board !== null && box.y >= 0 && box.y + box.height <= board.y + 1;
      })
      .toBe(true);
  }

  async function expectLargeKeys(page: Page): Promise<void> {
    const sizes = await keys(page)
      .getByRole("button")
      .evaluateAll((all) => all.map((key) => key.getBoundingClientRect()).filter(({ width }) => width > 0));
    expect(sizes.length).toBeGreaterThan(10);
    for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(48);
  }

  test("keys on the screen find an article, cover no field, and go away", async ({ page, tillPage }) => {
    await openTour(page, tillPage);
    await go(page, "register, empty");
    const search = page.getByRole("searchbox");
    await search.tap();
    await expect(keys(page)).toBeVisible();
    await expectLargeKeys(page);
    await press(page, ["Capital letter", "M", "u", "h", "Delete the last character", "g"]);
    await expect(search).toHaveValue("Mug");
    await expect(search).toBeFocused();
    await expectUncovered(page, search);
    expect(await breaches(page, "keys on the screen", "wcag")).toEqual([]);
    await press(page, ["Put the keys away"]);
    await expect(keys(page)).toBeHidden();
    await search.tap();
    await expect(keys(page)).toBeVisible();
  });

  for (const size of SIZES) {
    test(`in a sheet on ${size.width} px every field is typed into above the keys`, async ({
      page,
      tillPage,
    }) => {
      await page.setViewportSize(size);
      await openTour(page, tillPage);
      await go(page, "sheet customerForm");
      const sheet = page.getByRole("dialog");
      for (const name of ["Phone", "E-mail", "Name"]) {
        const field = sheet.getByLabel(name, { exact: true });
        await field.tap();
        await expect(keys(page)).toBeVisible();
        await expectUncovered(page, field);
        await expectLargeKeys(page);
      }
      await press(page, ["x"]);
      await expect(sheet.getByLabel("Name", { exact: true })).toHaveValue(/x$/);
      await expect(sheet).toBeVisible();
    });
  }

  test("a till with a keyboard shows no keys of its own, and one that is told to shows them always", async ({
    page,
    tillPage,
  }) => {
    await openTour(page, tillPage);
    await go(page, "register, empty");
    const search = page.getByRole("searchbox");
    await search.tap();
    await expect(keys(page)).toBeVisible();
    await page.keyboard.press("m");
    await expect(search).toHaveValue("m");
    await expect(keys(page)).toHaveCount(0);
    await search.tap();
    await expect(search).toBeFocused();
    await expect(keys(page)).toHaveCount(0);
    await go(page, "sheet settings");
    await page.getByRole("button", { name: "Always", exact: true }).tap();
    await go(page, "sheet park");
    await page.getByRole("dialog").getByRole("textbox").focus();
    await expect(keys(page)).toBeVisible();
  });
});

test("on the smallest screen a line and the basket's menu need no scrolling, and a card without its code is sent to the code", async ({
  page,
  tillPage,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTour(page, tillPage);
  for (const stop of ["sheet line", "sheet basketMenu"]) {
    await go(page, stop);
    const last = page.getByRole("dialog").getByRole("button").last();
    await expect(last, stop).toBeInViewport({ ratio: 1 });
  }
  await go(page, "payment, cash");
  // A second way of paying is where room is scarcest.
  await page.keyboard.type("500");
  await page.getByRole("button", { name: "Take €5.00 in cash" }).click();
  await page.getByRole("button", { name: "Card", exact: true }).click();
  const take = page.getByRole("button", { name: /^Take .* by card$/ });
  await expect(take).toBeInViewport({ ratio: 1 });
  await take.click();
  await expect(page.getByText("Type the approval code that the card terminal shows.")).toBeVisible();
  await expect(page.getByLabel("Approval code from the card terminal")).toBeFocused();
  await page.keyboard.type("A123");
  await expect(take).not.toContainText("€1.23");
});

for (const size of [
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
])
  test(`on ${size.width}x${size.height} what is due and the button that takes the rest stay in sight, however many parts are paid`, async ({
    page,
    tillPage,
  }) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await openTour(page, tillPage);
    await go(page, "payment, cash");
    const due = page.getByTestId("remaining");
    const lastKey = page.getByRole("button", { name: "0", exact: true });
    async function expectInSight(take: Locator): Promise<void> {
      await expect(due).toBeInViewport({ ratio: 1 });
      await expect(take).toBeInViewport({ ratio: 1 });
      // Nor does the button lie on the keys.
      const [button, key] = [await take.boundingBox(), await lastKey.boundingBox()];
      expect((key?.y ?? 0) + (key?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0);
    }
    const take = page.getByRole("button", { name: /^Take .* in cash$/ });
    for (const paid of ["500", "300", "200", "100"]) {
      const before = (await due.textContent()) ?? "";
      await page.keyboard.type(paid);
      await take.click();
      await expect(due).not.toHaveText(before);
      await expectInSight(take);
      const parts = page.getByRole("list", { name: "Taken so far" }).getByRole("listitem");
      await expect(parts.last()).toBeInViewport({ ratio: 1 });
    }
    await page.getByRole("button", { name: "Card", exact: true }).click();
    await expectInSight(page.getByRole("button", { name: /^Take .* by card$/ }));
  });

/** Names whose beginning is cut off, though they would have room for it. */
function beheaded(): string[] {
  return [...document.querySelectorAll("bdi")].flatMap((name) => {
    const box = name.closest(".truncate")?.getBoundingClientRect();
    const text = name.firstChild;
    if (box === undefined || !(text instanceof Text) || text.data === "") return [];
    const head = document.createRange();
    head.setStart(text, 0);
    head.setEnd(text, 1);
    const { left, right } = head.getBoundingClientRect();
    return left < box.left - 1 || right > box.right + 1 ? [text.data] : [];
  });
}

test("in Arabic a Latin name that is too long is cut off at its end, and begins where the words around it do", async ({
  page,
  tillPage,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openTour(page, tillPage);
  await moveTo(page, "ar-KW");
  await go(page, "payment, cash");
  const article = page.getByRole("complementary").getByText("Enamel Mug", { exact: true });
  const fromStart = await article.evaluate((name) => {
    const text = document.createRange();
    text.selectNodeContents(name);
    const room = name.closest("span")?.getBoundingClientRect();
    return Math.abs(text.getBoundingClientRect().right - (room?.right ?? 0));
  });
  expect(fromStart).toBeLessThanOrEqual(1);
  const store = page.getByRole("banner").locator(".truncate").first();
  await page.addStyleTag({ content: ".truncate { max-width: 3rem !important; }" });
  expect(await store.evaluate((cut) => cut.scrollWidth > cut.clientWidth)).toBe(true);
  for (const stop of ["payment, cash", "orders", "sheet recall", "sheet count"]) {
    await go(page, stop);
    expect(await page.evaluate(beheaded), stop).toEqual([]);
  }
});

test("goods that are being counted are still counted after a press beside the sheet", async ({
  page,
  tillPage,
}) => {
  await openTour(page, tillPage);
  await go(page, "sheet goods");
  const delivery = page.getByRole("button", { name: /^D-HQ-000001/ });
  await delivery.click();
  await page.getByRole("button", { name: /^One more of/ }).click();
  await page.mouse.click(4, 400);
  await delivery.click();
  await expect(page.getByRole("button", { name: "Receive (1)" })).toBeVisible();
});
