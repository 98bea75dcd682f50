import { rm } from "node:fs/promises";
import { type Browser, chromium, type Page, type TestInfo } from "@playwright/test";
import { plainArticles } from "./harness/articles.ts";
import { CASHIER, Cashier } from "./harness/cashier.ts";
import { expect, test } from "./harness/chain.ts";
import { type Scene, writeFilm } from "./harness/film.ts";
import { see } from "./harness/looks.ts";
import { openRegister } from "./harness/register.ts";

/** A browser whose camera plays a film; `allows`: whether somebody would press "Allow" when the page asks for it. */
async function browserWithCamera(info: TestInfo, film: string, allows: boolean): Promise<Browser> {
  const { launchOptions } = info.project.use;
  return chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
      `--use-fake-ui-for-media-stream${allows ? "" : "=deny"}`,
    ],
  });
}

/** A page that keeps every camera it is given, so that a test can tell whether one is still on. */
async function watchedPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    const given: MediaStreamTrack[] = [];
    Object.assign(window, { given });
    devices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      given.push(...stream.getTracks());
      return stream;
    };
  });
  return page;
}

/** Of every camera this page was given: how many are on. */
function camerasOn(page: Page): Promise<number> {
  return page.evaluate(() => {
    const given: unknown = Reflect.get(window, "given");
    return (Array.isArray(given) ? given : []).filter(({ readyState }) => readyState === "live").length;
  });
}

const section = (page: Page) => page.getByRole("region", { name: "Camera" });

async function openDevices(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Set up devices" }).click();
  await section(page).getByRole("button", { name: "On", exact: true }).click();
}

async function setUpAndClose(page: Page): Promise<void> {
  await section(page).getByRole("button", { name: "Set up", exact: true }).click();
  const asking = page.getByRole("dialog", { name: "A manager’s PIN is needed" });
  for (const digit of "999999") await asking.getByRole("button", { name: digit, exact: true }).click();
  await asking.getByRole("button", { name: "Allow it" }).click();
  await expect(asking).toBeHidden();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
}

const still = (code: Scene["code"]): readonly Scene[] => [{ code, frames: 10 }];

test("a camera is tried and set up, and an article held before it is rung up once; closed, hidden or locked it is off", async ({
  chain,
}, info) => {
  const film = info.outputPath("article.y4m");
  const [article] = await plainArticles(chain);
  await writeFilm(film, still({ kind: "ean13", text: article.gtin }));
  const browser = await browserWithCamera(info, film, true);
  try {
    const page = await watchedPage(browser);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).host));
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text());
    });
    const { till, cashier } = await openRegister(chain, page);
    await expect(page.getByRole("button", { name: "Scan with the camera" })).toBeHidden();

    await openDevices(page);
    await section(page).getByRole("button", { name: "Try the camera" }).click();
    await expect(section(page)).toContainText(article.gtin);
    await expect(section(page)).toContainText("ean13");
    await expect(section(page).getByLabel("Which camera").getByRole("option")).not.toHaveCount(1);
    await section(page).scrollIntoViewIfNeeded();
    await see(page, info, "camera-trial");
    await expect(cashier.lines()).toHaveCount(0);
    await setUpAndClose(page);
    await expect.poll(() => camerasOn(page)).toBe(0);

    const button = page.getByRole("button", { name: "Scan with the camera" });
    await button.click();
    await expect(cashier.lines()).toHaveCount(1);
    await see(page, info, "camera-register");
    await expect.poll(() => camerasOn(page)).toBe(1);
    // It lay there all the while: one piece.
    await cashier.exactCash();
    await expect(cashier.done()).toBeVisible();
    await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
    const [sold] = (await chain.server.tickets()).tickets;
    expect(sold!.pieces).toBe(1);
    expect(sold!.ticket.lines.map(({ sku }) => sku)).toEqual([article.sku]);

    await page.getByRole("button", { name: "Switch the camera off" }).click();
    await expect.poll(() => camerasOn(page)).toBe(0);

    await button.click();
    await expect.poll(() => camerasOn(page)).toBe(1);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
      Reflect.deleteProperty(document, "hidden");
    });
    await expect(section(page)).toBeHidden();
    await expect.poll(() => camerasOn(page)).toBe(0);

    await button.click();
    await expect.poll(() => camerasOn(page)).toBe(1);
    await page.getByRole("button", { name: `Lock the till, ${CASHIER.name}` }).click();
    await expect(page.getByRole("heading", { name: "Who is at the till?" })).toBeVisible();
    await expect.poll(() => camerasOn(page)).toBe(0);
    await cashier.signIn();
    await expect(button).toBeVisible();
    await expect(section(page)).toBeHidden();

    // Nothing was asked of anybody but this till, and its security policy let everything through.
    expect([...new Set(asked)].filter((host) => host !== "" && host !== new URL(till.address).host)).toEqual(
      [],
    );
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await rm(film, { force: true });
  }
});

