import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { build, preview } from "vite";

interface Worlds {
  readonly tillPage: string;
}

const PAGE = resolve(import.meta.dirname, "../../src-renderer/testing/harness.html");

/** The till's screens on an engine in memory (`src-renderer/testing`), where each of them can be gone to at once. */
export const test = base.extend<object, Worlds>({
  tillPage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), "onetill-screens-"));
      const quiet = { mode: "renderer", logLevel: "error" } as const;
      await build({ ...quiet, build: { outDir, minify: false, rollupOptions: { input: PAGE } } });
      const served = await preview({
        ...quiet,
        build: { outDir },
        preview: { port: 0, host: "127.0.0.1", open: false },
      });
      const [address] = served.resolvedUrls?.local ?? [];
      if (address === undefined) throw new Error("the till's page is not served");
      await use(new URL("testing/harness.html", address).href);
      await served.close();
      await rm(outDir, { recursive: true });
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

/** What the page lets whoever looks at it do. */
declare const tour: {
  readonly stops: readonly string[];
  readonly go: (stop: string) => Promise<void>;
  readonly cutLine: () => void;
};

/** What the till's other side can do. */
declare const till: {
  readonly moveTo: (locale: string) => void;
  readonly showSync: (sync: { readonly unsent: number }) => void;
};

/** Opens the till's page at its address; answers the screens and sheets that can be gone to. */
export async function openTour(page: Page, address: string): Promise<readonly string[]> {
  await page.goto(address);
  return stopsOn(page);
}

/** The same of a page that is opening already. */
export async function stopsOn(page: Page): Promise<readonly string[]> {
  await page.waitForFunction(() => typeof tour !== "undefined");
  return page.evaluate(() => tour.stops);
}

export function go(page: Page, stop: string): Promise<void> {
  return page.evaluate((to) => tour.go(to), stop);
}

/** The line to the server drops, whatever is open. */
export function cutLine(page: Page): Promise<void> {
  return page.evaluate(() => tour.cutLine());
}

/** The store is somewhere else, and its language is spoken (BCP 47). */
export function moveTo(page: Page, locale: string): Promise<void> {
  return page.evaluate((to) => till.moveTo(to), locale);
}

/** So many entries wait to be sent. */
export function showUnsent(page: Page, unsent: number): Promise<void> {
  return page.evaluate((count) => till.showSync({ unsent: count }), unsent);
}
