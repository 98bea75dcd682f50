import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("a spreadsheet reads names with commas and quotes whole, amounts as numbers and nothing as a formula", () => {
  const rows = [
    ['Müller, "Jo"', "-12.50"],
    ["=1+1", "+x"],
    ["\uff1d1+1", "\n=1"],
  ];
  expect(csvOf(rows)).toBe('\uFEFF"Müller, ""Jo""",-12.50\r\n\'=1+1,\'+x\r\n\'\uff1d1+1,"\'\n=1"\r\n');
});
