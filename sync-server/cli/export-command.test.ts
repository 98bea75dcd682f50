import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildServer } from "../http/server.ts";
import { ServerForTests, TEST_ENGINE } from "../server-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";
import { writeDay } from "../testing/audited-day.ts";

const KEY = "hq_key-of-the-test-shop-0123456789";
const HQ = join(import.meta.dirname, "hq.ts");
const JOURNAL = "journal/till-01-epoch-1.ndjson";

let server: ServerForTests;
let app: FastifyInstance;
let folder: string;
let online: readonly string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-export-"));
  server = await ServerForTests.open();
  await server.storage.write((tx) => tx.addHqKey(hashSecret(KEY), server.deps.now()));
  app = await buildServer(server.deps, { logger: null, consoleRoot: null });
  online = ["--server", await app.listen({ host: "127.0.0.1", port: 0 }), "--key", KEY];
  const paired = await server.pair();
  const taken = await server.deps.ingestion.ingest(await paired.record(), [...writeDay(paired.till)]);
  expect(taken.ok).toBe(true);
});
afterEach(async () => {
  await app.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function hq(
  ...args: readonly string[]
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
    const options = { cwd: folder, env: { PATH, NODE_COMPILE_CACHE } };
    const child = execFile(process.execPath, [HQ, ...args], options, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

if (TEST_ENGINE === "sqlite")
  test("a journal exported over the wire, and one from the database alone, are both found to be right", async () => {
    const wire = await hq("journal", "export", "--store", "ber1", "--out", "wire.zip", ...online);
    expect(wire).toMatchObject({ status: 0, err: "" });
    expect(wire.out).toContain("SHA-256 of the manifest: ");
    const alone = await hq(
      "journal",
      "export",
      "--store",
      "BER1",
      "--out",
      "alone",
      "--database",
      server.file,
    );
    expect(alone).toMatchObject({ status: 0, err: "" });
    for (const place of ["wire.zip", "alone"]) {
      const judged = await hq("journal", "verify", place);
      expect(judged).toMatchObject({ status: 0 });
      expect(judged.out).toContain("Nothing is wrong: 14 entries of 1 tills, 5 tickets, 1 Z reports");
    }
    const pinned = await hq("journal", "verify", "wire.zip", "--keys", join("alone", "keys.json"), "--json");
    expect(JSON.parse(pinned.out)).toMatchObject({ ok: true, keys: "pinned", findings: [] });
  });

test("a journal in which somebody changed a price: status 1, and where", async () => {
  await hq("journal", "export", "--store", "BER1", "--out", "journal", ...online);
  const file = join(folder, "journal", JOURNAL);
  writeFileSync(file, readFileSync(file, "utf8").replace('"minor":2380', '"minor":1380'));
  const judged = await hq("journal", "verify", "journal");
  expect(judged.status).toBe(1);
  expect(judged.out).toContain("till 1, epoch 1, entry 3: The entry was changed after it was written");
  const { ok, findings } = JSON.parse((await hq("journal", "verify", "journal", "--json")).out);
  expect({ ok, findings }).toMatchObject({
    ok: false,
    findings: expect.arrayContaining([
      expect.objectContaining({ kind: "badHash", register: 1, epoch: 1, seq: 3 }),
    ]),
  });
});

test("books in each form, into a folder or a ZIP file", async () => {
  for (const [format, name] of [
    ["csv", "tickets.csv"],
    ["json", "books.json"],
    ["dsfinvk", "index.xml"],
    ["saft", "saft.xml"],
  ] as const) {
    const told = await hq(
      "export",
      "--format",
      format,
      "--store",
      "BER1",
      "--out",
      format,
      "--json",
      ...online,
    );
    expect(JSON.parse(told.out)).toMatchObject({ ok: true, files: expect.arrayContaining([name]) });
  }
});

if (TEST_ENGINE === "sqlite")
  test("each thing that can be wrong has its sentence", async () => {
    const to = ["--out", "there"];
    const failures: readonly (readonly [number, readonly string[], string])[] = [
      [2, ["journal"], "takes export or verify"],
      [2, ["journal", "export", ...to], "--store CODE is missing"],
      [2, ["journal", "export", "--store", "BER1"], "--out DIR or FILE.zip is missing"],
      [
        2,
        ["journal", "export", "--store", "BER1", "--from", "soon", ...to],
        "--from soon: that is not how it is written",
      ],
      [2, ["journal", "verify"], "Which export?"],
      [2, ["export", "--store", "BER1", ...to], "--format is missing or unknown"],
      [1, ["journal", "verify", "gone"], "There is no file or folder gone."],
      [1, ["journal", "verify", HQ], "neither a folder nor a ZIP file"],
      [1, ["journal", "export", "--store", "XX9", ...to, ...online], "There is no store XX9."],
      [
        1,
        ["journal", "export", "--store", "XX9", ...to, "--database", server.file],
        "There is no store XX9.",
      ],
      [
        1,
        ["journal", "export", "--store", "BER1", ...to, "--database", HQ],
        "is no database of a Onetill server",
      ],
      [1, ["journal", "export", "--store", "BER1", "--out", "."], "HQ's key is missing"],
    ];
    for (const [status, args, sentence] of failures) {
      const told = await hq(...args);
      expect({ args, ...told }).toMatchObject({ status, err: expect.stringContaining(sentence) });
    }
  });
