import { expect, test } from "vitest";
import { cameraTrouble } from "./open-camera.ts";

test.each([
  { error: "NotAllowedError", why: "denied" },
  { error: "NotFoundError", why: "noCamera" },
  { error: "OverconstrainedError", why: "notThere" },
  { error: "NotReadableError", why: "inUse" },
  { error: "SomethingNewError", why: "failed" },
])("a browser's $error is said as $why", ({ error, why }) => {
  expect(cameraTrouble(new DOMException("no", error))).toBe(why);
});

test("a browser without cameras says so as well", () => {
  expect(cameraTrouble(new TypeError("undefined is not an object"))).toBe("failed");
});
