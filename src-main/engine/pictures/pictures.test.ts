import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Unreachable } from "../sync/server-client.ts";
import { type Picture, Pictures } from "./pictures.ts";

const SVG = Buffer.from("<svg/>");
const HASH = createHash("sha256").update(SVG).digest("hex");
const picture: Picture = { mime: "image/svg+xml", bytes: SVG };

let folder: string;
let asked: string[];
let answer: () => Promise<Picture | null>;
let paired: boolean;
let pictures: Pictures;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-pictures-"));
  asked = [];
  answer = async () => picture;
  paired = true;
  pictures = open();
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): Pictures {
  return new Pictures({
    dataDir: folder,
    client: () =>
      paired
        ? {
            picture: (hash) => {
              asked.push(hash);
              return answer();
            },
          }
        : null,
  });
}

function files(): readonly string[] {
  return readdirSync(join(folder, "pictures"));
}

describe("S71 a product's picture", () => {
  test("is fetched once and kept for good: without a network and after a restart it is still there", async () => {
    expect(await pictures.get(HASH)).toEqual(picture);
    answer = () => Promise.reject(new Unreachable("gone"));
    expect(await pictures.get(HASH)).toEqual(picture);
    expect(await open().get(HASH)).toEqual(picture);
    expect(asked).toEqual([HASH]);
  });

  test("asked for by many tiles at once is fetched once", async () => {
    expect(await Promise.all([pictures.get(HASH), pictures.get(HASH), pictures.get(HASH)])).toEqual([
      picture,
      picture,
      picture,
    ]);
    expect(asked).toEqual([HASH]);
  });

  test.each<[string, () => Promise<Picture | null>]>([
    ["the server does not have", async () => null],
    ["cannot be fetched now", () => Promise.reject(new Unreachable("gone"))],
    ["is another one than asked for", async () => ({ mime: "image/png", bytes: Buffer.from("another") })],
    ["is no picture", async () => ({ mime: "text/html", bytes: SVG })],
    ["claims no kind at all", async () => ({ mime: "", bytes: SVG })],
  ])("that %s is left out without a word, kept nowhere, and asked for again later", async (_, answered) => {
    answer = answered;
    expect(await pictures.get(HASH)).toBeNull();
    answer = async () => picture;
    expect(await pictures.get(HASH)).toEqual(picture);
    expect(files()).toEqual([`${HASH}.svg`]);
  });

  test("is not asked for by a till that is not paired", async () => {
    paired = false;
    expect(await pictures.get(HASH)).toBeNull();
    expect(asked).toEqual([]);
  });

  test.each(["", "../identity", `${HASH}/../x`, HASH.toUpperCase(), HASH.slice(1)])(
    "is named by its hash: %j is none, and no file",
    async (name) => {
      writeFileSync(join(folder, "identity.svg"), "secret");
      expect(await pictures.get(name)).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  test.each([`${HASH}.svg`, `${HASH}.svg.new`])(
    "half of which was written when the power went (as %s) is fetched again",
    async (file) => {
      await pictures.get(HASH);
      rmSync(join(folder, "pictures", `${HASH}.svg`));
      writeFileSync(join(folder, "pictures", file), "<sv");
      expect(await open().get(HASH)).toEqual(picture);
      expect(asked).toEqual([HASH, HASH]);
      expect(files()).toEqual([`${HASH}.svg`]);
    },
  );

  test("that is fetched ahead is kept, and one that is kept is not fetched again", async () => {
    expect(await pictures.keep(HASH)).toBe(true);
    expect(await pictures.keep(HASH)).toBe(true);
    expect(asked).toEqual([HASH]);
  });

  test("that cannot be fetched ahead says so, so that it is tried again; one that does not exist is let go of", async () => {
    answer = () => Promise.reject(new Unreachable("gone"));
    await expect(pictures.keep(HASH)).rejects.toThrow(Unreachable);
    answer = async () => null;
    expect(await pictures.keep(HASH)).toBe(false);
  });
});
