import { Clock4 } from "lucide-react";
import { useEffect, useState } from "react";
import { readBadgeCode } from "#domain/staff/badge.ts";
import type { ViewValue } from "#protocol/till/contract.ts";
import { timeText } from "../../app/format.ts";
import { useScans } from "../../app/keyboard.ts";
import { recordsKey, recordsText } from "../../app/records-words.ts";
import { roleName } from "../../app/role-name.ts";
import { chipWords } from "../../app/sync-words.ts";
import { tell, useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { SplitScreen } from "../../ui/frame.tsx";
import { Mark } from "../../ui/mark.tsx";
import { ClockSheet } from "./clock-sheet.tsx";
import { backToColleagues, chooseColleague, PIN_DIGITS, showBadge, typePin, useLock } from "./lock-store.ts";
import { PinEntry } from "./pin-entry.tsx";
import { Problem } from "./problem.tsx";

type Locked = Extract<ViewValue<"session">, { readonly state: "locked" }>;
type Colleague = Locked["staff"][number];

const CLOCK_TICK_MS = 1_000;

/** Who works here, then the PIN: by touch, by keyboard, or by a badge with the digits on it. */
export function LockScreen({ session }: { readonly session: Locked }) {
  const chosenId = useLock((lock) => lock.chosen);
  const chosen = session.staff.find((colleague) => colleague.id === chosenId);
  const [atClock, setAtClock] = useState(false);
  useEffect(() => backToColleagues, []);
  useScans("screen", (code) => {
    if (readBadgeCode(code) !== null) void showBadge(code);
    else if (chosen !== undefined && code.length === PIN_DIGITS) void typePin(code);
    else tell("refusal", t("lock.noScan"));
  });
  return (
    <SplitScreen about={<About session={session} />}>
      {chosen === undefined ? (
        <Colleagues staff={session.staff} onClock={() => setAtClock(true)} />
      ) : (
        <PinEntry key={chosen.id} name={chosen.name} />
      )}
      {atClock ? <ClockSheet staff={session.staff} onClose={() => setAtClock(false)} /> : null}
    </SplitScreen>
  );
}

function About({ session }: { readonly session: Locked }) {
  const sync = useTill((till) => till.sync);
  return (
    <>
      <p className="flex items-center gap-3 font-bold text-xl">
        <Mark size={44} />
        {t("app.name")}
      </p>
      <Clock locale={session.locale} timeZone={session.timeZone} />
      <div>
        <p className="font-bold text-2xl">
          <bdi>{session.storeName}</bdi>
        </p>
        <p className="text-on-deep-soft text-lg">{t("app.register", { register: session.register })}</p>
        <p className="mt-3 text-on-deep-soft">
          {sync === null ? "" : chipWords(sync, timeText).map(apart).join(" · ")}
        </p>
        {sync?.records === undefined ? null : (
          <div role="status" className="mt-3 flex max-w-md flex-col gap-2 font-semibold">
            {sync.records.map((each) => (
              <p key={recordsKey(each)}>{recordsText(each, timeText)}</p>
            ))}
          </div>
        )}
      </div>
    </>
  );
}

/** Hours and minutes; morning or afternoon as a part of its own, where people of the locale say it. */
function timeParts(now: Date, locale: string, timeZone: string) {
  const format = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit" });
  const parts = format.formatToParts(now);
  const isPeriod = ({ type }: Intl.DateTimeFormatPart) => type === "dayPeriod";
  const clock = parts.filter((part) => !isPeriod(part)).map(({ value }) => value);
  return [{ type: "clock", value: clock.join("").trim() }, ...parts.filter(isPeriod)];
}

/** The time in the shop, large enough to read from the door. */
function Clock({ locale, timeZone }: { readonly locale: string; readonly timeZone: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), CLOCK_TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="leading-none">
      <span className="figures block font-extrabold text-7xl tracking-tight xl:text-8xl">
        {timeParts(now, locale, timeZone).map(({ type, value }) => (
          <span key={type} className={type === "dayPeriod" ? "ms-[0.3em] text-[0.4em] tracking-normal" : ""}>
            {value}
          </span>
        ))}
      </span>
      <span className="mt-4 block text-on-deep-soft text-xl">
        {now.toLocaleDateString(locale, { timeZone, weekday: "long", day: "numeric", month: "long" })}
      </span>
    </p>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0))
    .join("");
}

function Colleagues({
  staff,
  onClock,
}: {
  readonly staff: readonly Colleague[];
  readonly onClock: () => void;
}) {
  return (
    <section className="rise flex w-full max-w-3xl flex-col items-center gap-8">
      <h1 className="text-center font-bold text-4xl">{t("lock.title")}</h1>
      <p className="-mt-4 text-center text-ink-soft text-lg">
        {t(staff.length === 0 ? "lock.noStaff" : "lock.how")}
      </p>
      <div className="-my-5">
        <Problem />
      </div>
      <ul className="flex flex-wrap items-stretch justify-center gap-4">
        {staff.map((colleague) => (
          <li key={colleague.id}>
            <button
              type="button"
              onClick={() => chooseColleague(colleague.id)}
              className="press flex h-full min-h-48 w-40 flex-col items-center gap-3 rounded-panel border border-line bg-surface px-3 pt-6 pb-5 shadow-tile hover:border-brand xl:min-h-60 xl:w-56 xl:pt-8"
            >
              <span
                aria-hidden
                className={`grid size-18 shrink-0 place-items-center rounded-full font-bold text-2xl xl:size-24 xl:text-3xl ${colleague.role.id === "manager" ? "bg-accent text-on-accent" : "bg-brand-soft text-brand-strong"}`}
              >
                {initials(colleague.name)}
              </span>
              <span className="text-balance font-semibold text-lg leading-tight xl:text-xl">
                <bdi>{colleague.name}</bdi>
              </span>
              <span className="mt-auto text-ink-soft text-sm xl:text-base">{roleName(colleague)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" size="large" icon={<Clock4 aria-hidden />} onClick={onClock}>
        {t("clock.title")}
      </Button>
    </section>
  );
}
