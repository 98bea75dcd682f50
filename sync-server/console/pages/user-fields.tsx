import { HQ_ROLES } from "#domain/access/roles.ts";
import type { UserRequest } from "#protocol/hq/access.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";

/** What a user is called, what they are and, for a store manager, where. */
export function UserFields({
  draft,
  onChange,
}: {
  readonly draft: UserRequest;
  readonly onChange: (draft: UserRequest) => void;
}) {
  const { name, role, stores } = draft;
  return (
    <div className="space-y-4">
      <TextField
        label={t("users.name")}
        autoComplete="off"
        value={name}
        onChange={(typed) => onChange({ ...draft, name: typed })}
      />
      <LabelledSelect
        label={t("users.role")}
        hint={t(`role.${role}.lead`)}
        value={role}
        choices={HQ_ROLES.map((each) => ({ value: each, text: t(`role.${each}`) }))}
        onChange={(chosen) =>
          onChange({ ...draft, role: chosen, stores: chosen === "storeManager" ? (stores ?? []) : null })
        }
      />
      {role === "storeManager" && (
        <StoreChecks stores={stores ?? []} onChange={(chosen) => onChange({ ...draft, stores: chosen })} />
      )}
    </div>
  );
}

/** Whether there is all that the server asks for. */
export function isWholeUser({ name, role, stores }: UserRequest): boolean {
  return name.trim() !== "" && (role !== "storeManager" || (stores !== null && stores.length > 0));
}

function StoreChecks({
  stores,
  onChange,
}: {
  readonly stores: readonly string[];
  readonly onChange: (stores: string[]) => void;
}) {
  const all = useAskedOnce(useApi().stores).known?.stores ?? [];
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t("users.stores")}</legend>
      <div className="grid max-h-48 grid-cols-2 gap-x-4 overflow-y-auto">
        {all.map(({ code, name }) => (
          <Check
            key={code}
            label={`${code} · ${name}`}
            checked={stores.includes(code)}
            onChange={(works) => onChange(works ? [...stores, code] : stores.filter((each) => each !== code))}
          />
        ))}
      </div>
    </fieldset>
  );
}
