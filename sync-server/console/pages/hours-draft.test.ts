import { expect, test } from "vitest";
import { hoursDraftOf, hoursOf } from "./hours-draft.ts";

const CLOSED = ["", "", "", "", "", "", ""];

test("hours are typed as people write them", () => {
  const read = hoursOf({ week: CLOSED.with(0, "9-18").with(1, "9:00 – 13, 14:30-18:00"), exceptions: [] });
  expect(read).toMatchObject({
    ok: true,
    value: {
      week: [
        [{ from: "09:00", until: "18:00" }],
        [
          { from: "09:00", until: "13:00" },
          { from: "14:30", until: "18:00" },
        ],
        [],
        [],
        [],
        [],
        [],
      ],
    },
  });
  if (read.ok) expect(hoursOf(hoursDraftOf(read.value))).toEqual(read);
});

test("what cannot be read, or ends before it begins, is told by its day", () => {
  expect(hoursOf({ week: CLOSED.with(3, "noon"), exceptions: [] })).toEqual({ ok: false, reason: 3 });
  expect(hoursOf({ week: CLOSED.with(2, "18-9"), exceptions: [] })).toEqual({ ok: false, reason: 2 });
  expect(hoursOf({ week: CLOSED.with(2, "9-25"), exceptions: [] })).toEqual({ ok: false, reason: 2 });
  const exceptions = [{ key: 0, day: "2026-12-24", hours: "9-", note: "" }];
  expect(hoursOf({ week: CLOSED, exceptions })).toEqual({ ok: false, reason: "2026-12-24" });
});
