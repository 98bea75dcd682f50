import { useState } from "react";
import { idOf, instant, type StaffId } from "#domain/ids.ts";
import { instantOfLocalTime, localTimeOf } from "#domain/store/local-time.ts";
import type { WorkSpanRow } from "#protocol/hq/staff.ts";
import { OnceIds } from "../once-ids.ts";
import { useApi, useOwnName } from "../signed-in.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { SaveRow, useSaving } from "./save-row.tsx";
import { zonedTime } from "./zoned-time.ts";

interface Draft {
  readonly staff: string;
  readonly store: string;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

/** What somebody worked, in HQ's words: instead of what was clocked, or, where `span` is null, though nobody clocked it. */
export function CorrectionSheet({
  span,
  onDone,
  onClose,
}: {
  readonly span: WorkSpanRow | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { staff } = useApi();
  const by = useOwnName();
  const [draft, setDraft] = useState<Draft>(() => draftOf(span));
  const [ids] = useState(() => new OnceIds());
  const saving = useSaving();
  const timeZone = span?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const from = instantOfLocalTime({ text: draft.from, timeZone });
  const until = instantOfLocalTime({ text: draft.until, timeZone });
  const isWhole = [draft.staff, draft.store, draft.reason].every((text) => text.trim() !== "");
  function change(changes: Partial<Draft>): void {
    setDraft({ ...draft, ...changes });
    saving.forget();
  }
  function save(): void {
    if (from === null || until === null || !isWhole) {
      saving.complain(t("clock.correct.incomplete"));
      return;
    }
    const whose: StaffId = idOf<"Staff">(draft.staff);
    const correction = { ...draft, by, staff: whose, span: span?.id ?? null, from, until };
    const once = { ids, wish: Object.values(correction), inDoubt: t("clock.correct.inDoubt") };
    saving.saveOnce(once, async (id) => {
      const answer = await staff.correct({ ...correction, id: idOf<"Correction">(id) });
      if (answer.ok) onDone();
      return answer;
    });
  }
  return (
    <Sheet
      title={span === null ? t("clock.add") : t("clock.correctOf", { name: span.staffName, day: span.day })}
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
        {span === null ? <Whose draft={draft} onChange={change} /> : <Clocked span={span} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("clock.in")}
            type="datetime-local"
            value={draft.from}
            onChange={(typed) => change({ from: typed })}
          />
          <TextField
            label={t("clock.out")}
            type="datetime-local"
            value={draft.until}
            onChange={(typed) => change({ until: typed })}
          />
        </div>
        <TextField label={t("clock.reason")} value={draft.reason} onChange={(reason) => change({ reason })} />
        <SaveRow saving={saving} done="" />
      </form>
    </Sheet>
  );
}

function draftOf(span: WorkSpanRow | null): Draft {
  const clock = (at: number | null | undefined) =>
    span === null || at == null ? "" : localTimeOf({ at: instant(at), timeZone: span.timeZone });
  const [from, until] = [clock(span?.times.from), clock(span?.times.until)];
  return {
    staff: span?.staff ?? "",
    store: span?.store ?? "",
    // Where one end is missing the other is the best guess to begin from.
    from: from === "" ? until : from,
    until: until === "" ? from : until,
    reason: "",
  };
}

/** What was clocked, and what was said of it so far. */
function Clocked({ span: { clocked, corrections, timeZone } }: { readonly span: WorkSpanRow }) {
  const timeOf = (at: number | null) => (at === null ? t("common.none") : zonedTime(at, timeZone));
  return (
    <div className="space-y-1 rounded-xl bg-sunken px-4 py-3 text-sm">
      <p>{t("clock.clocked", { from: timeOf(clocked.from), until: timeOf(clocked.until) })}</p>
      {corrections.map(({ id, from, until, reason, by }) => (
        <p key={id}>{t("clock.history", { from: timeOf(from), until: timeOf(until), reason, by })}</p>
      ))}
      <p className="text-soft">{t("clock.correct.lead")}</p>
    </div>
  );
}

function Whose({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
}) {
  const api = useApi();
  const stores = useAskedOnce(api.stores).known?.stores ?? [];
  const people = useAskedOnce(api.staff.everybody).known?.staff ?? [];
  const none = { value: "", text: t("common.none") };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <LabelledSelect
        label={t("clock.colleague")}
        value={draft.staff}
        choices={[none, ...people.map(({ id, name }) => ({ value: id, text: name }))]}
        onChange={(staff) => onChange({ staff })}
      />
      <LabelledSelect
        label={t("clock.store")}
        value={draft.store}
        choices={[none, ...stores.map(({ code, name }) => ({ value: code, text: `${code} · ${name}` }))]}
        onChange={(store) => onChange({ store })}
      />
    </div>
  );
}
