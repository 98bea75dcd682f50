import { describe, expect, test } from "vitest";
import { readOptions } from "./options.ts";

const DATA = ["--data", "/var/till"];

describe("the command line of a browser register", () => {
  test("needs no more than a folder; the port is always the same", () => {
    expect(readOptions(DATA)).toEqual({
      ok: true,
      value: { data: "/var/till", port: 8788, pairing: null },
    });
  });

  test("pairs when it names a server and a code", () => {
    const pairing = ["--server", "https://hq.example", "--pair", "ABCD-2345"];
    expect(readOptions([...DATA, "--port", "0", ...pairing])).toEqual({
      ok: true,
      value: { data: "/var/till", port: 0, pairing: { server: "https://hq.example", code: "ABCD-2345" } },
    });
  });

  test.each([
    [["--help"], "help"],
    [[], "--data DIR is missing"],
    [[...DATA, "--port", "sixty"], "--port sixty"],
    [[...DATA, "--port", "65536"], "0 to 65535"],
    [[...DATA, "--port", "-1"], ""],
    [[...DATA, "--server", "https://hq.example"], "go together"],
    [[...DATA, "--pair", "ABCD-2345"], "go together"],
    [[...DATA, "--server", "hq.example", "--pair", "ABCD-2345"], "no http(s) address"],
    [[...DATA, "--server", "https://", "--pair", "ABCD-2345"], "no http(s) address"],
    [[...DATA, "--till", "3"], "--till"],
    [[...DATA, "extra"], "extra"],
  ] as const)("%j is refused in words that say what is wrong", (args, words) => {
    const answer = readOptions(args);
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.reason).toContain(words);
  });
});
