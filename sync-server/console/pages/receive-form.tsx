import { useState } from "react";
import { DISPOSITIONS, GOODS_CONDITIONS, usualDisposition } from "#domain/returns/goods.ts";
import type { MailReturnDetail, ReceiveReturn } from "#protocol/hq/returns.ts";
import type { Answer } from "../ask.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ActForm } from "./act-form.tsx";
import { LabelledStoreSelect } from "./store-select.tsx";
import { wholeNumber } from "./typed.ts";

type ParcelLine = ReceiveReturn["lines"][number];
interface LineDraft extends Omit<ParcelLine, "pieces"> {
  readonly pieces: string;
}

/** Notes what really came in a parcel. */
export function ReceiveForm({
  detail,
  onSubmit,
  onCancel,
}: {
  readonly detail: MailReturnDetail;
  readonly onSubmit: (parcel: ReceiveReturn) => Promise<Answer<unknown>>;
  readonly onCancel: () => void;
}) {
  const [lines, setLines] = useState(() => expectedLines(detail));
  const [store, setStore] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const came = lines.flatMap(({ pieces, ...line }) => {
    const count = wholeNumber(pieces);
    return count === null || count === 0 ? [] : [{ ...line, pieces: count }];
  });
  const isTyped = lines.every(({ pieces }) => wholeNumber(pieces) !== null);
  const needsStore = came.some(({ disposition }) => disposition === "stock");
  const change = (place: number, changes: Partial<LineDraft>): void =>
    setLines(lines.map((line, index) => (index === place ? { ...line, ...changes } : line)));
  return (
    <ActForm
      submit={t("returns.doReceive")}
      isReady={isTyped && came.length > 0 && (!needsStore || store !== null)}
      onSubmit={(by) => onSubmit({ by, store, note: note.trim(), lines: came })}
      onCancel={onCancel}
    >
      {lines.map((line, place) => (
        <fieldset key={line.position} className="grid gap-3 sm:grid-cols-[6rem_1fr_1fr]">
          <legend className="mb-1 font-medium">{nameOf(detail, line.position)}</legend>
          <TextField
            label={t("returns.pieces")}
            value={line.pieces}
            onChange={(pieces) => change(place, { pieces })}
          />
          <LabelledSelect
            label={t("returns.condition")}
            value={line.condition}
            choices={GOODS_CONDITIONS.map((value) => ({ value, text: t(`condition.${value}`) }))}
            onChange={(condition) => change(place, { condition, disposition: usualDisposition(condition) })}
          />
          <LabelledSelect
            label={t("returns.disposition")}
            value={line.disposition}
            choices={DISPOSITIONS.map((value) => ({ value, text: t(`disposition.${value}`) }))}
            onChange={(disposition) => change(place, { disposition })}
          />
        </fieldset>
      ))}
      <LabelledStoreSelect
        label={t("returns.whoseStock")}
        value={store}
        none={t(needsStore ? "returns.chooseStore" : "returns.noStore")}
        onChange={setStore}
      />
      <TextField label={t("exceptions.note")} value={note} onChange={setNote} />
    </ActForm>
  );
}

/** What of the announced goods is still to come; where all came, one starts from none. */
function expectedLines({ lines }: MailReturnDetail): readonly LineDraft[] {
  return lines.map(({ position, pieces, arrived }) => ({
    position,
    pieces: String(Math.max(0, pieces - arrived)),
    condition: "asNew",
    disposition: "stock",
  }));
}

function nameOf({ lines }: MailReturnDetail, position: number): string {
  const line = lines.find((each) => each.position === position);
  return line === undefined || line.name === "" ? (line?.sku ?? "") : line.name;
}
