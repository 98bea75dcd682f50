import { useCallback, useState } from "react";
import { LAST_DAY_OF_EVERY_MONTH } from "#domain/reports/schedule.ts";
import type { ReportView } from "#domain/reports/view.ts";
import { reportViewSchema, type SavedViewRow } from "#protocol/hq/reports.ts";
import type { Answer } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { useNewest } from "../use-newest.ts";
import { draftOfMailing, type MailingDraft, mailingOfDraft } from "./mailing-draft.ts";
import { Complaint, useSaving } from "./save-row.tsx";

/** Saves what a report shows under a name, for oneself or for all, and has it sent; `saved` null: as another one. */
export function SavedViewSheet({
  saved,
  view,
  sendsMail,
  onChanged,
  onClose,
}: {
  readonly saved: SavedViewRow | null;
  readonly view: ReportView;
  readonly sendsMail: boolean;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { reports } = useApi();
  const [name, setName] = useState(saved?.name ?? "");
  const [isShared, setShared] = useState(saved?.shared ?? false);
  const [draft, setDraft] = useState(() => draftOfMailing(saved?.mailing ?? null));
  const saving = useSaving();
  const isBusy = saving.state === "busy";
  const newest = useNewest();
  const mailing = mailingOfDraft(draft);

  function save(): void {
    if (mailing === "wrong") {
      saving.complain(t("reports.view.recipients.wrong"));
      return;
    }
    const wish = { name, shared: isShared, view: reportViewSchema.parse(view), mailing };
    end(() => reports.saveView(saved?.id ?? null, wish));
  }
  function end(act: () => Promise<Answer<unknown>>): void {
    saving.save(async () => {
      const isHere = newest.ask();
      const answer = await act();
      if (answer.ok) onChanged();
      if (answer.ok && isHere()) onClose();
      return answer;
    });
  }

  return (
    <Sheet
      title={t(saved === null ? "reports.view.sheet" : "reports.views.edit")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField label={t("reports.view.name")} value={name} onChange={setName} />
        <Check label={t("reports.view.shared")} checked={isShared} onChange={setShared} />
        <Check
          label={t("reports.view.mail")}
          checked={draft.isOn}
          onChange={(isOn) => setDraft({ ...draft, isOn })}
        />
        {draft.isOn && (
          <MailingFields
            draft={draft}
            sendsMail={sendsMail}
            onChange={(changes) => setDraft({ ...draft, ...changes })}
          />
        )}
        {saved?.nextAt != null && (
          <p className="text-soft">{t("reports.view.next", { when: dateTimeText(saved.nextAt) })}</p>
        )}
        <Complaint saving={saving} />
        <div className="flex gap-3">
          <Button type="submit" look="primary" isDisabled={isBusy || name.trim() === ""}>
            {t("common.save")}
          </Button>
          {saved !== null && (
            <Button
              look="quietDanger"
              className="ml-auto"
              isDisabled={isBusy}
              onPress={() => end(() => reports.forgetView(saved.id))}
            >
              {t("reports.view.forget")}
            </Button>
          )}
        </div>
      </form>
      {saved !== null && saved.mailing !== null && <MailLog view={saved.id} />}
    </Sheet>
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** 1 January 2024 was a Monday. */
const weekdayText = (weekday: number) =>
  new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, weekday));

function MailingFields({
  draft,
  sendsMail,
  onChange,
}: {
  readonly draft: MailingDraft;
  readonly sendsMail: boolean;
  readonly onChange: (changes: Partial<MailingDraft>) => void;
}) {
  const zones = [...new Set([draft.timeZone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <fieldset className="space-y-4 rounded-xl border border-line p-4">
      <legend className="px-1 font-semibold">{t("reports.view.mail")}</legend>
      {!sendsMail && (
        <p className="rounded-xl bg-warn-soft px-4 py-3 text-warn">{t("reports.view.mail.off")}</p>
      )}
      <div className="flex flex-wrap gap-3">
        <LabelledSelect
          label={t("reports.view.every")}
          value={draft.every}
          choices={(["day", "week", "month"] as const).map((every) => ({
            value: every,
            text: t(`reports.view.every.${every}`),
          }))}
          onChange={(every) => onChange({ every })}
        />
        {draft.every === "week" && (
          <LabelledSelect
            label={t("reports.view.weekday")}
            value={draft.weekday}
            choices={WEEKDAYS.map((weekday) => ({ value: String(weekday), text: weekdayText(weekday) }))}
            onChange={(weekday) => onChange({ weekday })}
          />
        )}
        {draft.every === "month" && (
          <LabelledSelect
            label={t("reports.view.day")}
            value={draft.day}
            choices={Array.from({ length: LAST_DAY_OF_EVERY_MONTH }, (_, place) => ({
              value: String(place + 1),
              text: String(place + 1),
            }))}
            onChange={(day) => onChange({ day })}
          />
        )}
        <TextField
          type="time"
          label={t("reports.view.at")}
          value={draft.at}
          onChange={(at) => onChange({ at })}
        />
        <LabelledSelect
          label={t("reports.view.zone")}
          value={draft.timeZone}
          choices={zones.map((zone) => ({ value: zone, text: zone }))}
          onChange={(timeZone) => onChange({ timeZone })}
        />
      </div>
      <TextArea
        label={t("reports.view.recipients")}
        hint={t("reports.view.recipients.hint")}
        value={draft.recipients}
        onChange={(recipients) => onChange({ recipients })}
      />
    </fieldset>
  );
}

const TONES = { sent: "good", waiting: "neutral", dead: "bad" } as const;

function MailLog({ view }: { readonly view: string }) {
  const { reports } = useApi();
  const { known } = useAskedOnce(useCallback(() => reports.mails(view), [reports, view]));
  if (known === null || known.mails.length === 0) return null;
  return (
    <section className="mt-6">
      <h3 className="mb-2 font-semibold">{t("reports.view.mails")}</h3>
      <ul className="space-y-1">
        {known.mails.map(({ id, dueAt, recipient, state, lastFailure }) => (
          <li key={id} className="flex flex-wrap items-center gap-3">
            <span className="figures">{dateTimeText(dueAt)}</span>
            <span className="mr-auto">{recipient}</span>
            {lastFailure !== null && <span className="text-soft text-sm">{lastFailure}</span>}
            <Badge tone={TONES[state]}>{t(`reports.view.mail.${state}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
