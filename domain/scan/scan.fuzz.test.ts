import fc from "fast-check";
import { test } from "vitest";
import { idOf } from "../ids.ts";
import { readPickupQr } from "../orders/pickup-code.ts";
import { readScaleLabel } from "../product/scale-label.ts";
import { readReceiptCode } from "../returns/code/read-code.ts";
import { readBadgeCode } from "../staff/badge.ts";
import { GROUP_SEPARATOR } from "./application-identifiers.ts";
import { readDigitalLink } from "./digital-link.ts";
import { readElementString } from "./element-string.ts";
import { goodsFacts } from "./goods-facts.ts";
import { articleCodes, tellApart } from "./tell-apart.ts";

/** What codes are made of, so that a text goes a long way into a reader before it is wrong. */
const PIECES = [
  GROUP_SEPARATOR,
  "]d2",
  "]C1",
  "]e0",
  "]Q3",
  "01",
  "02",
  "10",
  "21",
  "17",
  "3103",
  "3922",
  "8005",
  "(01)",
  "(",
  ")",
  "04006381333931",
  "991231",
  "https://id.gs1.org/01/",
  "http://",
  "/10/",
  "?17=",
  "&",
  "%",
  "%2",
  "%E0%A4%A",
  "OTP:",
  "OTB:",
  "CP00A",
  "CARD-",
  "BER1-03-000001",
  "FH40000000",
  "663845",
  "-",
  "\u0000",
  "é",
  "\ud83d",
];
const wicked = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^\d{0,60}$/),
  fc
    .array(
      fc.oneof(fc.constantFrom(...PIECES), fc.stringMatching(/^\d{1,14}$/), fc.string({ maxLength: 4 })),
      {
        maxLength: 14,
      },
    )
    .map((pieces) => pieces.join("")),
);
/** Longer than any code: a reader that goes through it again for each sign of it stands still. */
const long = fc
  .tuple(fc.constantFrom(...PIECES), fc.constantFrom(...PIECES), fc.string({ maxLength: 3 }))
  .map(([one, other, end]) => `${(one + other).repeat(4_000)}${end}`);

const SCALE = {
  prefix: "28",
  itemDigits: 5,
  value: "price",
  valueDigits: 5,
  decimals: 2,
  hasPriceCheckDigit: false,
} as const;
const NOBODY = { keyOf: () => null, verify: () => false };
const HERE = { today: idOf<"BusinessDay">("2027-01-15"), currency: idOf<"Currency">("EUR"), codes: [SCALE] };

function readEverything(text: string): void {
  const { meaning } = tellApart(text);
  articleCodes(text);
  if (meaning.kind === "gs1") goodsFacts(meaning.fields, HERE);
  for (const read of [readElementString(text), readDigitalLink(text)])
    if (read.ok) goodsFacts(read.value, HERE);
  readReceiptCode(text, NOBODY);
  readPickupQr(text);
  readBadgeCode(text);
  readScaleLabel(text, HERE);
}

test("whatever a scanner sends is told apart, read or refused: nothing throws", () => {
  fc.assert(fc.property(wicked, (text) => readEverything(text)));
});

test("a text of any length is told apart as well", () => {
  const runs = fc.readConfigureGlobal()?.numRuns ?? 30;
  fc.assert(
    fc.property(long, (text) => readEverything(text)),
    { numRuns: runs },
  );
});
