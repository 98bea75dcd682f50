import { X } from "lucide-react";
import { useState } from "react";
import { type DeliveryId, idOf } from "#domain/ids.ts";
import type { DeliveryKind } from "#domain/stock/delivery.ts";
import type { WantDelivery } from "#protocol/hq/deliveries.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ArticleSearch } from "./article-search.tsx";
import { type LineDraft, pastedLines, piecesTyped, withLines } from "./delivery-lines.ts";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

interface Draft {
  readonly from: string | null;
  readonly to: string | null;
  readonly supplier: string;
  readonly reference: string;
  readonly expectedOn: string;
  readonly note: string;
  readonly blind: boolean;
  readonly draft: boolean;
  readonly lines: readonly LineDraft[];
}

const EMPTY: Draft = {
  from: null,
  to: null,
  supplier: "",
  reference: "",
  expectedOn: "",
  note: "",
  blind: false,
  draft: false,
  lines: [],
};

/** A transfer that HQ asks for, or what a supplier is to bring. */
export function NewDeliverySheet({
  kind,
  onMade,
  onClose,
}: {
  readonly kind: DeliveryKind;
  readonly onMade: (id: DeliveryId) => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [draft, setDraft] = useState(EMPTY);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (change: Partial<Draft>): void => setDraft((now) => ({ ...now, ...change }));
  const wanted = wantedOf(draft, kind);
  const save = async (): Promise<void> => {
    if (wanted === null) return;
    setBusy(true);
    const answer = await api.deliveries.want(wanted);
    setBusy(false);
    if (answer.ok) onMade(answer.value.id);
    else setProblem(answer.reason);
  };
  return (
    <Sheet
      title={t(kind === "transfer" ? "deliveries.newTransfer" : "deliveries.newSupplier")}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <div className="grid gap-6 lg:grid-cols-2">
        <Head kind={kind} draft={draft} onChange={set} />
        <Lines lines={draft.lines} onChange={(lines) => set({ lines })} />
      </div>
      <div className="mt-4 space-y-3">
        <ProblemNote problem={problem} />
        <div className="flex justify-end">
          <Button look="primary" isDisabled={isBusy || wanted === null} onPress={() => void save()}>
            {t("deliveries.save")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

function Head({
  kind,
  draft,
  onChange,
}: {
  readonly kind: DeliveryKind;
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        {kind === "transfer" && (
          <StoreSelect
            value={draft.from}
            none={`${t("deliveries.from")}: ${t("deliveries.chooseStore")}`}
            label={t("deliveries.from")}
            onChange={(from) => onChange({ from })}
          />
        )}
        <StoreSelect
          value={draft.to}
          none={`${t("deliveries.to")}: ${t("deliveries.chooseStore")}`}
          label={t("deliveries.to")}
          onChange={(to) => onChange({ to })}
        />
      </div>
      {kind === "supplier" && (
        <TextField
          label={t("deliveries.supplier")}
          value={draft.supplier}
          onChange={(supplier) => onChange({ supplier })}
        />
      )}
      <TextField
        label={t("deliveries.reference")}
        hint={t("deliveries.referenceHint")}
        value={draft.reference}
        onChange={(reference) => onChange({ reference })}
      />
      <TextField
        label={t("deliveries.expectedOn")}
        type="date"
        value={draft.expectedOn}
        onChange={(expectedOn) => onChange({ expectedOn })}
      />
      <TextField label={t("deliveries.note")} value={draft.note} onChange={(note) => onChange({ note })} />
      <Check label={t("deliveries.blind")} checked={draft.blind} onChange={(blind) => onChange({ blind })} />
      <Check
        label={t("deliveries.draft")}
        checked={draft.draft}
        onChange={(isDraft) => onChange({ draft: isDraft })}
      />
    </div>
  );
}

function Lines({
  lines,
  onChange,
}: {
  readonly lines: readonly LineDraft[];
  readonly onChange: (lines: readonly LineDraft[]) => void;
}) {
  const [pasted, setPasted] = useState("");
  const { lines: read, wrong } = pastedLines(pasted);
  return (
    <section aria-label={t("deliveries.lines")} className="space-y-3">
      <ul className="space-y-2">
        {lines.map((line) => (
          <li key={line.sku} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{line.name === "" ? line.sku : line.name}</span>
            <input
              inputMode="numeric"
              aria-label={t("deliveries.pieces", { article: line.sku })}
              aria-invalid={piecesTyped(line.pieces) === null ? true : undefined}
              value={line.pieces}
              onChange={(event) =>
                onChange(
                  lines.map((each) => (each === line ? { ...each, pieces: event.target.value } : each)),
                )
              }
              className="figures min-h-10 w-24 rounded-xl border border-line bg-surface px-3 text-right aria-invalid:border-danger"
            />
            <Button
              look="quiet"
              aria-label={t("deliveries.remove", { article: line.sku })}
              onPress={() => onChange(lines.filter((each) => each !== line))}
              className="px-2.5"
            >
              <X aria-hidden size={18} />
            </Button>
          </li>
        ))}
      </ul>
      <ArticleSearch
        label={t("deliveries.addArticle")}
        clears
        onChosen={(_, name, sku) => onChange(withLines(lines, [{ sku, name, pieces: "1" }]))}
      />
      <TextArea
        label={t("deliveries.paste")}
        hint={t("deliveries.pasteHint")}
        value={pasted}
        onChange={setPasted}
      />
      {wrong.length > 0 && (
        <p role="alert" className="text-danger text-sm">
          {t("deliveries.pasteWrong", { lines: wrong.slice(0, 3).join(" / ") })}
        </p>
      )}
      <Button
        isDisabled={read.length === 0}
        onPress={() => {
          onChange(withLines(lines, read));
          setPasted(wrong.join("\n"));
        }}
      >
        {t("deliveries.takePasted")}
      </Button>
    </section>
  );
}

/** What is asked for; null while something is missing. */
function wantedOf(draft: Draft, kind: DeliveryKind): WantDelivery | null {
  const { from, to, supplier, reference, expectedOn, note, blind, draft: isDraft } = draft;
  const isFrom = kind === "transfer" ? from !== null && from !== to : supplier.trim() !== "";
  if (to === null || !isFrom || draft.lines.length === 0) return null;
  const lines = draft.lines.flatMap((line) => {
    const pieces = piecesTyped(line.pieces);
    return pieces === null ? [] : [{ sku: idOf<"Sku">(line.sku), pieces }];
  });
  if (lines.length < draft.lines.length) return null;
  return {
    ...(reference.trim() === "" ? {} : { reference: reference.trim() }),
    supplier: kind === "supplier" ? supplier.trim() : "",
    from: kind === "transfer" ? from : null,
    to,
    expectedOn: expectedOn === "" ? null : idOf<"BusinessDay">(expectedOn),
    blind,
    note,
    lines,
    draft: isDraft,
  };
}
