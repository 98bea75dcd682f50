import { ArrowRight, CalendarClock, CircleCheck, Printer, RotateCcw, Save, Store } from "lucide-react";
import { useState } from "react";
import { MAX_CASE_TEXT_CHARS } from "#domain/cases/case.ts";
import { instant } from "#domain/ids.ts";
import type { CaseCard } from "#protocol/till/cases.ts";
import { dayText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { noteCase, printSlip } from "./cases-store.ts";
import { CloseCaseSheet } from "./close-case-sheet.tsx";
import { dayValue, endOfDay } from "./day-value.ts";
import { PhotoField } from "./photo-field.tsx";
import type { TakenPhoto } from "./photos.ts";

type Status = CaseCard["status"];

/** What to do about a case: a note and photos, where it goes next, its deadline, its slips. What is noted goes with the move that is pressed. */
export function ActPanel({ card }: { readonly card: CaseCard }) {
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<readonly TakenPhoto[]>([]);
  const [closing, setClosing] = useState(false);
  const written = {
    case: card.id,
    note: note.trim(),
    photos: photos.map(({ mime, bytes }) => ({ mime, bytes })),
  };
  const isWritten = written.note !== "" || photos.length > 0;
  async function done(act: Promise<boolean>): Promise<void> {
    if (!(await act)) return;
    // What was typed or taken since the press is not noted yet: it stays.
    setNote((now) => (now === note ? "" : now));
    setPhotos((now) => (now === photos ? [] : now));
  }
  const move = (to: Status) =>
    done(
      noteCase({ ...written, to }, ({ number }) =>
        t("cases.moved", { number, status: t(`cases.status.${to}`) }),
      ),
    );
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex flex-1 flex-col gap-4 p-4">
        {card.elsewhere === null ? null : (
          <Button
            look="accent"
            size="large"
            icon={<Store aria-hidden />}
            onClick={() => void done(noteCase({ ...written, takeOver: true }, () => t("cases.noted")))}
          >
            {t("cases.takeOver")}
          </Button>
        )}
        <TextArea
          label={t("cases.note")}
          placeholder={t("cases.noteHint")}
          rows={3}
          maxLength={MAX_CASE_TEXT_CHARS}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <PhotoField photos={photos} onPhotos={setPhotos} />
        {isWritten ? (
          <Button
            size="large"
            icon={<Save aria-hidden />}
            onClick={() => void done(noteCase(written, () => t("cases.noted")))}
          >
            {t("cases.save")}
          </Button>
        ) : null}
        <Moves card={card} onMove={(to) => void move(to)} />
        {card.status === "closed" ? null : <Deadline card={card} />}
      </div>
      <Foot card={card} onClosing={() => setClosing(true)} />
      {closing ? (
        <CloseCaseSheet
          card={card}
          written={written}
          onDone={() => {
            setNote("");
            setPhotos([]);
          }}
          onClose={() => setClosing(false)}
        />
      ) : null}
    </div>
  );
}

/** Always in sight: the slips, and the end of the case. */
function Foot({ card, onClosing }: { readonly card: CaseCard; readonly onClosing: () => void }) {
  return (
    <div className="sticky bottom-0 flex flex-col gap-2 border-line border-t bg-surface p-4">
      <div className="grid grid-cols-2 gap-2">
        {(["customer", "workshop"] as const).map((copy) => (
          <Button
            key={copy}
            icon={<Printer aria-hidden size={20} />}
            onClick={() => void printSlip(card, copy)}
          >
            {t(`cases.print.${copy}`)}
          </Button>
        ))}
      </div>
      {card.next.includes("closed") ? (
        <Button look="primary" size="huge" icon={<CircleCheck aria-hidden />} onClick={onClosing}>
          {t("cases.close")}
        </Button>
      ) : null}
    </div>
  );
}

function Moves({ card, onMove }: { readonly card: CaseCard; readonly onMove: (to: Status) => void }) {
  const moves = card.next.filter((status) => status !== "closed");
  if (card.status === "closed")
    return (
      <Button size="large" icon={<RotateCcw aria-hidden />} onClick={() => onMove("inProgress")}>
        {t("cases.reopen")}
      </Button>
    );
  return (
    <fieldset className="flex flex-col gap-2 border-0 p-0">
      <legend className="mb-1.5 font-semibold text-ink-soft text-sm">{t("cases.next")}</legend>
      {moves.map((status) => (
        <Button
          key={status}
          size="large"
          className="justify-start!"
          icon={<ArrowRight aria-hidden className="rtl:-scale-x-100" />}
          onClick={() => onMove(status)}
        >
          {t(`cases.status.${status}`)}
        </Button>
      ))}
    </fieldset>
  );
}

function Deadline({ card }: { readonly card: CaseCard }) {
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = typed === null ? null : endOfDay(typed);
  async function save(): Promise<void> {
    if (chosen === null) return;
    const deadline = instant(chosen);
    const words = () => t("cases.movedDeadline", { day: dayText(deadline) });
    if (await noteCase({ case: card.id, deadline }, words)) setTyped(null);
  }
  if (typed === null)
    return (
      <p className="figures flex items-center justify-between gap-3 rounded-2xl bg-sunken py-1 pe-1 ps-4">
        <span className="inline-flex items-center gap-2">
          <CalendarClock aria-hidden size={20} className="shrink-0" />
          <span>
            {t("cases.deadline")} <strong className="whitespace-nowrap">{dayText(card.deadline)}</strong>
          </span>
        </span>
        <Button look="quiet" onClick={() => setTyped(dayValue(card.deadline))}>
          {t("cases.changeDeadline")}
        </Button>
      </p>
    );
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t("cases.deadline")}
        type="date"
        className="min-w-0 flex-1"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" size="large" look="primary" disabled={chosen === null}>
        {t("cases.changeDeadline")}
      </Button>
      <Button size="large" look="quiet" onClick={() => setTyped(null)}>
        {t("cases.keepDeadline")}
      </Button>
    </form>
  );
}
