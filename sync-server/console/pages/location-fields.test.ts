import { expect, test } from "vitest";
import { byStoreOf, locationsOf } from "./location-fields.tsx";

test("what is typed and what the server has are the same locations, several of one store too", () => {
  const locations = { "77": "BER1", "78": "HAM1", "79": "BER1" };
  expect(byStoreOf(locations)).toEqual({ BER1: "77, 79", HAM1: "78" });
  expect(locationsOf(byStoreOf(locations))).toEqual(locations);
  expect(locationsOf({ BER1: " 77,, 79 ", HAM1: "" })).toEqual({ "77": "BER1", "79": "BER1" });
});
