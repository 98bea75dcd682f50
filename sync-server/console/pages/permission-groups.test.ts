import { expect, test } from "vitest";
import { PERMISSIONS } from "#domain/staff/staff.ts";
import { isKey } from "../translate.ts";
import { PERMISSION_GROUPS } from "./permission-groups.ts";

test("HQ can give every permission there is, once, under words of its own", () => {
  const shown: readonly string[] = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions);
  expect(shown.toSorted()).toEqual([...PERMISSIONS].toSorted());
  for (const permission of PERMISSIONS) expect(isKey(`permission.${permission}`), permission).toBe(true);
});
