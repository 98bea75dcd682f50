import { X } from "lucide-react";
import { useState } from "react";
import type { DeliveryKind } from "#domain/stock/delivery.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ArticleSearch } from "./article-search.tsx";
import type { DeliveryDraft } from "./delivery-draft.ts";
import { type LineDraft, pastedLines, piecesTyped, withLines } from "./delivery-lines.ts";
import { StoreSelect } from "./store-select.tsx";

/** The fields of a delivery that is made or changed. `isTold`: its stores know of it, so where it comes from and goes and what it is called stay. */
export function DeliveryFields({
  kind,
  draft,
  isTold = false,
  isNew = false,
  onChange,
  children,
}: {
  readonly kind: DeliveryKind;
  readonly draft: DeliveryDraft;
  readonly isTold?: boolean;
  /** Without a reference it gets a number. */
  readonly isNew?: boolean;
  readonly onChange: (change: Partial<DeliveryDraft>) => void;
  readonly children?: React.ReactNode;
}) {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div className="space-y-4">
        {isTold ? (
          <p className="text-soft">{t("deliveries.toldHint")}</p>
        ) : (
          <Way kind={kind} draft={draft} isNew={isNew} onChange={onChange} />
        )}
        <TextField
          label={t("deliveries.expectedOn")}
          type="date"
          value={draft.expectedOn}
          onChange={(expectedOn) => onChange({ expectedOn })}
        />
        <TextField label={t("deliveries.note")} value={draft.note} onChange={(note) => onChange({ note })} />
        <Check
          label={t("deliveries.blind")}
          checked={draft.blind}
          onChange={(blind) => onChange({ blind })}
        />
        {children}
      </div>
      <Lines lines={draft.lines} onChange={(lines) => onChange({ lines })} />
    </div>
  );
}

function Way({
  kind,
  draft,
  isNew,
  onChange,
}: {
  readonly kind: DeliveryKind;
  readonly draft: DeliveryDraft;
  readonly isNew: boolean;
  readonly onChange: (change: Partial<DeliveryDraft>) => void;
}) {
  return (
    <>
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
        hint={isNew ? t("deliveries.referenceHint") : null}
        value={draft.reference}
        onChange={(reference) => onChange({ reference })}
      />
    </>
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
