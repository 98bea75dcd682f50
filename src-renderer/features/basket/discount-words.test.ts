import { describe, expect, it } from "vitest";
import { discountLabel, lineReasons } from "./discount-words.ts";

const damaged = { promotion: null, discount: { kind: "percent", ppm: 200_000, reason: "Damaged" } } as const;
const goodwill = { promotion: null, discount: { kind: "percent", ppm: 50_000, reason: "Goodwill" } } as const;
const none = { promotion: null, discount: null } as const;
const deal = { promotion: "3 for 2", discount: null } as const;

describe("what a discount is called", () => {
  it("a line tells its own reason, the basket's, or both", () => {
    expect(lineReasons(damaged, none)).toBe("Damaged");
    expect(lineReasons(none, goodwill)).toBe("Goodwill");
    expect(lineReasons(damaged, goodwill)).toBe("Damaged, Goodwill");
    expect(lineReasons(goodwill, goodwill)).toBe("Goodwill");
    expect(lineReasons(deal, goodwill)).toBe("3 for 2, Goodwill");
  });

  it("the sum is never said to be the basket's discount while a line's own is part of it", () => {
    expect(discountLabel({ ...goodwill, lines: [none, none] })).toBe("Discount on all: Goodwill");
    expect(discountLabel({ ...goodwill, lines: [none, damaged] })).toBe("Discounts");
    expect(discountLabel({ ...goodwill, lines: [none, deal] })).toBe("Discounts");
    expect(discountLabel({ ...none, lines: [damaged] })).toBe("Discount");
  });
});
