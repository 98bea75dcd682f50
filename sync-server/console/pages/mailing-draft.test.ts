import { expect, test } from "vitest";
import { draftOfMailing, mailingOfDraft } from "./mailing-draft.ts";

const WEEKLY = {
  schedule: { every: "week", weekday: 3, at: "07:30", timeZone: "Europe/Berlin" },
  recipients: ["ada@example.com", "ben@example.com"],
} as const;

test("when a report is sent comes back as it was saved", () => {
  const mailing = { ...WEEKLY, recipients: [...WEEKLY.recipients] };
  expect(mailingOfDraft(draftOfMailing(mailing))).toEqual(mailing);
  expect(mailingOfDraft(draftOfMailing(null))).toBeNull();
});

test("addresses may be typed in lines or with commas; one that is none is wrong, as are none at all", () => {
  const draft = { ...draftOfMailing(null), isOn: true, every: "day", timeZone: "Europe/Berlin" } as const;
  expect(
    mailingOfDraft({ ...draft, recipients: "a@example.com, b@example.com\nc@example.com" }),
  ).toMatchObject({
    recipients: ["a@example.com", "b@example.com", "c@example.com"],
  });
  expect(mailingOfDraft({ ...draft, recipients: "a@example.com b" })).toBe("wrong");
  expect(mailingOfDraft({ ...draft, recipients: " " })).toBe("wrong");
});
