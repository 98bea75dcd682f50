import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { importReportSchema } from "#protocol/hq/import.ts";
import { keysAnswerSchema } from "#protocol/hq/keys.ts";
import { buildServer } from "../http/server.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";

const KEY = "hq_key-of-the-test-shop-0123456789";
const HQ = join(import.meta.dirname, "hq.ts");

let server: ServerForTests;
let app: FastifyInstance;
let address: string;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-cli-"));
  server = await ServerForTests.open();
  await server.storage.write((tx) => tx.addHqKey(hashSecret(KEY), server.deps.now()));
  app = await buildServer(server.deps, { logger: null, consoleRoot: null });
  address = await app.listen({ host: "127.0.0.1", port: 0 });
  writeFileSync(join(folder, "hq.key"), `${KEY}\n`);
});
afterEach(async () => {
  await app.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as people do: a process of its own, in a folder without any data. */
function hq(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
    const options = { cwd: folder, env: { PATH, NODE_COMPILE_CACHE, ...environment } };
    const child = execFile(process.execPath, [HQ, ...args], options, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

function fileWith(content: string | Uint8Array): string {
  const file = join(folder, "export.csv");
  writeFileSync(file, content);
  return file;
}

const GOOD = "Handle,Title,Variant SKU,Variant Price\nmug,Mug,M,9.90\ntub,Tub,T,\n";

test("a dry run tells what would change, the import does it, both in words", async () => {
  const file = fileWith(GOOD);
  const dry = await hq(["import", file, "--server", address, "--key", KEY, "--dry-run"]);
  expect(dry).toMatchObject({ status: 0, err: "" });
  expect(dry.out).toContain("nothing was changed");
  expect(dry.out).toContain("+ Mug (mug), 1 variant");
  expect(dry.out).toContain("line 3, Variant Price: the price is missing – row left out");
  const real = await hq(["import", file, "--server", address, "--data", folder]);
  expect(real).toMatchObject({ status: 0 });
  expect(real.out).toContain("1 new product");
  expect(await server.storage.read((tx) => tx.productByHandle("mug"))).toMatchObject({ title: "Mug" });
});

test("a program gets the report as the protocol has it", async () => {
  const { out } = await hq(["import", fileWith(GOOD), "--server", address, "--json"], {
    ONETILL_HQ_KEY: KEY,
  });
  expect(importReportSchema.parse(JSON.parse(out))).toMatchObject({ ok: true, problemCount: 1 });
});

test("a pairing code is printed first, alone on its line; --json prints all of it", async () => {
  const words = await hq(["pair", "--store", "ber1", "--server", address, "--key", KEY]);
  expect(words.out).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}\n/);
  expect(words.out).toContain("Berlin Mitte (BER1)");
  const { out } = await hq(["pair", "--store", "BER1", "--server", address, "--key", KEY, "--json"]);
  expect(pairAnswerSchema.parse(JSON.parse(out))).toMatchObject({ store: "BER1" });
});

test("a file that is no product export: a sentence, and status 1", async () => {
  const file = fileWith(Buffer.from("Handle,Title\ncaf\xe9,x\n", "latin1"));
  const { status, out } = await hq(["import", file, "--server", address, "--key", KEY]);
  expect({ status, out }).toMatchObject({
    status: 1,
    out: expect.stringContaining("Line 2 is not UTF-8 text"),
  });
});

test("control characters of a file do not reach the terminal", async () => {
  const file = fileWith("Handle,Title,SKU,Price\na,A,S,\u{1b}[2Jfree\nb,B,T,1\n");
  const { out } = await hq(["import", file, "--server", address, "--key", KEY]);
  expect(out).toContain("this is no price");
  expect(out).not.toContain("\u{1b}");
});

test("each thing that can be missing has its sentence", async () => {
  const file = fileWith(GOOD);
  const server = ["--server", address];
  const failures: readonly (readonly [readonly string[], string])[] = [
    [["import", "gone.csv", ...server, "--key", KEY], "There is no file gone.csv."],
    [["import", folder, ...server, "--key", KEY], "is a folder"],
    [["import", file, ...server], "HQ's key is missing"],
    [["import", file, ...server, "--data", "nowhere"], "HQ's key cannot be read"],
    [["import", file, ...server, "--key", "hq_wrong-key-0123456789abcdef"], "does not know this HQ key"],
    [["import", file, ...server, "--key", KEY, "--store", "XX9"], "The stores are: BER1, HAM1."],
    [["pair", "--store", "XX9", ...server, "--key", KEY], "There is no store XX9."],
  ];
  for (const [args, sentence] of failures) {
    const { status, err } = await hq(args);
    expect({ args, status, err }).toMatchObject({ status: 1, err: expect.stringContaining(sentence) });
  }
});

test("a server that is not there, and one that is something else", async () => {
  const other = createServer((_request, answer) => answer.end("<html>hello</html>"));
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const bound = other.address();
  const url = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  const strange = await hq(["pair", "--store", "BER1", "--server", url, "--key", KEY]);
  expect(strange).toMatchObject({ status: 1, err: expect.stringContaining("not as a Onetill server") });
  await new Promise((done) => other.close(done));
  const gone = await hq(["pair", "--store", "BER1", "--server", url, "--key", KEY]);
  expect(gone).toMatchObject({ status: 1, err: expect.stringContaining(`No server answers at ${url}.`) });
});

test("a wrong command line is status 2 and shows how it goes", async () => {
  expect(await hq(["explode"])).toMatchObject({
    status: 2,
    out: "",
    err: expect.stringContaining("npm run hq -- import"),
  });
  expect(await hq(["import", "--help"])).toMatchObject({
    status: 0,
    out: expect.stringContaining("--dry-run"),
  });
});

test("a shop's key is printed first, alone on its line, and is one that places orders", async () => {
  const made = await hq(["key", "--scope", "shop", "--name", "Web shop", "--server", address, "--key", KEY]);
  expect(made).toMatchObject({ status: 0, err: "" });
  const [key, ...words] = made.out.split("\n");
  expect(words.join(" ")).toContain('"Web shop"');
  const { statusCode } = await app.inject({
    url: "/shop/v1/baskets/AAAAAAAA",
    headers: { authorization: `Bearer ${key}` },
  });
  expect(statusCode).toBe(404);
});

test("keys are listed with what they reach, and a revoked one opens nothing", async () => {
  const common = ["--server", address, "--key", KEY];
  await hq(["key", "--scope", "shop", "--name", "Web shop", "--channel", "web", ...common]);
  const listed = await hq(["key", "list", ...common]);
  expect(listed.out).toMatch(/^[0-9a-f]{12} {2}hq .*the key you ask with$/m);
  const [, id] = /^([0-9a-f]{12}) {2}shop .*web .*Web shop$/m.exec(listed.out) ?? [];
  const { out } = await hq(["key", "list", ...common, "--json"]);
  // Made within the same millisecond or not: which is first says nothing.
  const { keys } = keysAnswerSchema.parse(JSON.parse(out));
  expect(keys.toSorted((a, b) => a.scope.localeCompare(b.scope))).toMatchObject([
    { scope: "hq", yours: true },
    { id, scope: "shop", channels: ["web"], yours: false },
  ]);
  const revoked = await hq(["key", "revoke", String(id), ...common]);
  expect(revoked).toMatchObject({ status: 0, out: expect.stringContaining("opens nothing from now on") });
  const again = await hq(["key", "revoke", String(id), ...common]);
  expect(again).toMatchObject({ status: 1, err: expect.stringContaining("There is no such key.") });
});
