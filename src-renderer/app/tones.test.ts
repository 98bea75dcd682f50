import { describe, expect, it } from "vitest";
import type { ViewValue } from "#protocol/till/contract.ts";
import { FakeTill } from "../testing/fake-till.ts";
import { toneOfTerminal } from "./till.ts";
import { toneOfRefusal } from "./tones.ts";

type Terminal = ViewValue<"terminal">;

describe("what the till lets hear", () => {
  it("a code that nobody knows sounds unlike an act that is refused", () => {
    expect(toneOfRefusal("noSuchItem")).toBe("unknown");
    expect(toneOfRefusal("notPermitted")).toBe("refusal");
  });

  it("a terminal's yes and no are heard once, when they come", () => {
    const idle: Terminal = new FakeTill().terminal.view;
    const asking = { ...idle, now: { state: "asking" } } as unknown as Terminal;
    const approved = {
      ...idle,
      now: { state: "idle", last: { outcome: "approved" } },
    } as unknown as Terminal;
    const declined = { ...idle, now: { state: "idle", last: { outcome: "notDone" } } } as unknown as Terminal;
    const unknown = { ...idle, now: { state: "unknown" } } as unknown as Terminal;
    expect(toneOfTerminal(null, approved)).toBeNull();
    expect(toneOfTerminal(idle, asking)).toBeNull();
    expect(toneOfTerminal(asking, approved)).toBe("approved");
    expect(toneOfTerminal(asking, declined)).toBe("declined");
    expect(toneOfTerminal(asking, unknown)).toBe("attention");
    expect(toneOfTerminal(approved, approved)).toBeNull();
  });
});
