import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import type { StoreSettings } from "../store/store.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import { BERLIN } from "../testing/written-chain.ts";
import type { SaleLine, Ticket, TicketLine } from "../ticket/ticket.ts";
import { RECEIPT_LANGUAGES } from "./language.ts";
import type { ReceiptOrder } from "./order-rows.ts";
import { type ReceiptParts, receiptRows } from "./receipt-rows.ts";
import type { ReceiptRow } from "./row.ts";

const SHOP: StoreSettings = {
  store: BERLIN,
  code: "BER1",
  name: "Kreuzberg",
  retailer: "Nordlicht",
  address: ["10999 Berlin"],
  vatId: "DE123456789",
  currency: EUR,
  locale: "de-AT",
  timeZone: "Europe/Berlin",
  priceLists: [idOf<"PriceList">("standard")],
  tax: GERMANY,
  receiptHeader: ["Willkommen"],
  receiptFooter: ["Bis bald"],
  offlinePolicy: { warnAfterDays: 3, managerAfterDays: 7, rosterMaxAgeDays: 7, maxRefund: eur(10_000) },
};
const SALE = ticketOf([
  lineOf({ name: "mug", price: eur(850), quantity: 2 }),
  lineOf({ name: "tee", price: eur(1_999) }),
]);

function rowsOf(parts: Partial<ReceiptParts>): readonly ReceiptRow[] {
  return receiptRows({
    ticket: SALE,
    settings: SHOP,
    kind: "receipt",
    staffName: "Mira",
    order: null,
    ...parts,
  });
}

/** A receipt as one reads it, with plain blanks; what only steers bidirectional text is left out. */
function read(rows: readonly ReceiptRow[]): string[] {
  return rows.flatMap((row) => {
    const texts = "text" in row ? [row.text] : "left" in row ? [row.left, row.right] : [];
    const line = texts.filter((text) => text !== "").join(" | ");
    return line === "" ? [] : [line.replace(/\s/g, " ").replace(/\p{Cf}/gu, "")];
  });
}

function back(line: SaleLine): TicketLine {
  const turned = ({ minor, currency }: SaleLine["total"]) => money(-minor, currency);
  return {
    ...line,
    kind: "return",
    of: null,
    reason: "defective",
    condition: "damaged",
    disposition: "supplier",
    boughtBy: "BER1-02-000045",
    gross: turned(line.gross),
    total: turned(line.total),
    discounts: [],
  };
}

/** A ticket on which the mugs come back, and the tee is bought where it says so. */
function returning({ exchange }: { readonly exchange: boolean }): Ticket {
  const [mugs, tee] = SALE.lines as readonly SaleLine[] as [SaleLine, SaleLine];
  const due = exchange ? 1_999 - 1_700 : -1_700;
  return {
    ...SALE,
    lines: [back(mugs), ...(exchange ? [tee] : [])],
    totals: { ...SALE.totals, gross: eur(due), discount: eur(0), total: eur(due), due: eur(due) },
    tenders: exchange
      ? [{ id: idOf<"Tender">("card"), kind: "card", amount: eur(due), approvalCode: "4711" }]
      : [
          {
            id: idOf<"Tender">("back"),
            kind: "refund",
            amount: eur(-due),
            to: { kind: "credit", code: "GUT-1" },
          },
        ],
  };
}

describe("what came back", () => {
  test("a return says what, how much is given back and how", () => {
    const lines = read(rowsOf({ ticket: returning({ exchange: false }) }));
    expect(lines).toEqual(
      expect.arrayContaining([
        "Rückgabe",
        "Zurückgegeben",
        "mug | -€ 17,00",
        "  Gekauft mit BER1-02-000045",
        "Auszuzahlen | € 17,00",
        "2 Artikel zurück",
        "Erstattung als Guthaben | € 17,00",
        "Guthaben | € 17,00",
        "GUT-1",
      ]),
    );
    expect(lines).not.toContain("Summe | -€ 17,00");
    expect(lines).not.toContain("0 Artikel");
  });

  test("an exchange lists what is bought before what came back, and the difference", () => {
    const lines = read(rowsOf({ ticket: returning({ exchange: true }) }));
    const at = (line: string): number => lines.indexOf(line);
    expect(at("Umtausch")).toBeGreaterThan(-1);
    expect(at("tee | € 19,99")).toBeGreaterThan(-1);
    expect(at("tee | € 19,99")).toBeLessThan(at("Zurückgegeben"));
    expect(at("Zurückgegeben")).toBeLessThan(at("mug | -€ 17,00"));
    expect(lines).toEqual(expect.arrayContaining(["Summe | € 2,99", "1 Artikel", "2 Artikel zurück"]));
  });

  test("a copy of either says so first", () => {
    for (const exchange of [true, false])
      expect(read(rowsOf({ ticket: returning({ exchange }), kind: "copy" }))[0]).toBe("KOPIE");
  });

  test("a gift receipt has what was given and not what came back", () => {
    const lines = read(rowsOf({ ticket: returning({ exchange: true }), kind: "gift" }));
    expect(lines).toContain("tee");
    expect(lines.join()).not.toMatch(/mug|€/);
  });
});

