import { sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress } from "./app-protocol.ts";

const root = ["", "opt", "onetill", "renderer"].join(sep);

describe("the till's own address scheme", () => {
  it("serves the start page and what was built beside it", () => {
    expect(readAddress("app://till/", root)).toEqual({
      kind: "file",
      path: `${root}${sep}index.html`,
      mime: "text/html; charset=utf-8",
    });
    expect(readAddress("app://till/assets/index-1a2b.js", root)).toMatchObject({
      kind: "file",
      mime: "text/javascript; charset=utf-8",
    });
  });

  it("serves the camera's decoder as what it is", () => {
    expect(readAddress("app://till/assets/reader-1a2b.wasm", root)).toMatchObject({
      kind: "file",
      mime: "application/wasm",
    });
  });

  it("hands a picture's address to the engine", () => {
    const hash = "ab".repeat(32);
    expect(readAddress(`app://till/pictures/${hash}`, root)).toEqual({ kind: "picture", hash });
    expect(readAddress("app://till/pictures/..%2f..%2fkey", root).kind).toBe("refused");
  });

  it.each([
    "app://till/..%2f..%2f..%2fetc%2fpasswd.json",
    "app://till/%2e%2e/%2e%2e/secret.json",
    "app://till/a%00.js",
    "app://till/..%5c..%5csecret.json",
    "app://till/%zz.js",
    "app://elsewhere/index.html",
    "app://till:81/index.html",
    "app://user@till/index.html",
    "file:///etc/passwd",
    "https://till/index.html",
    "not an address",
  ])("refuses %s", (address) => {
    expect(readAddress(address, root)).not.toMatchObject({ kind: "picture" });
    const asked = readAddress(address, root);
    if (asked.kind === "file") expect(asked.path.startsWith(root + sep)).toBe(true);
    else expect(asked.kind).toBe("refused");
  });

  it("never leaves the renderer's folder, whatever the path", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("..", ".", "a", "%2e%2e", "%2f", "%5c", "x.js", "//")),
        (parts) => {
          const asked = readAddress(`app://till/${parts.join("/")}`, root);
          return asked.kind !== "file" || asked.path.startsWith(root + sep);
        },
      ),
    );
  });

  it("serves no kind of file that the renderer does not have", () => {
    expect(readAddress("app://till/main.cjs", root)).toEqual({ kind: "refused", status: 404 });
  });
});
