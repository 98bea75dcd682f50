import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { StoreReceipt } from "#protocol/hq/receipt-design.ts";
import { designOf, draftOf, previewRows } from "./receipt-draft.ts";

const STORE: StoreReceipt = {
  code: "BER1",
  name: "Berlin Mitte",
  locale: "de-DE",
  retailer: "Tea & Pots",
  address: ["Beispielallee 1"],
  vatId: "DE999999999",
  currency: idOf<"Currency">("EUR"),
  timeZone: "Europe/Berlin",
  design: null,
  withoutDesign: { header: ["Willkommen"], footer: ["Bis bald", "", "tea.example"] },
};

test("without a design yet, what stands on the store's receipts is where one begins", () => {
  const draft = draftOf(STORE);
  expect(draft.texts).toEqual({ de: { header: "Willkommen", legal: "", footer: "Bis bald\n\ntea.example" } });
  expect(designOf(draft).texts).toEqual({
    de: { header: ["Willkommen"], legal: [], footer: ["Bis bald", "", "tea.example"] },
  });
});

test("a design that nobody changed stays as it was; a language in which nothing is said is none", () => {
  const design = {
    logo: null,
    languages: ["en"],
    texts: { en: { header: ["Hello"], legal: ["30 days"], footer: [] } },
  } as const;
  const draft = draftOf({ ...STORE, design: { ...design, languages: ["en"] } });
  expect(designOf(draft)).toEqual(design);
  const texts = { ...draft.texts, fr: { header: " \n", legal: "", footer: "" } };
  expect(designOf({ ...draft, texts })).toEqual(design);
});

test("the preview is made by the same rows as the till's receipts, in the language that is looked at", () => {
  const draft = draftOf(STORE);
  const changed = {
    ...draft,
    texts: { ...draft.texts, en: { header: "Welcome", legal: "", footer: "Bye" } },
  };
  const words = (language: "de" | "en") =>
    previewRows({ store: STORE, draft: changed, language, at: instant(0) }).flatMap((row) =>
      row.kind === "text" ? [row.text] : [],
    );
  expect(words("de")).toEqual(
    expect.arrayContaining(["Tea & Pots", "Berlin Mitte", "Willkommen", "Bis bald"]),
  );
  expect(words("en")).toEqual(expect.arrayContaining(["Welcome", "Bye"]));
});
