import { Plus, X } from "lucide-react";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { ExceptionDraft, HoursDraft } from "./hours-draft.ts";
import type { StoreDraft } from "./store-draft.ts";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export function dayName(day: number): string {
  return t(`stores.day.${DAYS[day] ?? "monday"}`);
}

/** What a store is called, where it is and how it counts. */
export function StoreFields({
  draft,
  isCurrencyFixed,
  onChange,
}: {
  readonly draft: StoreDraft;
  readonly isCurrencyFixed: boolean;
  readonly onChange: (changes: Partial<StoreDraft>) => void;
}) {
  const zones = [...new Set([draft.timeZone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <>
      <TextField label={t("stores.name")} value={draft.name} onChange={(name) => onChange({ name })} />
      <TextArea
        label={t("stores.address")}
        value={draft.address}
        onChange={(address) => onChange({ address })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t("stores.phone")} value={draft.phone} onChange={(phone) => onChange({ phone })} />
        <TextField label={t("stores.email")} value={draft.email} onChange={(email) => onChange({ email })} />
        <TextField label={t("stores.vatId")} value={draft.vatId} onChange={(vatId) => onChange({ vatId })} />
        {isCurrencyFixed ? (
          <div>
            <p className="mb-1 font-medium text-sm">{t("stores.currency")}</p>
            <p className="figures flex min-h-11 items-center">{draft.currency}</p>
            <p className="text-soft text-sm">{t("stores.currency.fixed")}</p>
          </div>
        ) : (
          <TextField
            label={t("stores.currency")}
            hint={t("stores.currency.hint")}
            value={draft.currency}
            onChange={(currency) => onChange({ currency })}
          />
        )}
        <LabelledSelect
          label={t("stores.timeZone")}
          value={draft.timeZone}
          choices={zones.map((value) => ({ value, text: value }))}
          onChange={(timeZone) => onChange({ timeZone })}
        />
        <TextField
          label={t("stores.locale")}
          hint={t("stores.locale.hint")}
          value={draft.locale}
          onChange={(locale) => onChange({ locale })}
        />
      </div>
    </>
  );
}

/** When a store is open: the days of the week, and days that are other than those. */
export function HoursFields({
  draft: { isAlwaysOpen, hours },
  onChange,
}: {
  readonly draft: StoreDraft;
  readonly onChange: (changes: Partial<StoreDraft>) => void;
}) {
  const change = (changes: Partial<HoursDraft>) => onChange({ hours: { ...hours, ...changes } });
  return (
    <FieldGroup title={t("stores.hours")}>
      <Check
        label={t("stores.hours.always")}
        checked={isAlwaysOpen}
        onChange={(always) => onChange({ isAlwaysOpen: always })}
      />
      {!isAlwaysOpen && (
        <>
          <p className="text-soft text-sm">{t("stores.hours.hint")}</p>
          <div className="grid gap-3 sm:grid-cols-2">
            {hours.week.map((text, day) => (
              <TextField
                key={DAYS[day]}
                label={dayName(day)}
                value={text}
                onChange={(typed) => change({ week: hours.week.with(day, typed) })}
              />
            ))}
          </div>
          <Exceptions exceptions={hours.exceptions} onChange={(exceptions) => change({ exceptions })} />
        </>
      )}
    </FieldGroup>
  );
}

function Exceptions({
  exceptions,
  onChange,
}: {
  readonly exceptions: readonly ExceptionDraft[];
  readonly onChange: (exceptions: readonly ExceptionDraft[]) => void;
}) {
  const edit = (key: number, changes: Partial<ExceptionDraft>) =>
    onChange(exceptions.map((each) => (each.key === key ? { ...each, ...changes } : each)));
  const next = Math.max(-1, ...exceptions.map(({ key }) => key)) + 1;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-2 font-medium">{t("stores.exceptions")}</legend>
      {exceptions.map(({ key, day, hours, note }) => (
        <div key={key} className="flex flex-wrap items-end gap-3">
          <TextField
            label={t("stores.exception.day")}
            type="date"
            value={day}
            onChange={(typed) => edit(key, { day: typed })}
          />
          <TextField
            label={t("stores.exception.hours")}
            value={hours}
            onChange={(typed) => edit(key, { hours: typed })}
          />
          <TextField
            label={t("stores.exception.note")}
            value={note}
            onChange={(typed) => edit(key, { note: typed })}
          />
          <Button
            look="quiet"
            aria-label={t("stores.exception.remove", { day })}
            className="px-2.5"
            onPress={() => onChange(exceptions.filter((each) => each.key !== key))}
          >
            <X aria-hidden size={18} />
          </Button>
        </div>
      ))}
      <Button onPress={() => onChange([...exceptions, { key: next, day: "", hours: "", note: "" }])}>
        <Plus aria-hidden size={17} />
        {t("stores.exception.add")}
      </Button>
    </fieldset>
  );
}
