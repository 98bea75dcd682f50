import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const PROGRAMS = "{domain,protocol,paper,src-main,src-renderer,sync-server,demo}/**/*.{ts,tsx,js,html}";
const NO_PROGRAM = /\.(test|spec)\.|\/(testing|contract|node_modules)\/|for-tests|\/fake-|-contract\.ts$/;

const sources = globSync(PROGRAMS, { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !NO_PROGRAM.test(path))
  .map((path) => ({ path, lines: readFileSync(resolve(root, path), "utf8").split("\n") }));

/** Lines on which `pattern` is found, without the comments, as `path: what stands there`. */
function found(pattern: RegExp): readonly string[] {
  return sources.flatMap(({ path, lines }) =>
    lines
      .filter((line) => !/^\s*(\*|\/\*|\/\/)/.test(line) && pattern.test(line.replace(/\/\*.*?\*\//g, "")))
      .map((line) => `${path}: ${line.trim()}`),
  );
}

/** How what nobody else may know is called here. */
const SECRET = "\\w*(?:[sS]ecret|[tT]oken|[sS]ignature|[pP]assword|[hH]mac|[dD]igest|[pP]in|[vV]erifier)";
const EQUALS = "\\s*[!=]==(?!=)\\s*";
/** Whether there is one at all, or which of a few words it is, tells nobody anything. */
const KNOWN = "null|undefined|true|false|[\"'`\\d]";
const COMPARED = new RegExp(
  `\\b${SECRET}\\b[)\\]]*${EQUALS}(?<!\\s)(?!\\s*(?:${KNOWN}))|${EQUALS}(?:[\\w?]+\\.)*${SECRET}\\b(?!\\??\\.length)`,
);

/** What looks like a secret that is compared as any text is, and why it may be. */
const NO_SECRETS: Readonly<Record<string, string>> = {
  "domain/orders/pickup-code.ts":
    "SHA-256 of a salted code: how far two hashes agree tells nothing of the code",
  "domain/returns/code/read-code.ts": "the digest of a purchase, printed on its receipt",
  "domain/staff/pin-choice.ts": "whether a PIN that somebody chooses is the same read backwards",
  "src-main/devices/payment-terminal/nexo-line.ts": "the fingerprint of a certificate, which is public",
  "sync-server/storage/copies/contents.ts":
    "what all rows of a table come to, which stands in the backup beside them",
  "src-main/engine/shop/roster.ts": "SHA-256 of a badge's random code, on this machine",
};

describe("secrets", () => {
  it("are compared in constant time, or looked up by their hash", () => {
    const offending = found(COMPARED).filter(
      (line) => NO_SECRETS[line.slice(0, line.indexOf(": "))] === undefined,
    );
    expect(offending).toEqual([]);
  });

  it("would be found where somebody compared one as any text", () => {
    for (const line of [
      "if (given === token)",
      "return webhookSecret === expected;",
      "signature !== given",
      "if (a.b === key.apiToken) return",
      "expected === session.token",
    ])
      expect(COMPARED.test(line), line).toBe(true);
    for (const line of [
      "token === null",
      'secret !== ""',
      "pin === undefined",
      "given.length !== token.length",
    ])
      expect(COMPARED.test(line), line).toBe(false);
  });

  it("are made by the system's source of randomness alone: what `Math.random` is for is spreading tries over time", () => {
    expect(new Set(found(/Math\.random/).map((line) => line.slice(0, line.indexOf(": "))))).toEqual(
      new Set([
        "src-main/browser/main.ts",
        "src-main/electron/engine-process.ts",
        "sync-server/chores.ts",
        "sync-server/http/deps.ts",
        "sync-server/main.ts",
      ]),
    );
  });
});

describe("markup", () => {
  it("is put into a page by nobody as text: React and `textContent` do, so that a name never becomes an element", () => {
    const ways =
      /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment|javascript:/i;
    expect(found(ways)).toEqual([]);
  });

  it("is written by hand in these files alone, and http/markup.test.ts and domain/receipt/html.test.ts try names on each", () => {
    const writes = found(/<!doctype html|["'`]<(html|body|svg|table|section|p|h1)[ >]/).map((line) =>
      line.slice(0, line.indexOf(": ")),
    );
    expect([...new Set(writes)].filter((path) => !path.endsWith(".html")).sort()).toEqual([
      "domain/receipt/html.ts",
      "protocol/codes/qr-svg.ts",
      "sync-server/access/compose-link.ts",
      "sync-server/customers/export-page.ts",
      "sync-server/demo/pictures/draw.ts",
      "sync-server/reports/compose.ts",
    ]);
  });

  it("of our own pages has no script and no handler within it", () => {
    for (const { path, lines } of sources.filter((each) => each.path.endsWith(".html")))
      expect(lines.join("\n"), path).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|\son\w+=/i);
  });
});

it("no program runs a text as code, nor hands one to a shell", () => {
  expect(
    found(/\beval\(|new Function\(|node:vm\b|shell: true|\bexecSync\(|[{,]\s*exec\b.*node:child_process/),
  ).toEqual([]);
});
