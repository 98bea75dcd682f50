import { useState } from "react";
import { MAX_CASE_TEXT_CHARS } from "#domain/cases/case.ts";
import { CASE_KINDS, type CaseKind } from "#domain/cases/status.ts";
import type { CaseId } from "#domain/ids.ts";
import type { ApiProblem } from "../ask.ts";
import type { PhotoFile } from "../photo-file.ts";
import { useApi, useOwnName } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useNewest } from "../use-newest.ts";
import { PhotoPicker } from "./photo-picker.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

interface Draft {
  readonly kind: CaseKind;
  readonly store: string | null;
  readonly product: string;
  readonly purchaseNumber: string;
  readonly fault: string;
  readonly condition: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly photos: readonly PhotoFile[];
}

const EMPTY: Draft = {
  kind: "complaint",
  store: null,
  product: "",
  purchaseNumber: "",
  fault: "",
  condition: "",
  name: "",
  phone: "",
  email: "",
  photos: [],
};

/** A case that HQ takes in, by telephone or mail: a store gets it. */
export function NewCaseSheet({
  onOpened,
  onClose,
}: {
  readonly onOpened: (id: CaseId) => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const by = useOwnName();
  const [draft, setDraft] = useState(EMPTY);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const newest = useNewest();
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const { store } = draft;
  const isReady = [draft.product, draft.fault].every((text) => text.trim() !== "");
  const open = async (): Promise<void> => {
    if (store === null) return;
    const isHere = newest.ask();
    const answer = await api.openCase(wantedOf({ ...draft, by }, store));
    // Whoever closed this meanwhile looks at something else.
    if (!isHere()) return;
    if (answer.ok) onOpened(answer.value.case.id);
    else setProblem(answer.reason);
  };
  return (
    <Sheet title={t("cases.new")} closeLabel={t("common.close")} onClose={onClose}>
      <div className="space-y-4">
        <ProblemNote problem={problem} />
        <div className="flex flex-wrap gap-3">
          <Select
            label={t("cases.kind")}
            value={draft.kind}
            choices={CASE_KINDS.map((each) => ({ value: each, text: tNamed("caseKind", each) }))}
            onChange={(kind) => set({ kind: CASE_KINDS.find((each) => each === kind) ?? "complaint" })}
          />
          <StoreSelect
            value={store}
            none={t("cases.chooseStore")}
            label={t("cases.store")}
            onChange={(code) => set({ store: code })}
          />
        </div>
        <Words draft={draft} onChange={set} />
        <div className="flex items-center justify-between gap-3">
          <PhotoPicker photos={draft.photos} onPhotos={(photos) => set({ photos })} />
          <Button look="primary" isDisabled={!isReady || store === null} onPress={() => open()}>
            {t("cases.doOpen")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

/** What it is about and what is wrong, and whose it is. */
function Words({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  return (
    <>
      <TextField
        label={t("cases.product")}
        value={draft.product}
        onChange={(product) => onChange({ product })}
      />
      <TextField
        label={t("cases.purchase")}
        hint={t("cases.purchaseHint")}
        value={draft.purchaseNumber}
        onChange={(purchaseNumber) => onChange({ purchaseNumber })}
      />
      <TextArea
        label={t("cases.fault")}
        value={draft.fault}
        maxLength={MAX_CASE_TEXT_CHARS}
        onChange={(fault) => onChange({ fault })}
      />
      <TextField
        label={t("cases.condition")}
        value={draft.condition}
        onChange={(condition) => onChange({ condition })}
      />
      <div className="grid grid-cols-3 gap-3">
        <TextField label={t("cases.name")} value={draft.name} onChange={(name) => onChange({ name })} />
        <TextField label={t("cases.phone")} value={draft.phone} onChange={(phone) => onChange({ phone })} />
        <TextField label={t("cases.email")} value={draft.email} onChange={(email) => onChange({ email })} />
      </div>
    </>
  );
}

function wantedOf(draft: Draft & { readonly by: string }, store: string) {
  const { kind, product, purchaseNumber, fault, condition, name, phone, email, by, photos } = draft;
  const filled = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  const isKnown = [name, phone, email].some((text) => filled(text) !== null);
  return {
    kind,
    store,
    contact: isKnown ? { name: name.trim(), phone: filled(phone), email: filled(email) } : null,
    product: { variant: null, sku: null, name: product.trim(), options: [] },
    purchaseNumber: purchaseNumber.trim(),
    fault: fault.trim(),
    condition: condition.trim(),
    photos: [...photos],
    by: by.trim(),
  };
}
