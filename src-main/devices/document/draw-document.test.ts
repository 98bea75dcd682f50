import { expect, test } from "vitest";
import { centered, pair, RULE } from "#domain/receipt/row-kinds.ts";
import { readPdf } from "#paper/testing/read-pdf.ts";
import { drawDocument } from "./draw-document.ts";

const MADE_AT = Date.UTC(2026, 10, 24, 19);

test("a report is a page of A4 that can be read and selected, in Arabic as well", async () => {
  for (const [tag, word] of [
    ["de-DE", "Gezählt"],
    ["ar-MA", "المعدود"],
  ] as const) {
    const rows = [
      { kind: "language", tag } as const,
      centered("Nordlicht", true),
      RULE,
      pair(word, "117,00"),
    ];
    const pages = await readPdf(await drawDocument({ title: "Z-BER1-03-0001", rows, madeAt: MADE_AT }));
    expect(pages).toHaveLength(1);
    expect(pages.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([[595, 842]]);
    expect(pages[0]?.text).toContain("Nordlicht");
    expect(pages[0]?.text).toContain("117,00");
    if (tag === "de-DE") expect(pages[0]?.text).toContain(word);
  }
});

test("a report of a day with many drawers goes on on the next page", async () => {
  const rows = Array.from({ length: 90 }, (_, row) => pair(`Row ${row}`, "1.00"));
  const pages = await readPdf(await drawDocument({ title: "Z", rows, madeAt: MADE_AT }));
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.at(-1)?.text).toContain("Row 89");
});
