import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { t } from "../i18n/translate.ts";
import { chosenLanguage, keepLanguage, LANGUAGES, speakIn } from "./language.ts";

/** A browser's storage, as far as the choice needs it. */
function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

describe("the language of a till", () => {
  beforeEach(() => vi.stubGlobal("localStorage", storage()));
  afterEach(() => {
    keepLanguage(null);
    speakIn("en");
    vi.unstubAllGlobals();
  });

  it("is its store's as long as none is chosen", () => {
    expect(speakIn("de-AT")).toBe("de-AT");
    expect(t("basket.pay")).toBe("Bezahlen");
  });

  it("is the chosen one, written as the store's country writes it", () => {
    keepLanguage("es");
    expect(speakIn("de-AT")).toBe("es-AT");
    expect(t("basket.pay")).toBe("Cobrar");
  });

  it("is the store's again when the choice is taken back", () => {
    keepLanguage("fr");
    keepLanguage(null);
    expect(speakIn("de-DE")).toBe("de-DE");
  });

  it("is the store's where what was kept is no language of ours", () => {
    localStorage.setItem("onetill.language", "tlh");
    expect(chosenLanguage()).toBeNull();
    expect(speakIn("fr-FR")).toBe("fr-FR");
    expect(t("basket.pay")).toBe("Encaisser");
  });

  it("can be each language that the till has words in, by that language's own name", () => {
    expect(LANGUAGES.slice(0, 4).map(({ name }) => name)).toEqual([
      "English",
      "Deutsch",
      "Français",
      "Español",
    ]);
  });
});
