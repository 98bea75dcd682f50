import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SERVER_KEY, sha256, signerOf, TILL_KEY, trusting } from "../../testing/receipt-codes.ts";
import type { Purchase } from "../purchase.ts";
import { bytesOfDigits } from "./digits.ts";
import { CODE_CONTEXT, CODE_PREFIX, MAX_CODE_BYTES, MAX_CODE_DIGITS } from "./limits.ts";
import { type CodeSigner, makeReceiptCode } from "./make-code.ts";
import {
  CODE_REFUSALS,
  type CodeKeyOwner,
  type CodeRefusal,
  isSummaryOf,
  readReceiptCode,
} from "./read-code.ts";

interface Vectors {
  /** Raw 32 bytes as base64url. */
  readonly keys: Readonly<
    Record<string, { readonly publicKey: string; readonly revoked: boolean; readonly owner: CodeKeyOwner }>
  >;
  readonly codes: readonly {
    readonly name: string;
    readonly key: string;
    readonly code: string;
    /** Whose ticket it is that the server signs for. */
    readonly origin?: string;
    /** Absent: all its lines are in it. */
    readonly kind?: "summary" | "gift";
    readonly purchase?: Purchase;
    readonly repeats?: { readonly of: string; readonly line: number; readonly times: number };
  }[];
  readonly refusals: readonly {
    readonly reason: CodeRefusal;
    readonly why: string;
    readonly code?: string;
    readonly prefix?: string;
    readonly zeros?: number;
  }[];
}

const text = readFileSync(join(import.meta.dirname, "../../../docs/receipt-code.md"), "utf8");
const vectors: Vectors = JSON.parse(block("json vectors"));
const SIGNERS: Readonly<Record<string, CodeSigner>> = {
  till: TILL_KEY,
  server: SERVER_KEY,
  "revoked till": signerOf("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"),
};
const TRUST = trusting(
  ...Object.values(vectors.keys).map(({ publicKey, revoked, owner }) => ({
    publicKey: Buffer.from(publicKey, "base64url"),
    revoked,
    owner,
  })),
);

function block(kind: string): string {
  const found = new RegExp(`\`\`\`${kind}\\n([\\s\\S]+?)\\n\`\`\``).exec(text)?.[1];
  if (found === undefined) throw new Error(`docs/receipt-code.md has lost its ${kind}`);
  return found;
}

/** The purchase of a documented code; a summary's is a line of another's, so many times. */
function purchaseOf({ purchase, repeats }: Vectors["codes"][number]): Purchase {
  if (purchase !== undefined) return purchase;
  const of = vectors.codes.find(({ name }) => name === repeats?.of)?.purchase;
  if (of === undefined || repeats === undefined) throw new Error("a code without a purchase");
  const line = of.lines[repeats.line]!;
  return { ...of, lines: Array.from({ length: repeats.times }, (_, position) => ({ ...line, position })) };
}

function identityOf({ ref, number, channel, store, at, day }: Purchase): unknown {
  return { ref, number, channel, store, at, day };
}

describe("the documented codes", () => {
  test.each(vectors.codes)("$name is made and read as documented", (vector) => {
    const purchase = purchaseOf(vector);
    const origin = vector.origin === undefined ? null : SIGNERS[vector.origin]!.publicKey;
    const making = { signer: SIGNERS[vector.key]!, sha256, origin, gift: vector.kind === "gift" };
    expect(makeReceiptCode(purchase, making)).toBe(vector.code);
    const read = readReceiptCode(vector.code, TRUST);
    if (!read.ok) throw new Error(read.reason);
    if (read.value.kind === "full") expect(read.value.purchase).toEqual(purchase);
    else if (read.value.gift) expect(read.value.summary).toEqual(identityOf(purchase));
    else expect(isSummaryOf(read.value.summary, purchase, sha256)).toBe(true);
    const gift = read.value.kind === "summary" && read.value.gift;
    expect(gift ? "gift" : read.value.kind).toBe(vector.kind ?? "full");
  });

  test("are signed with the documented keys", () => {
    for (const [name, { publicKey }] of Object.entries(vectors.keys))
      expect(Buffer.from(SIGNERS[name]!.publicKey).toString("base64url")).toBe(publicKey);
  });

  test("begin with the documented bytes", () => {
    const hex = block("text bytes")
      .split("\n")
      .map((line) => line.split("  ")[0])
      .join("");
    const bytes = bytesOfDigits(vectors.codes[0]!.code);
    expect(bytes.ok && Buffer.from(bytes.value).toString("hex")).toBe(hex);
  });

  test.each(vectors.refusals)("$reason: $why", ({ reason, code, prefix = "", zeros = 0 }) => {
    expect(readReceiptCode(code ?? prefix + "0".repeat(zeros), TRUST)).toEqual({ ok: false, reason });
  });

  test("leave out no reason, and name the limits that hold", () => {
    expect(new Set(vectors.refusals.map(({ reason }) => reason))).toEqual(new Set(CODE_REFUSALS));
    expect(text).toContain(`\`${CODE_CONTEXT}\``);
    expect(text).toContain(`\`${CODE_PREFIX}\``);
    expect(text).toContain(`**${MAX_CODE_BYTES}** bytes`);
    expect(text).toContain(`${MAX_CODE_DIGITS.toLocaleString("en-US")} digits in version 25`);
  });
});
