import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { chromiumPath } from "./browser.ts";
import { memoryOf } from "./memory-of.ts";

/** The scripts of the peers' tills. */
export type PeerPageName = "pouchdb-page" | "rxdb-page" | "rxdb-server-page";

/**
 * A Chromium with a profile on the disk: in the windows that Playwright opens by itself IndexedDB would lie in memory. Its tills have an origin each, and with it
 * a database and connections of their own.
 */
export class PeerBrowser {
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  /** Throws where there is no Chromium. */
  static async open(profile: string): Promise<PeerBrowser> {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    return new PeerBrowser(context);
  }

  /** A window on this address of a server; tills of different numbers share nothing. */
  async show(path: string, { port, till }: { readonly port: number; readonly till: number }): Promise<Page> {
    const page = await this.#context.newPage();
    page.on("pageerror", (error) => console.error(`a peer's page failed: ${error.message}`));
    await page.goto(`http://till-${till}.localhost:${port}${path}`);
    return page;
  }

  /** What all processes of this browser weigh, after a full collection of garbage in this page; bytes. */
  async weigh(page: Page): Promise<number> {
    const session = await this.#context.newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
    const browser = await this.#context.browser()?.newBrowserCDPSession();
    if (browser === undefined) throw new Error("the browser tells nothing of its processes");
    const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
    await browser.detach();
    const root = processInfo.find(({ type }) => type === "browser");
    if (root === undefined) throw new Error("the browser tells nothing of its processes");
    return memoryOf(root.id);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
