import type { Page } from "@playwright/test";
import { requestFrameSchema, responseFrameSchema } from "#protocol/till/frames.ts";

/** Answers to calls that wait until they are let through: what somebody does meanwhile is what is looked at. */
export interface Held {
  /** Until so many calls have been asked. */
  asked(count: number): Promise<void>;
  readonly count: number;
  /** Lets through what waits and all that comes. */
  release(): void;
}

/**
 * Holds back, from now on, the answers to what `page` asks of this kind at an address like this: to all of it, or to the `first` so many alone. They are
 * the server's, or those of whatever was routed before.
 */
export async function hold(
  page: Page,
  method: string,
  path: RegExp,
  { first = Number.POSITIVE_INFINITY }: { readonly first?: number } = {},
): Promise<Held> {
  let count = 0;
  const waiting: (() => void)[] = [];
  const heard: (() => void)[] = [];
  let isOpen = false;
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    count += 1;
    for (const hear of heard) hear();
    if (!isOpen && count <= first) await new Promise<void>((done) => waiting.push(done));
    // The page may be gone by then.
    await route.fallback().catch(() => undefined);
  });
  return {
    get count() {
      return count;
    },
    asked: (wanted) =>
      new Promise((done) => {
        const look = () => {
          if (count >= wanted) done();
        };
        heard.push(look);
        look();
      }),
    release() {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}

/** Holds back what the engine shows of a view, on a till's page that is opened from now on; what it answers lets it through. */
export async function holdView(page: Page, view: string): Promise<() => void> {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  await page.routeWebSocket(/\/rpc$/, (line) => {
    let watch = 0;
    const engine = line.connectToServer();
    line.onMessage((message) => {
      const frame = requestFrameSchema.parse(JSON.parse(String(message)));
      if (frame.frame === "watch" && frame.view === view) watch = frame.id;
      engine.send(message);
    });
    engine.onMessage((message) => {
      const { frame, id } = responseFrameSchema.parse(JSON.parse(String(message)));
      if (isOpen || frame !== "view" || id !== watch) line.send(message);
      else waiting.push(() => line.send(message));
    });
  });
  return () => {
    isOpen = true;
    for (const go of waiting.splice(0)) go();
  };
}

/** The first answer to what `page` asks of this kind is lost, once the server has done it. Gives the addresses that were asked. */
export async function loseFirst(page: Page, method: string, path: RegExp): Promise<readonly string[]> {
  const asked: string[] = [];
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    asked.push(route.request().url());
    if (asked.length > 1) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  return asked;
}
