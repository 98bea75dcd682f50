import { expect, test } from "vitest";
import { registerText, tillText } from "./till-text.ts";

test("a till goes by its store and its register, of two digits at least", () => {
  expect(tillText({ store: "BER1", register: 1 })).toBe("BER1-01");
  expect(tillText({ store: "HAM", register: 104 })).toBe("HAM-104");
  expect(registerText(12)).toBe("12");
});
