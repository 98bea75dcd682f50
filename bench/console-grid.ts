import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { catalogueAnswerSchema } from "#protocol/hq/catalogue.ts";
import { seededRandom } from "../sync-server/demo/random.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { p50AndP99 } from "./figures.ts";
import { bareListPage } from "./floors/bare-list.ts";
import type { Measured, Params } from "./metric.ts";
import { BenchBrowser, type Tasks } from "./programs/browser.ts";
import type { BenchServer } from "./programs/server.ts";
import { openServer } from "./stand.ts";

const CONSOLE = resolve(import.meta.dirname, "../dist/console/index.html");
const WINDOW = 100;
/** Frames from the first row to the last: about ten seconds of pulling the bar, two hundred rows and more in each. */
const FRAMES = 400;
/** No task is to be longer. */
const LONG_MS = 100;
const TYPED = "merino jacke";
/** Between two letters: a quick typist. */
const LETTER_MS = 90;
const ADMIN = { email: "hanna@example.com", password: "a long row of bicycles" };
const WARM_UP = 5;
/** Each is another question, so that none is answered from before. */
const QUESTIONS = [
  "sort=title",
  "sort=price&down=true",
  "sort=stock",
  "search=regenjacke",
  "search=ART-00",
  "search=ja",
  "brand=Halvard&sort=price",
  "category=Bags&category=Jackets",
  "gtin=no",
  "stock=in&sort=changed&down=true",
] as const;

/** The catalogue page of HQ over the whole assortment: seen, scrolled and filtered in a real browser, and what the server takes for it. */
export const consoleGrid: Benchmark = {
  name: "console-grid",
  what: "HQ's catalogue in Chromium: time to first rows, longest task while scrolling all rows and while typing a filter, windows of the server; floor: a bare list of as many rows, a bare request",
  usual: { skus: 100_000, samples: 200 },
  async *run(run: Run): AsyncGenerator<Measured> {
    if (!existsSync(CONSOLE)) throw new Error("the console is not built: npm run build");
    const server = await openServer(run);
    const params = { skus: run.skus };
    const key = await server.hqKey();
    run.say("asking for windows");
    yield* windowTimes(run, server, key);
    run.say("opening the page");
    const browser = await BenchBrowser.open();
    try {
      const { page } = browser;
      await signIn(page, await server.setUpLink());
      await page.goto(`${server.address}/console/#/catalogue`);
      await page.reload();
      const firstRows = await sinceStart(page, () =>
        page.getByRole("treegrid").getByRole("row").nth(10).getByText("€").waitFor(),
      );
      run.say("scrolling and typing");
      const scrolled = await browser.tasksOf(() => scrollThrough(page, "[role=treegrid]"));
      const typed = await browser.tasksOf(() => typeFilter(page));
      await page.getByRole("status").filter({ hasText: "product" }).waitFor();
      run.say("measuring the floor");
      await page.goto("about:blank");
      await page.setContent(bareListPage(run.skus));
      const bareRows = await sinceStart(page, () => page.getByText("Row 10 ").waitFor());
      const bareScrolled = await browser.tasksOf(() => scrollThrough(page, "#list"));
      const bareTyped = await browser.tasksOf(() => typeFilter(page));
      yield { metric: "first-rows", value: firstRows, unit: "ms", floor: bareRows, params };
      yield* longest("scroll", scrolled, bareScrolled, params);
      yield* longest("type", typed, bareTyped, params);
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

/** As the console's first admin. */
async function signIn(page: Page, setUpLink: string): Promise<void> {
  await page.goto(setUpLink);
  await page.getByLabel("Your name").fill("Hanna Vogt");
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("New password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").first().waitFor();
}

function* longest(name: string, tasks: Tasks, floor: Tasks, of: Params): Generator<Measured> {
  const params = { ...of, tasks: tasks.length, over100ms: tasks.filter(({ ms }) => ms > LONG_MS).length };
  const most = (all: Tasks, time: "ms" | "cpuMs") => Math.max(...all.map((task) => task[time]));
  yield {
    metric: `${name}.longest-task`,
    value: most(tasks, "ms"),
    unit: "ms",
    floor: most(floor, "ms"),
    params,
  };
  // What it is on a machine that does nothing else; the wall clock of a busy one says little.
  yield {
    metric: `${name}.longest-task-cpu`,
    value: most(tasks, "cpuMs"),
    unit: "ms",
    floor: most(floor, "cpuMs"),
    params: { ...params, over100ms: tasks.filter(({ cpuMs }) => cpuMs > LONG_MS).length },
  };
}

/** Milliseconds from the page's beginning until something is seen in it. */
async function sinceStart(page: Page, seen: () => Promise<void>): Promise<number> {
  await seen();
  return page.evaluate(() => performance.now());
}

async function scrollThrough(page: Page, scroller: string): Promise<void> {
  await page.evaluate(
    async ({ selector, frames }) => {
      const list = document.querySelector(selector);
      if (list === null) throw new Error(`the page has no ${selector}`);
      const end = list.scrollHeight - list.clientHeight;
      for (let frame = 1; frame <= frames; frame += 1) {
        list.scrollTop = (end * frame) / frames;
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
    },
    { selector: scroller, frames: FRAMES },
  );
}

async function typeFilter(page: Page): Promise<void> {
  const field = page.getByRole("searchbox");
  await field.click();
  await field.pressSequentially(TYPED, { delay: LETTER_MS });
  // The last answer is drawn as well.
  await page.waitForTimeout(1_000);
}

/** First windows of questions, and windows all over the catalogue of one that is known; beside them a request that asks nothing. */
async function* windowTimes(
  { skus, samples }: Run,
  { address }: BenchServer,
  key: string,
): AsyncGenerator<Measured> {
  const headers = { authorization: `Bearer ${key}` };
  const timed = async (path: string) => {
    const start = performance.now();
    const answer = await fetch(new URL(path, address), { headers });
    const text = await answer.text();
    const ms = performance.now() - start;
    if (!answer.ok) throw new Error(`${path}: ${text}`);
    return { ms, text };
  };
  const window = async (query: string) => {
    const { ms, text } = await timed(`/hq/v1/catalogue?limit=${WINDOW}&${query}`);
    return { ms, answer: catalogueAnswerSchema.parse(JSON.parse(text)) };
  };
  // Prices and orders are looked at once after an import.
  for (const query of QUESTIONS) await window(query);
  const questions: number[] = [];
  for (const query of QUESTIONS)
    for (let again = 0; again < WARM_UP; again += 1) questions.push((await window(query)).ms);
  const { order, total } = (await window("sort=title")).answer;
  if (total !== skus) throw new Error(`the catalogue has ${total} products, not ${skus}`);
  const random = seededRandom(1);
  const windows: number[] = [];
  const bare: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const offset = random.between({ from: 0, to: total - 1 });
    windows.push((await window(`sort=title&order=${order}&offset=${offset}`)).ms);
    bare.push((await timed("/healthz")).ms);
  }
  const params = { skus, rows: WINDOW };
  yield* p50AndP99({ name: "question", times: questions, floor: bare, params });
  yield* p50AndP99({ name: "window", times: windows, floor: bare, params });
}
