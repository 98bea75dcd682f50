import { expect, test } from "vitest";
import { DAY_MS } from "../store/offline-state.ts";
import { isLentKeyLapsed } from "./lent-key.ts";

test("what a till knows of customers is readable for fourteen days without the server", () => {
  expect([0, 7, 14, 14.01].map((days) => isLentKeyLapsed(days * DAY_MS))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