describe("store credit", () => {
  const given = returning({ exchange: false });
  const qrs = (rows: readonly ReceiptRow[]) => rows.filter(({ kind }) => kind === "qr");

  test("is given out on a slip with its amount and its code, to be typed and to be scanned", () => {
    const rows = rowsOf({ ticket: given });
    expect(rows).toContainEqual({ kind: "big", left: "Guthaben", right: "€\u00a017,00" });
    expect(qrs(rows)).toEqual([
      { kind: "qr", text: "GUT-1", label: "Zum Bezahlen, in jeder unserer Filialen" },
    ]);
  });

  test("the slip alone is a copy with nothing else that a till would scan, and no gift receipt has one", () => {
    const rows = rowsOf({ ticket: given, kind: "credit", code: "4711" });
    expect(read(rows)[0]).toBe("KOPIE");
    expect(read(rows)).toContain("GUT-1");
    expect(read(rows).join()).not.toMatch(/mug|Auszuzahlen/);
    expect(rows.filter(({ kind }) => kind === "barcode" || kind === "qr")).toHaveLength(1);
    expect(qrs(rowsOf({ ticket: given, kind: "gift" }))).toEqual([]);
    expect(read(rowsOf({ ticket: given, training: true })).join()).not.toContain("GUT-1");
  });

  test("a sale that was paid with it says so, but not the code: whoever finds the receipt cannot spend the rest", () => {
    const tender = { id: idOf<"Tender">("t"), kind: "credit", amount: SALE.totals.due, code: "7Q2M-X0VD" };
    const lines = read(rowsOf({ ticket: { ...SALE, tenders: [{ ...tender, kind: "credit" }] } }));
    expect(lines).toEqual(expect.arrayContaining(["Guthaben | € 36,99", "  …X0VD"]));
    expect(lines.join()).not.toContain("7Q2M");
  });
});

describe("points", () => {
  const customer = idOf<"Customer">("anna");
  const id = idOf<"Tender">("t");
  const loyalty = { earned: 123, shares: [], balance: { points: 567, word: "server" } } as const;

  test("say what was earned and what the customer has now, below the taxes", () => {
    const lines = read(rowsOf({ ticket: { ...SALE, loyalty } }));
    expect(lines).toEqual(expect.arrayContaining(["Gesammelte Punkte | 123", "Punktestand | 567"]));
  });

  test("of a till that was cut off are marked as what was known there", () => {
    const known = { ...loyalty, balance: { points: 40, word: "till" } } as const;
    const lines = read(rowsOf({ ticket: { ...SALE, loyalty: known } }));
    expect(lines).toContain("Punktestand (soweit hier bekannt) | 40");
    const nothing = { earned: 0, shares: [] };
    expect(read(rowsOf({ ticket: { ...SALE, loyalty: nothing } })).join()).not.toContain("Punkte");
  });

  test("that paid, or that went back, are counted beside their worth, and no gift receipt tells of them", () => {
    const amount = SALE.totals.due;
    const paid = { ...SALE, tenders: [{ id, kind: "points", amount, points: 369, customer }] } as const;
    expect(read(rowsOf({ ticket: paid }))).toEqual(
      expect.arrayContaining(["Punkte | € 36,99", "  369 Punkte"]),
    );
    const to = { kind: "points", customer, points: 369 } as const;
    const back = { ...SALE, tenders: [{ id, kind: "refund", amount, to }] } as const;
    expect(read(rowsOf({ ticket: back }))).toEqual(
      expect.arrayContaining(["Erstattung als Punkte | € 36,99", "  369 Punkte"]),
    );
    expect(read(rowsOf({ ticket: { ...paid, loyalty }, kind: "gift" })).join()).not.toContain("unkte");
  });
});

describe("practice", () => {
  test("says above and below that nothing was sold, and no till would take its code", () => {
    const rows = rowsOf({ training: true, code: "4711", kind: "copy" });
    const lines = read(rows);
    expect(lines[0]).toBe("ÜBUNG - KEIN VERKAUF");
    expect(lines.slice(-2)).toEqual(["ÜBUNG - KEIN VERKAUF", "KOPIE"]);
    expect(rows.some(({ kind }) => kind === "qr" || kind === "barcode")).toBe(false);
  });
});