test("GS1 codes and Digital Links are read as from any scanner, one after the other", async ({
  chain,
}, info) => {
  const film = info.outputPath("codes.y4m");
  const [first, second, third] = await plainArticles(chain);
  const gtin14 = (gtin: string) => gtin.padStart(14, "0");
  const nothing = { code: null, frames: 5 };
  await writeFilm(film, [
    { code: { kind: "gs1datamatrix", text: `(01)${gtin14(first.gtin)}(10)LOT-7` }, frames: 15 },
    nothing,
    { code: { kind: "gs1-128", text: `(01)${gtin14(second!.gtin)}(10)B2` }, frames: 15 },
    nothing,
    { code: { kind: "qrcode", text: `https://id.example/01/${gtin14(third!.gtin)}` }, frames: 15 },
    nothing,
  ]);
  const browser = await browserWithCamera(info, film, true);
  try {
    const page = await watchedPage(browser);
    const { cashier } = await openRegister(chain, page);
    await openDevices(page);
    await setUpAndClose(page);
    await page.getByRole("button", { name: "Scan with the camera" }).click();
    // The film begins anew, so what was seen first may be there a second time.
    await expect.poll(() => cashier.lines().count()).toBeGreaterThanOrEqual(3);
    await page.getByRole("button", { name: "Switch the camera off" }).click();
    await cashier.exactCash();
    await expect(cashier.done()).toBeVisible();
    await expect.poll(async () => (await chain.server.tickets()).total).toBe(1);
    const [sold] = (await chain.server.tickets()).tickets;
    const marksOf = (line: object) => ("marks" in line ? line.marks : undefined);
    const lines = sold!.ticket.lines.map((line) => ({ sku: line.sku, marks: marksOf(line) }));
    expect(lines).toContainEqual({ sku: first.sku, marks: { lot: "LOT-7" } });
    expect(lines).toContainEqual({ sku: second!.sku, marks: { lot: "B2" } });
    expect(lines).toContainEqual({ sku: third!.sku, marks: undefined });
  } finally {
    await browser.close();
    await rm(film, { force: true });
  }
});

test("a camera that may not be used, and one that is not there, are said in words", async ({
  chain,
  page,
}, info) => {
  const { till } = await openRegister(chain, page);
  await openDevices(page);
  await section(page).getByRole("button", { name: "Try the camera" }).click();
  await expect(section(page)).toContainText("No camera found. Is it plugged in?");
  await see(page, info, "camera-missing");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: `Lock the till, ${CASHIER.name}` }).click();

  const film = info.outputPath("nothing.y4m");
  await writeFilm(film, still(null));
  const browser = await browserWithCamera(info, film, false);
  try {
    const other = await watchedPage(browser);
    const cashier = new Cashier(other);
    await cashier.open(till.address);
    await cashier.signIn();
    await openDevices(other);
    await section(other).getByRole("button", { name: "Try the camera" }).click();
    await expect(section(other)).toContainText("The till may not use the camera.");
    await expect(section(other).getByRole("button", { name: "Try again" })).toBeVisible();
  } finally {
    await browser.close();
    await rm(film, { force: true });
  }
});
