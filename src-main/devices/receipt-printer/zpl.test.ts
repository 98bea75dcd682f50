import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toZpl } from "./zpl.ts";

const ARTICLE = [
  { kind: "text", text: "Olivenöl ^extra~", align: "left", strong: true },
  { kind: "big", left: "", right: "8,99 €" },
  { kind: "pair", left: "1 l = 11,99 €", right: "", strong: false },
  { kind: "pair", left: "OIL", right: "", strong: false },
  { kind: "barcode", text: "4006381333931" },
] as const;

const PARCEL = [
  { kind: "big", left: "Store van", right: "1/2" },
  { kind: "rule" },
  { kind: "pair", left: "Ada Brandt", right: "", strong: true },
  { kind: "pair", left: "20457 Hamburg", right: "", strong: true },
  { kind: "qr", text: "00340434", label: "" },
  { kind: "barcode", text: "BER1-FEN-1042-1" },
] as const;

async function zpl(rows: Parameters<typeof toZpl>[0], dotsPerMm = 8): Promise<string> {
  return Buffer.from(await toZpl(rows, { dotsPerMm })).toString("utf8");
}

describe("a label in ZPL", () => {
  test("for the shelf: name, price, unit price, number and the article's own EAN, whose check digit the printer makes", async () => {
    expect(await zpl(ARTICLE)).toMatchInlineSnapshot(`
      "^XA
      ^CI28
      ^PW800
      ^LL388
      ^LH0,0
      ^FO24,24^A0N,28,28^FB752,1,8,L,0^FH^FDOlivenöl _5Eextra_7E^FS
      ^FO24,60^A0N,56,56^FB752,1,8,R,0^FH^FD8,99 €^FS
      ^FO24,124^A0N,28,28^FB752,1,8,L,0^FH^FD1 l = 11,99 €^FS
      ^FO24,160^A0N,28,28^FB752,1,8,L,0^FH^FDOIL^FS
      ^FO24,196^BY2^BEN,120,Y,N^FD400638133393^FS
      ^XZ
      "
    `);
  });

  test("for a parcel: carrier, address, a QR code and the tracking number as Code 128", async () => {
    expect(await zpl(PARCEL)).toMatchInlineSnapshot(`
      "^XA
      ^CI28
      ^PW800
      ^LL547
      ^LH0,0
      ^FO24,24^A0N,56,56^FB659,1,8,L,0^FH^FDStore van^FS
      ^FO24,24^A0N,56,56^FB752,1,8,R,0^FH^FD1/2^FS
      ^FO24,88^GB752,3,3^FS
      ^FO24,99^A0N,28,28^FB752,1,8,L,0^FH^FDAda Brandt^FS
      ^FO24,135^A0N,28,28^FB752,1,8,L,0^FH^FD20457 Hamburg^FS
      ^FO24,171^BQN,2,4^FH^FDMA,00340434^FS
      ^FO24,355^BY2^BCN,120,Y,N,N,A^FH^FDBER1-FEN-1042-1^FS
      ^XZ
      "
    `);
  });

  test("is as large on a finer printer: more dots, the same millimetres", async () => {
    expect(await zpl(ARTICLE, 12)).toContain("^PW1200");
    expect(await zpl(ARTICLE, 8)).toContain("^PW800");
  });

  test("letters that the printer has none for are drawn", async () => {
    const label = await zpl([{ kind: "text", text: "زيت الزيتون", align: "left", strong: false }]);
    expect(label).toMatch(/\^GFA,\d+,\d+,94,[0-9A-F]+\^FS/);
    expect(label).not.toContain("زيت");
  });

  test("nothing that stands on it is taken for a command", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => {
        const label = await zpl([
          { kind: "barcode", text },
          { kind: "pair", left: text, right: "", strong: false },
          { kind: "qr", text, label: "" },
        ]);
        const data = [...label.matchAll(/\^FD(.*?)\^FS/gsu)].map(([, said = ""]) => said);
        expect(data.every((said) => !/[\^~]/.test(said))).toBe(true);
        expect(label.startsWith("^XA") && label.endsWith("^XZ\n")).toBe(true);
        expect(label.split("^XA")).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });
});
