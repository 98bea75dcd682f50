import { describe, expect, it } from "vitest";
import { readTillArguments } from "./arguments.ts";

describe("how the till's window is started", () => {
  it("pairs when it is given a server and a code", () => {
    expect(
      readTillArguments([
        "electron",
        "dist/electron/main.mjs",
        "--data=/tills/1",
        "--server=http://hq:8787",
        "--pair=ABCD-EFGH",
      ]),
    ).toEqual({
      data: "/tills/1",
      pairing: { server: "http://hq:8787", code: "ABCD-EFGH" },
    });
  });

  it("opens as it was when it is given nothing, whatever Chromium is told", () => {
    expect(readTillArguments(["onetill", "--no-sandbox", "--server=http://hq:8787"])).toEqual({
      data: null,
      pairing: null,
    });
  });
});
