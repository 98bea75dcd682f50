import { useState } from "react";
import type { Currency } from "#domain/money/money.ts";
import type { Permission } from "#domain/staff/staff.ts";
import type { RoleRow } from "#protocol/hq/staff.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { PERMISSION_GROUPS } from "./permission-groups.ts";
import { NEW_ROLE, type RoleDraft, roleDraftOf, roleOfDraft } from "./role-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

const FIELDS = {
  name: "roles.name",
  discount: "roles.limit.discount",
  refund: "roles.limit.refund",
  price: "roles.limit.price",
} as const;

/** What one role may do and how far; `row` null: a new one. */
export function RoleSheet({
  row,
  currency,
  onDone,
  onClose,
}: {
  readonly row: RoleRow | null;
  readonly currency: Currency;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { staff } = useApi();
  const mayEdit = useMay("staff.edit", { everywhere: true });
  const [draft, setDraft] = useState<RoleDraft>(() => (row === null ? NEW_ROLE : roleDraftOf(row.role)));
  const saving = useSaving();
  function change(changes: Partial<RoleDraft>): void {
    setDraft({ ...draft, ...changes });
    saving.forget();
  }
  function save(): void {
    const typed = roleOfDraft(draft, currency);
    if (!typed.ok) {
      saving.complain(t("roles.wrong", { field: t(FIELDS[typed.reason]) }));
      return;
    }
    saving.save(async () => {
      const answer = await staff.saveRole(row?.role.id ?? null, typed.value);
      if (answer.ok) onDone();
      return answer;
    });
  }
  return (
    <Sheet
      title={row === null ? t("roles.new") : t("roles.edit", { name: row.role.name })}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <ReadOnlyUnless right="staff.edit" everywhere>
        {" "}
        <form
          className="space-y-5"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <RoleLimits draft={draft} currency={currency} onChange={change} />
          <Permissions chosen={draft.permissions} onChange={(permissions) => change({ permissions })} />
          <SaveRow right="staff.edit" saving={saving} done="" label={t("roles.save")} />
        </form>
      </ReadOnlyUnless>
      {mayEdit && row !== null && (
        <div className="mt-5 flex items-center gap-4 border-line border-t pt-4">
          <Button
            look="quietDanger"
            isDisabled={row.used > 0}
            onPress={() =>
              saving.save(async () => {
                const answer = await staff.deleteRole(row.role.id);
                if (answer.ok) onDone();
                return answer;
              })
            }
          >
            {t("roles.delete")}
          </Button>
          {row.used > 0 && <p className="text-soft">{t("roles.deleteUsed")}</p>}
        </div>
      )}
    </Sheet>
  );
}

function RoleLimits({
  draft,
  currency,
  onChange,
}: {
  readonly draft: RoleDraft;
  readonly currency: Currency;
  readonly onChange: (changes: Partial<RoleDraft>) => void;
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <TextField label={t("roles.name")} value={draft.name} onChange={(name) => onChange({ name })} />
      <TextField
        label={t("roles.limit.discount")}
        hint={t("roles.limit.percentHint")}
        value={draft.discount}
        onChange={(discount) => onChange({ discount })}
      />
      <TextField
        label={t("roles.limit.price")}
        hint={t("roles.limit.percentHint")}
        value={draft.price}
        onChange={(price) => onChange({ price })}
      />
      <TextField
        label={t("roles.limit.refund")}
        hint={t("roles.limit.refundHint", { currency })}
        value={draft.refund}
        onChange={(refund) => onChange({ refund })}
      />
    </div>
  );
}

function Permissions({
  chosen,
  onChange,
}: {
  readonly chosen: readonly Permission[];
  readonly onChange: (chosen: readonly Permission[]) => void;
}) {
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
      {PERMISSION_GROUPS.map(({ subject, permissions }) => (
        <FieldGroup key={subject} title={t(`permissions.${subject}`)} className="space-y-0!">
          {permissions.map((permission) => (
            <Check
              key={permission}
              label={t(`permission.${permission}`)}
              checked={chosen.includes(permission)}
              onChange={(may) =>
                onChange(may ? [...chosen, permission] : chosen.filter((each) => each !== permission))
              }
            />
          ))}
        </FieldGroup>
      ))}
    </div>
  );
}
