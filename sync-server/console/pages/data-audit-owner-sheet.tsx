import { useState } from "react";
import type { AuditCheckRow, AuditOwnerRequest, AuditOwnerRow } from "#protocol/hq/data-audit.ts";
import { businessDaySchema } from "#protocol/scalars.ts";
import { dateTimeText } from "../format.ts";
import { useApi, useSignedIn } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

/** Who sees to what a check finds, in all stores or in one, and until when. */
export function AuditOwnerSheet({
  check: { check },
  store: asked,
  owner,
  onDone,
  onClose,
}: {
  readonly check: Pick<AuditCheckRow, "check">;
  /** A code; null: in all stores, or for whoever works for some of them in one that they choose. */
  readonly store: string | null;
  readonly owner: AuditOwnerRow | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { stores: own } = useSignedIn().session;
  const [store, setStore] = useState(asked ?? own?.[0] ?? null);
  const [name, setName] = useState(owner?.name ?? "");
  const [due, setDue] = useState<string>(owner?.due ?? "");
  const [note, setNote] = useState(owner?.note ?? "");
  const { dataAudit } = useApi();
  const saving = useSaving();
  function give(to: AuditOwnerRequest["owner"]): void {
    const day = businessDaySchema.safeParse(due);
    const wish = {
      owner: to,
      due: to !== null && day.success ? day.data : null,
      note: note.trim(),
      ...(store === null ? {} : { store }),
    };
    saving.save(async () => {
      const answer = await dataAudit.give(check, wish);
      if (answer.ok) onDone();
      return answer;
    });
  }

  const typed = name.trim();
  /** The same person keeps the id that they are known by. */
  const named = typed === "" ? null : { id: typed === owner?.name ? owner.id : null, name: typed };
  return (
    <Sheet
      title={t("dataAudit.giveNamed", { check: t(`auditCheck.${check}`) })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          give(named);
        }}
      >
        {asked === null && own !== null && own.length > 1 && (
          <LabelledSelect
            label={t("dataAudit.stores.store")}
            value={store ?? ""}
            choices={own.map((code) => ({ value: code, text: code }))}
            onChange={setStore}
          />
        )}
        <TextField
          label={t("dataAudit.owner")}
          hint={t("dataAudit.owner.hint")}
          value={name}
          onChange={setName}
        />
        <TextField
          label={t("dataAudit.owner.due")}
          hint={t("dataAudit.owner.due.hint")}
          type="date"
          value={due}
          onChange={setDue}
        />
        <TextField label={t("dataAudit.owner.note")} value={note} onChange={setNote} />
        {owner !== null && (
          <p className="text-soft text-sm">
            {t("dataAudit.owner.by", { by: owner.by, when: dateTimeText(owner.at) })}
          </p>
        )}
        <Complaint saving={saving} />
        <Acts isOwned={owner !== null} isBusy={saving.state === "busy"} onGive={give} />
      </form>
    </Sheet>
  );
}

function Acts({
  isOwned,
  isBusy,
  onGive,
}: {
  readonly isOwned: boolean;
  readonly isBusy: boolean;
  readonly onGive: (to: "me" | null) => void;
}) {
  return (
    <div className="flex flex-wrap justify-end gap-3">
      {isOwned && (
        <Button look="quietDanger" isDisabled={isBusy} onPress={() => onGive(null)}>
          {t("dataAudit.owner.release")}
        </Button>
      )}
      <Button isDisabled={isBusy} onPress={() => onGive("me")}>
        {t("dataAudit.take")}
      </Button>
      <Button type="submit" look="primary" isDisabled={isBusy}>
        {t("common.save")}
      </Button>
    </div>
  );
}
