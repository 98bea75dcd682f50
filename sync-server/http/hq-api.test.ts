import { afterAll, beforeAll, expect, test } from "vitest";
import { ServerForTests } from "../server-for-tests.ts";
import { HQ_API, HQ_AREAS } from "./hq-api.ts";
import { buildServer } from "./server.ts";

const served: string[] = [];
let server: ServerForTests;
beforeAll(async () => {
  server = await ServerForTests.open();
  const app = await buildServer(server.deps, {
    logger: null,
    consoleRoot: null,
    onRoute: ({ method, url }) => {
      for (const each of [method].flat())
        if (url.startsWith("/hq/") && each !== "HEAD") served.push(`${each} ${url}`);
    },
  });
  await app.close();
});
afterAll(() => server.close());

test("every address of HQ that the server has is a declared call, and each of those is served", () => {
  const declared = Object.values(HQ_API).map(({ method, path }) => `${method} ${path}`);
  expect(declared.sort()).toEqual(served.sort());
});

test("each call has a name of its own", () => {
  const names = Object.values(HQ_AREAS).flatMap((groups) => groups.flatMap((calls) => Object.keys(calls)));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("whatever changes something leaves a trail", () => {
  const silent = Object.entries(HQ_API).filter(
    ([, { method, trail }]) => (method === "PUT" || method === "DELETE") && trail === "none",
  );
  expect(silent).toEqual([]);
  // These only work something out of what they are sent; what signs people in writes into the audit log by itself.
  const posting = Object.entries(HQ_API).filter(
    ([, { method, trail, open }]) => method === "POST" && trail === "none" && open !== true,
  );
  expect(posting.map(([name]) => name).sort()).toEqual(["labels", "simulateBasket"]);
});

test("whatever takes a right to see changes nothing", () => {
  const wrong = Object.entries(HQ_API).filter(
    ([, { right, trail }]) => right?.endsWith(".read") && trail !== "none",
  );
  expect(wrong.map(([name]) => name)).toEqual([]);
});
