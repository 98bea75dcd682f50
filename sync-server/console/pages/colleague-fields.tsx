import { idOf } from "#domain/ids.ts";
import type { Role } from "#domain/staff/role.ts";
import type { ColleagueRequest } from "#protocol/hq/staff.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";

/** What a colleague is called, what they may do and where they work. */
export function ColleagueFields({
  draft,
  roles,
  onChange,
}: {
  readonly draft: ColleagueRequest;
  readonly roles: readonly Role[];
  readonly onChange: (draft: ColleagueRequest) => void;
}) {
  const stores = useAskedOnce(useApi().stores).known?.stores ?? [];
  const isKnown = roles.some(({ id }) => id === draft.role);
  const choices = roles.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <div className="space-y-4">
      <TextField
        label={t("staff.name")}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <LabelledSelect
        label={t("staff.role")}
        value={draft.role}
        choices={isKnown ? choices : [{ value: draft.role, text: t("staff.noRole") }, ...choices]}
        onChange={(role) => onChange({ ...draft, role: idOf<"Role">(role) })}
      />
      <fieldset>
        <legend className="mb-1 font-medium text-sm">{t("staff.stores")}</legend>
        <Check
          label={t("staff.allStores")}
          checked={draft.stores === null}
          onChange={(everywhere) => onChange({ ...draft, stores: everywhere ? null : [] })}
        />
        {draft.stores !== null && (
          <div className="grid max-h-48 grid-cols-2 gap-x-4 overflow-y-auto pl-8">
            {stores.map(({ code, name }) => (
              <Check
                key={code}
                label={`${code} · ${name}`}
                checked={draft.stores?.includes(code) ?? false}
                onChange={(works) =>
                  onChange({
                    ...draft,
                    stores: works
                      ? [...(draft.stores ?? []), code]
                      : (draft.stores ?? []).filter((each) => each !== code),
                  })
                }
              />
            ))}
          </div>
        )}
      </fieldset>
    </div>
  );
}

/** Whether there is all that the server asks for. */
export function isWhole({ name, role, stores }: ColleagueRequest): boolean {
  return name.trim() !== "" && role !== "" && (stores === null || stores.length > 0);
}
