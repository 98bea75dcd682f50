import fc from "fast-check";
import { expect, test } from "vitest";
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
/** How often two pieces follow each other in a text that is longer than any code. */
const TIMES = 4_000;
const long = fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...PIECES), fc.string({ maxLength: 3 }));

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

/** What reading it takes of this thread's own time on the processor, milliseconds; the least of three, for what the engine tidies up meanwhile is none of it. */
function costOf(text: string): number {
  const costs = [1, 2, 3].map(() => {
    const began = process.threadCpuUsage();
    readEverything(text);
    const { user, system } = process.threadCpuUsage(began);
    return (user + system) / 1_000;
  });
  return Math.min(...costs);
}

/** What is too little to be told from nothing, milliseconds: a reader that goes through such a text again for each sign of it takes seconds. */
const NOTHING_MS = 100;

test("a text of any length is told apart as well, and one that is four times as long takes no more than some four times as much", () => {
  const runs = fc.readConfigureGlobal()?.numRuns ?? 30;
  fc.assert(
    fc.property(long, ([one, other, end]) => {
      const textOf = (times: number) => `${(one + other).repeat(times)}${end}`;
      const short = costOf(textOf(TIMES));
      expect(costOf(textOf(4 * TIMES))).toBeLessThan(8 * short + NOTHING_MS);
    }),
    { numRuns: runs },
  );
});
