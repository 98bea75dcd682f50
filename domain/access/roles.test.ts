import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { RIGHTS } from "./rights.ts";
import { HQ_ROLES, isAsked, mayAtHq, ROLE_RIGHTS, reachesAllOf, reachesStore } from "./roles.ts";

test("an admin may do everything", () => {
  expect(RIGHTS.filter((right) => !mayAtHq("admin", right))).toEqual([]);
});

test("an auditor sees everything, takes the books along and changes nothing", () => {
  expect(RIGHTS.filter((right) => right.endsWith(".read") && !mayAtHq("auditor", right))).toEqual([]);
  expect(ROLE_RIGHTS.auditor.filter((right) => !right.endsWith(".read"))).toEqual(["books.export"]);
});

test.each(HQ_ROLES)("whoever as %s may change something may also see it", (role) => {
  const blind = ROLE_RIGHTS[role].filter((right) => {
    const seeing = RIGHTS.find((each) => each === `${right.split(".")[0]}.read`);
    return seeing !== undefined && !mayAtHq(role, seeing);
  });
  expect(blind).toEqual([]);
});

test("only an admin makes users, keys and stores", () => {
  for (const right of ["users.edit", "integrations.edit", "stores.edit", "tills.manage"] as const)
    expect(HQ_ROLES.filter((role) => mayAtHq(role, right))).toEqual(["admin"]);
});

test("a manager of one store reaches no other; whoever works for all reaches each", () => {
  const [berlin, hamburg] = [idOf<"Store">("ber"), idOf<"Store">("ham")];
  expect(reachesStore([berlin], berlin)).toBe(true);
  expect(reachesStore([berlin], hamburg)).toBe(false);
  expect(reachesStore([], berlin)).toBe(false);
  expect(reachesStore(null, hamburg)).toBe(true);
  expect(reachesStore([berlin], null)).toBe(false);
  expect(reachesStore(null, null)).toBe(true);
});

test("who works in other stores too, or in all, is changed by nobody who works for one of them", () => {
  const [berlin, hamburg] = [idOf<"Store">("ber"), idOf<"Store">("ham")];
  expect(reachesAllOf([berlin], [berlin])).toBe(true);
  expect(reachesAllOf([berlin], [berlin, hamburg])).toBe(false);
  expect(reachesAllOf([berlin], null)).toBe(false);
  expect(reachesAllOf(null, null)).toBe(true);
});

test("what is asked for is one store's, that of some stores, or everybody's", () => {
  const [berlin, hamburg] = [idOf<"Store">("ber"), idOf<"Store">("ham")];
  expect([isAsked(berlin, berlin), isAsked(berlin, hamburg)]).toEqual([true, false]);
  expect([isAsked([berlin], berlin), isAsked([berlin], hamburg), isAsked([], berlin)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(isAsked(null, hamburg)).toBe(true);
});
