import fc from "fast-check";
import { expect, test } from "vitest";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { joinedSince } from "./joined-since.ts";

test("with what joined put behind what was there it is what there is, whenever both ends say so", async () => {
  const till = await TillInMemory.open();
  for (let noted = 0; noted < 20; noted += 1)
    await till.journal.append({ staff: null, makeFact: () => ({ type: "staff.signedOut" }) });
  const all = till.journal.entries;
  const window = fc
    .tuple(fc.nat(20), fc.nat(20))
    .map(([one, other]) => all.slice(Math.min(one, other), Math.max(one, other)));
  fc.assert(
    fc.property(window, window, (before, now) => {
      const joined = joinedSince(before, now);
      if (joined !== null) expect([...before, ...joined]).toEqual(now);
      else expect(before.length === 0 || before[0] !== now[0] || now.length < before.length).toBe(true);
    }),
  );
});
