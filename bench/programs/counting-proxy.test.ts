import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CountingProxy } from "./counting-proxy.ts";

let server: Server;
let proxy: CountingProxy;
beforeEach(async () => {
  server = createServer((_, answer) => answer.end("x".repeat(50_000)));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  proxy = await CountingProxy.open((server.address() as AddressInfo).port);
});
afterEach(() => {
  proxy.close();
  server.close();
});

const ask = async (path: string) => (await fetch(`http://127.0.0.1:${proxy.port}${path}`)).text();

test("everything goes through, and both directions are counted", async () => {
  expect((await ask("/one")).length).toBe(50_000);
  const once = proxy.bytes;
  expect(once).toBeGreaterThan(50_000);
  expect(once).toBeLessThan(52_000);
  await ask("/two");
  expect(proxy.bytes).toBeGreaterThan(once + 50_000);
});

test("a line that is cut lets nobody through until it is mended", async () => {
  proxy.cut();
  await expect(ask("/")).rejects.toThrow();
  proxy.mend();
  expect((await ask("/")).length).toBe(50_000);
});

test("says when something was sent", async () => {
  const asked = proxy.sends("GET /this-one");
  await ask("/another");
  const before = performance.now();
  await ask("/this-one");
  expect(await asked).toBeGreaterThanOrEqual(before);
});
