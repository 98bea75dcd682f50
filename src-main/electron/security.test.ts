import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import {
  CONTENT_SECURITY_POLICY,
  isInsideTill,
  isPermitted,
  SCHEME_PRIVILEGES,
  WEB_PREFERENCES,
} from "./security.ts";

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Every node of a program, parents first. */
function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const part of value) yield* nodesOf(part);
  else if (isNode(value)) {
    yield value;
    for (const part of Object.values(value)) yield* nodesOf(part);
  }
}

function nodesOfSource(name: string, source: string): Node[] {
  const parsed = parseSync(name, source);
  if (parsed.errors.length > 0) throw new Error(`${name} does not parse`);
  return [...nodesOf(parsed.program)];
}

function namesUsed(nodes: readonly Node[]): Set<string> {
  const names = nodes.filter((node) => node.type === "Identifier").map((node) => String(node.name));
  return new Set(names);
}

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => ({
    name,
    nodes: nodesOfSource(name, readFileSync(resolve(import.meta.dirname, name), "utf8")),
  }));

/** What Electron's security checklist warns of and this program has no use for. */
const FORBIDDEN = [
  "ipcMain",
  "contextBridge",
  "openExternal",
  "executeJavaScript",
  "BrowserView",
  "WebContentsView",
  "eval",
  "Function",
  "webviewTagEnabled",
  "insertCSS",
  "openDevTools",
];

describe("the Electron programs, read as a syntax tree", () => {
  it("has the programs to read", () => {
    expect(sources.map((source) => source.name)).toEqual(
      expect.arrayContaining(["main.ts", "preload.ts", "engine-process.ts", "security.ts"]),
    );
  });

  it.each(sources)("$name uses nothing that opens the till to a page", ({ nodes }) => {
    const used = namesUsed(nodes);
    expect(FORBIDDEN.filter((name) => used.has(name))).toEqual([]);
  });

  it("would notice if one did", () => {
    expect(
      namesUsed(nodesOfSource("bad.ts", 'import { shell } from "electron"; shell.openExternal("x");')).has(
        "openExternal",
      ),
    ).toBe(true);
  });

  it("opens a window in one place, with the safe preferences and a preload", () => {
    const windows = sources.flatMap(({ name, nodes }) =>
      nodes
        .filter(
          (node) =>
            node.type === "NewExpression" && isNode(node.callee) && node.callee.name === "BrowserWindow",
        )
        .map((node) => ({ name, used: namesUsed([...nodesOf(node)]) })),
    );
    expect(windows).toHaveLength(1);
    expect(windows[0]!.used.has("WEB_PREFERENCES")).toBe(true);
    for (const preference of ["nodeIntegration", "contextIsolation", "sandbox", "webSecurity"])
      expect(windows[0]!.used.has(preference)).toBe(false);
  });

  it("loads no page by file:// or http://", () => {
    const addresses = sources.flatMap(({ nodes }) =>
      nodes
        .filter((node) => node.type === "Literal" && typeof node.value === "string")
        .map((node) => String(node.value)),
    );
    expect(addresses.filter((text) => /^(file|https?):/.test(text))).toEqual([]);
  });
});

describe("what a page of the till may do", () => {
  it("runs sandboxed, isolated and without Node", () => {
    expect(WEB_PREFERENCES).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      experimentalFeatures: false,
    });
  });

  it("runs only scripts of its own, none inline", () => {
    const directives = new Map(
      CONTENT_SECURITY_POLICY.split("; ").map((directive) => [
        directive.split(" ")[0]!,
        directive.split(" ").slice(1),
      ]),
    );
    expect(directives.get("default-src")).toEqual(["'none'"]);
    expect(directives.get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get("worker-src")).toEqual(["'self'"]);
    expect(CONTENT_SECURITY_POLICY).not.toContain("'unsafe-eval'");
  });

  it("stays inside the till", () => {
    expect(isInsideTill("app://till/index.html#/register")).toBe(true);
    for (const address of [
      "app://till.evil.example/",
      "app://tillx/",
      "https://till/",
      "javascript:alert(1)",
      "app://x@till/",
      "",
    ])
      expect(isInsideTill(address)).toBe(false);
  });

  it("may use the camera, and no microphone, and no other page may", () => {
    const asks = (origin: string | undefined, ...media: readonly string[]) =>
      isPermitted("media", { origin, media });
    expect(asks("app://till/", "video")).toBe(true);
    expect(asks("app://till", "video")).toBe(true);
    expect(asks("app://till/", "audio")).toBe(false);
    expect(asks("app://till/", "video", "audio")).toBe(false);
    expect(asks("app://till/", "unknown")).toBe(false);
    expect(asks("app://till/")).toBe(false);
    for (const elsewhere of ["https://till/", "app://till.evil.example/", "null", "", undefined])
      expect(asks(elsewhere, "video")).toBe(false);
  });

  it("gets no permission it was not given", () => {
    for (const permission of [
      "display-capture",
      "geolocation",
      "notifications",
      "usb",
      "serial",
      "clipboard-read",
      "openExternal",
    ])
      expect(isPermitted(permission, { origin: "app://till/", media: ["video"] })).toBe(false);
  });

  it("cannot bypass the content security policy by its scheme", () => {
    expect(SCHEME_PRIVILEGES).not.toHaveProperty("bypassCSP");
    expect(SCHEME_PRIVILEGES).toMatchObject({ standard: true, secure: true });
  });
});
