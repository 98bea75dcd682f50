import { expect, test } from "vitest";
import { KEY_SCOPES, keyMay } from "./key-scopes.ts";
import { RIGHTS } from "./rights.ts";

test("HQ's own key may do everything, a web shop's nothing of HQ", () => {
  expect(RIGHTS.filter((right) => !keyMay("hq", right))).toEqual([]);
  expect(RIGHTS.filter((right) => keyMay("shop", right))).toEqual([]);
});

test("no key but HQ's own makes users, keys or stores, or sees who a customer is", () => {
  const own = KEY_SCOPES.filter((scope) => scope !== "hq");
  for (const right of ["users.edit", "integrations.edit", "stores.edit", "customers.read"] as const)
    expect(own.filter((scope) => keyMay(scope, right))).toEqual([]);
});

test("a program that reports changes nothing", () => {
  expect(RIGHTS.filter((right) => keyMay("reports", right) && !right.endsWith(".read"))).toEqual([]);
});
