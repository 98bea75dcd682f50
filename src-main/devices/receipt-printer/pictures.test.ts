import jsQR from "jsqr";
import { describe, expect, test } from "vitest";
import { type ReceiptParts, receiptRows } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { toEscPos } from "./escpos.ts";
import type { PrinterSetup } from "./port.ts";
import { type Bitmap, imageOf } from "./raster/bitmap.ts";
import { printOnPaper } from "./testing/interpreter.ts";
import { ringLogo } from "./testing/logo-of.ts";
import { comparePicture, differenceOf, recordedPicture } from "./testing/pictures.ts";
import { broughtBack, off, repriced, SHOP, sold, ticketOf } from "./testing/receipts.ts";

type Columns = PrinterSetup["columns"];

/** As long as the code of a purchase of twelve lines. */
const CODE = "4711081512345678901".repeat(66).slice(0, 1_250);

const MUGS = sold({
  name: "Emaille-Becher",
  each: 850,
  quantity: 2,
  discounts: [off(170, "Zwei für zehn"), off(77, "Für Stammkunden")],
});
const TEE = sold({ name: "Baumwoll-T-Shirt", options: ["S", "grün"], each: 1_999 });
const BOOTS = sold({ name: "Wanderstiefel aus gewachstem Leder mit Profilsohle", each: 18_900 });
const SALE = ticketOf([MUGS, TEE, BOOTS]);
const EXCHANGE = ticketOf([
  TEE,
  broughtBack({ name: "Wollmütze", each: 3_499, discounts: [off(350, "Herbstaktion")] }),
  repriced("Wollschal", 250),
]);

function rowsOf(parts: Partial<ReceiptParts>): readonly ReceiptRow[] {
  return receiptRows({
    ticket: SALE,
    settings: SHOP,
    kind: "receipt",
    staffName: "Mira Albers",
    order: null,
    ...parts,
  });
}

async function printed(rows: readonly ReceiptRow[], columns: Columns) {
  return printOnPaper(await toEscPos(rows, { columns }), { columns });
}

function codeIn(paper: Bitmap): string | undefined {
  const { data, width, height } = imageOf(paper);
  return jsQR(data, width, height)?.data;
}

const ARABIC = { wished: "ar", staffName: "ميرا" } as const;
const DESIGNED = {
  ...SHOP,
  receipt: {
    logo: ringLogo(160),
    languages: ["ar" as const],
    texts: {
      de: {
        header: ["Gute Dinge, gut gemacht"],
        legal: ["Umtausch innerhalb von 30 Tagen gegen Vorlage dieses Belegs."],
        footer: ["nordlicht.example"],
      },
      ar: {
        header: ["أشياء جيدة"],
        legal: ["الاستبدال خلال 30 يومًا بإحضار هذا الإيصال."],
        footer: ["شكرًا لكم"],
      },
    },
  },
};

const PAPERS: readonly {
  readonly name: string;
  readonly columns: Columns;
  readonly parts: Partial<ReceiptParts>;
}[] = [
  { name: "sale-80mm", columns: 48, parts: {} },
  { name: "sale-58mm", columns: 32, parts: {} },
  { name: "sale-42-columns", columns: 42, parts: {} },
  { name: "exchange-with-refund", columns: 48, parts: { ticket: EXCHANGE } },
  { name: "gift-receipt", columns: 32, parts: { kind: "gift", code: CODE } },
  { name: "copy", columns: 48, parts: { kind: "copy" } },
  { name: "training", columns: 48, parts: { training: true, code: CODE } },
  {
    name: "arabic",
    columns: 48,
    parts: { ticket: EXCHANGE, settings: DESIGNED, language: ARABIC.wished, staffName: ARABIC.staffName },
  },
  { name: "logo-and-qr", columns: 48, parts: { settings: DESIGNED, code: CODE } },
];

describe("a receipt on paper", () => {
  test.each(PAPERS)("is the picture on record: $name", async ({ name, columns, parts }) => {
    const { paper, cuts } = await printed(rowsOf(parts), columns);
    expect(cuts).toBe(1);
    comparePicture(name, paper);
  });

  test("that differs in a single line, or by a line moved, is noticed", async () => {
    const rows = rowsOf({});
    const onRecord = recordedPicture("sale-80mm");
    const at = rows.findIndex((row) => row.kind === "big");
    const swapped = rows.with(at, rows[at + 1]!).with(at + 1, rows[at]!);
    const indented = rows.map((row) => (row.kind === "pair" ? { ...row, left: ` ${row.left}` } : row));
    const shorter = rows.toSpliced(at, 1);
    const plain = rows.map((row) => (row.kind === "text" ? { ...row, strong: false } : row));
    for (const other of [swapped, indented, shorter, plain])
      expect(differenceOf(onRecord, (await printed(other, 48)).paper)).not.toBeNull();
    const { paper } = await printed(rows, 48);
    expect(differenceOf(onRecord, { ...paper, dots: paper.dots.with(4_711, 1) })).toBe(
      "1 dots, the first at 103, 8",
    );
  });
});

describe("the code on a receipt", () => {
  test.each([32, 42, 48] as const)(
    "of 1,250 digits is read back from %s columns of paper",
    async (columns) => {
      const { paper } = await printed(rowsOf({ code: CODE }), columns);
      expect(codeIn(paper)).toBe(CODE);
    },
  );

  test.each([
    ["short", "https://nordlicht.example/r/4711"],
    ["of other letters", "Größe 42, 日本"],
    ["of many letters", "abcdefgh ".repeat(60)],
  ])("is read back where it is %s", async (_, text) => {
    for (const columns of [32, 48] as const) {
      const { paper } = await printed([{ kind: "qr", text, label: "" }], columns);
      expect(codeIn(paper)).toBe(text);
    }
  });

  test("that no QR code holds is printed as it is, letter by letter", async () => {
    const text = "x".repeat(4_000);
    const { lines } = await printed([{ kind: "qr", text, label: "" }], 48);
    expect(lines.join("")).toBe(text);
  });
});
