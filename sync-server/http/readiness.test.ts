import fastify from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerForTests } from "../server-for-tests.ts";
import type { Storage } from "../storage/port.ts";
import { createReadiness } from "./readiness.ts";

let parts: ServerForTests;
beforeEach(async () => {
  parts = await ServerForTests.open();
});
afterEach(() => parts.close());

test("a server that goes says so, serves on for a while, lets what is being answered end and takes nothing new then", async () => {
  const readiness = createReadiness(parts.storage);
  const app = fastify();
  readiness.attach(app);
  let finish: () => void = () => undefined;
  app.get("/slow", async () => {
    await new Promise<void>((done) => {
      finish = done;
    });
    return "done";
  });
  const address = await app.listen({ port: 0 });
  const statusOf = async (path: string) => (await fetch(`${address}${path}`)).status;
  expect([await statusOf("/healthz"), await statusOf("/readyz"), await statusOf("/livez")]).toEqual([
    200, 200, 200,
  ]);
  const slow = fetch(`${address}/slow`);
  const ended: string[] = [];
  let over: () => void = () => undefined;
  const noticeOver = new Promise<void>((done) => {
    over = done;
  });
  const endStreams = () => {
    ended.push("streams");
    over();
  };
  const drained = readiness.drain({ noticeMs: 3_000, endStreams }).then(() => ended.push("all"));
  expect([await statusOf("/readyz"), await statusOf("/healthz"), await statusOf("/livez")]).toEqual([
    503, 503, 200,
  ]);
  expect(ended).toEqual([]);
  await noticeOver;
  expect(ended).toEqual(["streams"]);
  expect(await statusOf("/livez")).toBe(503);
  finish();
  expect(await (await slow).text()).toBe("done");
  await drained;
  expect(ended).toEqual(["streams", "all"]);
  await app.close();
});

test("a server whose database does not answer is alive and not ready", async () => {
  const away = {
    read: () => Promise.reject(new Error("away")),
  } satisfies Partial<Storage> as unknown as Storage;
  const app = fastify();
  createReadiness(away).attach(app);
  expect((await app.inject("/readyz")).statusCode).toBe(503);
  expect((await app.inject("/livez")).statusCode).toBe(200);
  await app.close();
});
