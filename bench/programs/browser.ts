import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "@playwright/test";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const SIZE = { width: 1280, height: 900 };

/** Tasks of a page's main thread while something was done in it: how long each took, and for how long of that it had the processor (milliseconds). */
export type Tasks = readonly { readonly ms: number; readonly cpuMs: number }[];

/** The whole browser, as people have it (Debian's package `chromium`); `CHROMIUM_PATH` says which where it lies elsewhere. */
export class BenchBrowser {
  readonly #browser: Browser;
  readonly page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  /** Throws where there is no Chromium. */
  static async open(): Promise<BenchBrowser> {
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    const page = await browser.newPage({ viewport: SIZE });
    return new BenchBrowser(browser, page);
  }

  /** Does something in the page and tells the tasks of its main thread meanwhile, as the browser's own trace has them. */
  async tasksOf(act: () => Promise<void>): Promise<Tasks> {
    await this.#browser.startTracing(this.page, {
      categories: ["toplevel", "devtools.timeline", "__metadata"],
    });
    await act();
    const trace = (await this.#browser.stopTracing()).toString("utf8");
    return mainThreadTasks(JSON.parse(trace) as Trace);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Where this machine's Chromium lies. Throws where there is none. */
export function chromiumPath(): string {
  const path = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (path === undefined) throw new Error("no Chromium found: set CHROMIUM_PATH");
  return path;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  /** The same, of the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
interface Trace {
  readonly traceEvents: readonly TraceEvent[];
}

/** Tasks of the threads that draw pages; the browser has one for each site. Throws where the trace tells of none. */
function mainThreadTasks({ traceEvents }: Trace): Tasks {
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents
    .filter(({ name, ph, pid, tid }) => ph === "X" && name.endsWith("RunTask") && main.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1_000, cpuMs: tdur / 1_000 }));
  if (tasks.length === 0) throw new Error("the browser's trace tells of no task");
  return tasks;
}