describe("the language of a receipt", () => {
  const DESIGN = {
    logo: null,
    languages: ["en" as const],
    texts: { fr: { header: ["Bonjour"], legal: [], footer: [] } },
  };

  test.each([
    [
      "is the customer's, as it is written in the store's country",
      { language: "fr-CH" },
      "fr-AT",
      "Total | 36,99 €",
    ],
    ["takes nothing else from the customer's tag", { language: "fr-x-a1-a1" }, "fr-AT", "Total | 36,99 €"],
    ["is right with a tag that is none", { language: "fr-1996-1996" }, "fr-AT", "Total | 36,99 €"],
    ["is the store's where the customer's is unknown", { language: null }, "de-AT", "Summe | € 36,99"],
    [
      "is the store's where we have no words of the customer's",
      { language: "tlh" },
      "de-AT",
      "Summe | € 36,99",
    ],
    [
      "is the store's where it does not print the customer's",
      { language: "fr", settings: { ...SHOP, receipt: DESIGN } },
      "de-AT",
      "Summe | € 36,99",
    ],
    [
      "writes Arabic with the digits of the price tags",
      { language: "ar-EG" },
      "ar-AT-u-ca-gregory-nu-latn",
      "الإجمالي | 36.99 €",
    ],
  ] as const)("%s", (_, parts, tag, total) => {
    const rows = rowsOf(parts);
    expect(rows[0]).toEqual({ kind: "language", tag });
    expect(read(rows)).toContain(total);
  });

  test("the store's own lines are in it, or as they are where it gave none", () => {
    const settings = { ...SHOP, receipt: { ...DESIGN, languages: ["fr" as const, "en" as const] } };
    expect(read(rowsOf({ settings, language: "fr" }))).toContain("Bonjour");
    expect(read(rowsOf({ settings, language: "en" }))).toEqual(
      expect.arrayContaining(["Willkommen", "Bis bald"]),
    );
  });

  test("has a word for everything: no language is empty or English where it is another", () => {
    const english = new Set(wordsIn("en"));
    for (const language of RECEIPT_LANGUAGES.filter((each) => each !== "en")) {
      const words = wordsIn(language);
      expect(words.every((word) => word !== "")).toBe(true);
      // "Total" and "Subtotal" are the same in several languages.
      expect(words.filter((word) => english.has(word) && !/^(Sub)?[Tt]otal\b/.test(word))).toEqual([]);
    }
  });
});

/** All words of a language's receipts: of a return and an exchange, copied, with an order, for a gift. */
function wordsIn(language: string): readonly string[] {
  const placed = { kind: "placed", number: "", customerName: "", storeName: null } as const;
  const orders: readonly ReceiptOrder[] = [
    { ...placed, confirmed: false, delivery: { kind: "pickup", store: BERLIN } },
    { ...placed, confirmed: true, delivery: { kind: "ship", address: null } },
  ];
  const all = [
    ...orders.map((order) => rowsOf({ language, order, kind: "copy", code: "1", training: true })),
    ...[true, false].map((exchange) => rowsOf({ language, ticket: returning({ exchange }), code: "1" })),
    rowsOf({ language, kind: "gift", code: "1" }),
  ];
  const fixed = /Nordlicht|Kreuzberg|Berlin|Willkommen|Bis bald|mug|tee|BER1|GUT-1|4711|2026|\d+,|^\s*\d+ x/;
  return all.flatMap((rows) =>
    rows.flatMap((row) => {
      if (row.kind === "qr") return [row.label];
      return read([row])
        .map((line) => line.split(" | ")[0] ?? "")
        .filter((line) => !fixed.test(line));
    }),
  );
}

test("every line that was sold stands on a gift receipt, and not one of its prices", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          pieces: fc.integer({ min: 1, max: 9 }),
          price: fc.integer({ min: 100_000, max: 999_999 }),
        }),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      (articles) => {
        const rowsAt = (priced: (price: number) => number) =>
          rowsOf({
            ticket: ticketOf(
              articles.map(({ pieces, price }, index) => ({
                ...lineOf({
                  name: `article-${"abcdefgh"[index]}`,
                  price: eur(priced(price)),
                  quantity: pieces,
                }),
                id: idOf<"Line">(`line-${index}`),
              })),
            ),
            kind: "gift",
          });
        const rows = rowsAt((price) => price);
        const text = read(rows).join("\n");
        for (const index of articles.keys()) expect(text).toContain(`article-${"abcdefgh"[index]}`);
        // A date or a number of the receipt may have the digits of a price in it: at other prices it is the same paper.
        expect(rowsAt((price) => price + 12_345)).toEqual(rows);
        expect(text).not.toContain("€");
      },
    ),
  );
});

test("a receipt says by which certificate no tax was paid, and what was taken off for it", () => {
  const exempt = ticketOf([lineOf({ name: "mug", price: eur(1_190) })], 1, {
    taxExemption: { certificate: "NATO 302/17", validUntil: null },
  });
  const rows = read(rowsOf({ ticket: exempt })).join("\n");
  expect(rows).toMatch(/Steuer abgezogen \| .*1,90/);
  expect(rows).toContain("Steuerbefreit, Bescheinigung NATO 302/17");
});
