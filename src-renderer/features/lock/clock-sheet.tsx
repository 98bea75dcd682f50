import { type FormEvent, useEffect, useState } from "react";
import { readBadgeCode } from "#domain/staff/badge.ts";
import { dayText, timeText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { type StaffName, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import {
  chooseDirection,
  chooseForClock,
  clock,
  type Direction,
  deleteClockDigit,
  resetClock,
  typeClockPin,
  useClock,
} from "./clock-store.ts";
import { PinDots } from "./pin-dots.tsx";

const DIRECTIONS = ["in", "out"] as const satisfies readonly Direction[];

/** The time clock: who is at work since when, and coming and going by PIN or badge. Nobody is signed in by it. */
export function ClockSheet({
  staff,
  onClose,
}: {
  readonly staff: readonly StaffName[];
  readonly onClose: () => void;
}) {
  const { direction, forgot } = useClock();
  useEffect(() => resetClock, []);
  useTyped("over", (text) => void typeClockPin(text));
  useScans(
    "over",
    (code) => void (readBadgeCode(code) === null ? typeClockPin(code) : clock({ badge: code })),
  );
  return (
    <Sheet title={t("clock.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <div className="grid grid-cols-[minmax(0,1fr)_18rem] gap-6">
        <div className="flex flex-col gap-4">
          <Segments
            segments={DIRECTIONS.map((value) => ({ value, words: t(`clock.${value}`) }))}
            chosen={direction}
            onChoose={chooseDirection}
          />
          <Colleagues staff={staff} />
          <p className="text-ink-soft">{t("clock.how")}</p>
        </div>
        {forgot === null ? (
          <Pin />
        ) : (
          <WhenLeft since={forgot.since} onSaid={(at) => void clock(forgot.who, at)} />
        )}
      </div>
    </Sheet>
  );
}

function Colleagues({ staff }: { readonly staff: readonly StaffName[] }) {
  const atWork = useTill((till) => till.clock);
  const chosen = useClock((entry) => entry.chosen);
  return (
    <ul className="grid grid-cols-2 gap-2">
      {staff.map(({ id, name }) => {
        const since = atWork.find((each) => each.staff === id)?.since ?? null;
        return (
          <li key={id} className="flex flex-col gap-1 [&_button]:min-h-16">
            <Chip words={name} chosen={chosen === id} onChoose={() => chooseForClock(id, since !== null)} />
            <span className="figures px-2 text-ink-soft text-sm">
              {since === null ? t("clock.away") : t("clock.since", { time: timeText(since) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Pin() {
  const { pin, checking, problem } = useClock();
  return (
    <div className="flex flex-col gap-3">
      <PinDots entered={pin.length} checking={checking} />
      <p role="alert" className="min-h-12 text-balance text-center font-semibold text-danger leading-tight">
        {problem}
      </p>
      <Numpad
        label={t("lock.digits")}
        deleteLabel={t("lock.delete")}
        onDigits={(digits) => void typeClockPin(digits)}
        onDelete={deleteClockDigit}
      />
    </div>
  );
}

/** Asks when they left, where they forgot to say so. */
function WhenLeft({ since, onSaid }: { readonly since: number; readonly onSaid: (atMs: number) => void }) {
  const problem = useClock((entry) => entry.problem);
  const [day, setDay] = useState("");
  const [time, setTime] = useState("");
  // The till stands in its store: its own clock's time zone is the store's.
  const at = Date.parse(`${day}T${time}`);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!Number.isNaN(at)) onSaid(at);
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <p className="font-semibold">{t("clock.forgot", { day: dayText(since), time: timeText(since) })}</p>
      <Field
        type="date"
        label={t("clock.leftDay")}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <Field
        type="time"
        label={t("clock.leftTime")}
        value={time}
        onChange={(event) => setTime(event.target.value)}
      />
      <p role="alert" className="min-h-6 font-semibold text-danger leading-tight">
        {problem}
      </p>
      <Button type="submit" look="primary" size="huge" disabled={Number.isNaN(at)}>
        {t("clock.in")}
      </Button>
    </form>
  );
}
