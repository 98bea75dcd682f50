import type { ReportSchedule } from "#domain/reports/schedule.ts";
import { reportMailingSchema, type SavedViewRequest } from "#protocol/hq/reports.ts";

/** When a saved report is sent and to whom, as it is typed. */
export interface MailingDraft {
  readonly isOn: boolean;
  readonly every: ReportSchedule["every"];
  readonly weekday: string;
  readonly day: string;
  readonly at: string;
  readonly timeZone: string;
  readonly recipients: string;
}

export function draftOfMailing(mailing: SavedViewRequest["mailing"]): MailingDraft {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const usual = { every: "week", weekday: "1", day: "1", at: "07:00", timeZone, recipients: "" } as const;
  if (mailing === null) return { ...usual, isOn: false };
  const { schedule, recipients } = mailing;
  return {
    ...usual,
    isOn: true,
    every: schedule.every,
    ...(schedule.every === "week" ? { weekday: String(schedule.weekday) } : {}),
    ...(schedule.every === "month" ? { day: String(schedule.day) } : {}),
    at: schedule.at,
    timeZone: schedule.timeZone,
    recipients: recipients.join("\n"),
  };
}

/** What is asked for; `wrong` where an address or a time is none. */
export function mailingOfDraft(draft: MailingDraft): SavedViewRequest["mailing"] | "wrong" {
  if (!draft.isOn) return null;
  const { every, weekday, day, at, timeZone, recipients } = draft;
  const read = reportMailingSchema.safeParse({
    schedule: {
      every,
      ...(every === "week" ? { weekday: Number(weekday) } : {}),
      ...(every === "month" ? { day: Number(day) } : {}),
      at,
      timeZone,
    },
    recipients: recipients.split(/[\s,;]+/).filter((address) => address !== ""),
  });
  return read.success ? read.data : "wrong";
}
