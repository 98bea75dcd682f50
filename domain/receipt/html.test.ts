import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { receiptHtml } from "./html.ts";
import { receiptText } from "./plain-text.ts";
import type { ReceiptRow } from "./row.ts";

const drawQr = (text: string) => `<svg data-length="${text.length}"/>`;

function page(...rows: readonly ReceiptRow[]): string {
  return receiptHtml({ title: "Receipt BER1-03-000001", rows, drawQr });
}

describe("a receipt as a page", () => {
  test("says its language and which way it is read", () => {
    expect(page({ kind: "language", tag: "de-DE" })).toContain('<html lang="de-DE" dir="ltr">');
    expect(page({ kind: "language", tag: "ar-u-ca-gregory-nu-latn" })).toContain('dir="rtl"');
    expect(page()).toContain('<html lang="en" dir="ltr">');
  });

  test("shows what is left, what is right, the total, the rule, the code and the logo", () => {
    const html = page(
      { kind: "image", png: "iVBORw0KGgo=", label: "Nordlicht" },
      { kind: "text", text: "Thank you", align: "center", strong: true },
      { kind: "pair", left: "Mug", right: "8.50 €", strong: false },
      { kind: "big", left: "Total", right: "8.50 €" },
      { kind: "rule" },
      { kind: "qr", text: "12345", label: "To return" },
      { kind: "barcode", text: "BER1-03-000001" },
    );
    expect(html).toContain('<img class="logo" alt="Nordlicht" src="data:image/png;base64,iVBORw0KGgo=">');
    expect(html).toContain('<p class="center strong">Thank you</p>');
    expect(html).toContain('<p class="pair"><span>Mug</span> <span>8.50 €</span></p>');
    expect(html).toContain('<p class="pair big"><span>Total</span> <span>8.50 €</span></p>');
    expect(html).toContain('<figure role="img" aria-label="To return"><svg data-length="5"/>');
    expect(html).toContain('<p class="number">BER1-03-000001</p>');
  });

  test("asks nothing of any other address", () => {
    const html = page({ kind: "text", text: "x", align: "left", strong: false });
    expect(html).not.toMatch(/https?:|url\(|@import|<script|<link/);
  });

  test("whatever a name says is text, never markup", () => {
    const wicked = `</p><script>alert("1")</script><img src=x onerror='alert(1)'>&lt;\u0000`;
    const html = page(
      { kind: "language", tag: `en" onload="alert(1)` },
      { kind: "text", text: wicked, align: "left", strong: false },
      { kind: "pair", left: wicked, right: wicked, strong: true },
      { kind: "big", left: wicked, right: wicked },
      { kind: "barcode", text: wicked },
      { kind: "qr", text: wicked, label: wicked },
      { kind: "image", png: `"><script>`, label: wicked },
    );
    expect(html).not.toMatch(/<script|<img src=x|onload="alert/);
    expect(html).not.toContain("\u0000");
    expect(html).toContain("&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)");
  });

  test("any name at all reads back as it was, and adds no element", () => {
    const bare = page({ kind: "text", text: "", align: "left", strong: false });
    const elements = (html: string) => html.match(/<[a-z!/]/g)?.length;
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const html = page({ kind: "text", text, align: "left", strong: false });
        expect(elements(html)).toBe(elements(bare));
      }),
    );
  });
});

test("as plain text a receipt keeps its figures and loses its pictures", () => {
  expect(
    receiptText([
      { kind: "language", tag: "en" },
      { kind: "image", png: "iVBORw0KGgo=", label: "Nordlicht" },
      { kind: "pair", left: "Mug", right: "8.50 €", strong: false },
      { kind: "pair", left: "Served by Mira", right: "", strong: false },
      { kind: "qr", text: "1", label: "To return" },
      { kind: "big", left: "Total", right: "8.50 €" },
    ]),
  ).toBe("Mug: 8.50 €\nServed by Mira\nTotal: 8.50 €");
});
