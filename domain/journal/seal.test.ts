import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { BEGUN, BERLIN, sha256Hex, TILL } from "../testing/written-chain.ts";
import { canonicalJson } from "./canonical-json.ts";
import { GENESIS_HASH } from "./entry.ts";
import { hashOfContent, sealedWithText } from "./seal.ts";

test("the text of an entry that was just sealed is its canonical JSON, and its hash that of its content", () => {
  const anyId = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(anyId, fc.option(anyId), fc.nat(), (id, staff, at) => {
      const content = {
        id: idOf<"Entry">(id),
        device: TILL,
        epoch: 1,
        seq: 1,
        store: BERLIN,
        staff: staff === null ? null : idOf<"Staff">(staff),
        at: instant(at),
        fact: BEGUN,
        prev: GENESIS_HASH,
      };
      const { entry, text } = sealedWithText({ content, sha256Hex, sign: () => "signed" });
      expect(text).toBe(canonicalJson(entry));
      expect(entry.hash).toBe(sha256Hex(canonicalJson(content)));
      expect(hashOfContent(entry, sha256Hex)).toBe(entry.hash);
    }),
  );
});
