import { describe, expect, it } from "vitest";
import { ENGLISH } from "../messages.ts";
import { withFirmSpaces } from "./firm-spaces.ts";
import { FRENCH } from "./french.ts";

describe("French on screen", () => {
  it("never begins a line with a colon or a question mark, nor leaves a quotation mark alone", () => {
    const loose = Object.values(FRENCH).filter((text) => / [:;?!%»]|« /.test(text));
    expect(loose).toEqual([]);
    expect(FRENCH["shift.open.expected"]).toBe("Prévu\u00a0: {amount}");
  });

  it("keeps every other space, where a line may break", () => {
    const words = { ...ENGLISH, "app.name": "Où est « {name} » ? Ici ; à 5 %" };
    expect(withFirmSpaces(words)["app.name"]).toBe(
      "Où est «\u00a0{name}\u00a0»\u00a0? Ici\u00a0; à 5\u00a0%",
    );
  });
});
