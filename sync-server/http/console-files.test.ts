import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerForTests } from "../server-for-tests.ts";
import { buildServer } from "./server.ts";

let folder: string;
let parts: ServerForTests;
let app: FastifyInstance;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-console-"));
  mkdirSync(join(folder, "console"));
  writeFileSync(join(folder, "console", "index.html"), "<!doctype html><title>HQ</title>");
  writeFileSync(join(folder, "secret.txt"), "not for the browser");
  parts = await ServerForTests.open();
  app = await buildServer(parts.deps, { logger: null, consoleRoot: join(folder, "console") });
});

afterEach(async () => {
  await app.close();
  await parts.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the server's bare address leads to the console", async () => {
  for (const path of ["/", "/console"]) {
    const answer = await app.inject(path);
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe("/console/");
  }
  const page = await app.inject("/console/");
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain("<title>HQ</title>");
});

test("the console's page may run its own scripts only, and in no other site's frame", async () => {
  const { headers } = await app.inject("/console/");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("nothing beside the console's own folder can be fetched", async () => {
  for (const path of ["/console/../secret.txt", "/console/..%2fsecret.txt", "/console/%2e%2e/secret.txt"]) {
    const answer = await app.inject(path);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain("not for the browser");
  }
});
