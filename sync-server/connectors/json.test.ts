import { expect, test } from "vitest";
import { jsonOf } from "./json.ts";

test("reads text and bytes alike, and says of what is no JSON or no UTF-8 that it is none", () => {
  expect(jsonOf('{"a":1}')).toEqual({ a: 1 });
  expect(jsonOf(Buffer.from('{"a":"ü"}'))).toEqual({ a: "ü" });
  expect(jsonOf("null")).toBeNull();
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  for (const none of ["", "{", "<html>", Uint8Array.of(0x22, 0xff, 0x22), deep, Buffer.from(deep)])
    expect(jsonOf(none)).toBeUndefined();
  expect(jsonOf("[1,2]", (_, value) => (typeof value === "number" ? value + 1 : value))).toEqual([2, 3]);
});
