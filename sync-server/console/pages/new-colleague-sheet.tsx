import { useState } from "react";
import { idOf } from "#domain/ids.ts";
import { pinFlaw } from "#domain/staff/pin-choice.ts";
import type { Role } from "#domain/staff/role.ts";
import type { ColleagueRequest } from "#protocol/hq/staff.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { ColleagueFields, isWhole } from "./colleague-fields.tsx";
import { PinField } from "./pin-field.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

/** Adds somebody who works for the retailer from now on, with the PIN that they sign in with. */
export function NewColleagueSheet({
  roles,
  store,
  onAdded,
  onClose,
}: {
  readonly roles: readonly Role[];
  /** The store that is looked at. */
  readonly store: string | null;
  readonly onAdded: () => void;
  readonly onClose: () => void;
}) {
  const { staff } = useApi();
  const [draft, setDraft] = useState<ColleagueRequest>({
    name: "",
    role: idOf<"Role">(roles[0]?.id ?? ""),
    stores: store === null ? [] : [store],
  });
  const [pin, setPin] = useState("");
  const saving = useSaving();
  function add(): void {
    saving.save(async () => {
      const answer = await staff.add({ ...draft, name: draft.name.trim(), pin });
      if (answer.ok) onAdded();
      return answer;
    });
  }
  return (
    <Sheet title={t("staff.new")} closeLabel={t("common.close")} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <ColleagueFields draft={draft} roles={roles} onChange={setDraft} />
        <PinField pin={pin} onChange={setPin} />
        <Complaint saving={saving} />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            type="submit"
            look="primary"
            isDisabled={!isWhole(draft) || pinFlaw(pin) !== null || saving.state === "busy"}
          >
            {t("staff.add")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
