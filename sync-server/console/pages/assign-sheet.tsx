import { useCallback, useState } from "react";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { FindField } from "../ui/find-field.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { ProblemNote } from "./problem-note.tsx";

/** Chooses whom an exception is given to, of all who may deal with it. */
export function AssignSheet({
  exception,
  onChoose,
  onClose,
}: {
  readonly exception: string;
  readonly onChoose: (user: string) => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { known, problem } = useAskedOnce(useCallback(() => api.assignees(exception), [api, exception]));
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLocaleLowerCase();
  const shown = known?.users.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)) ?? [];
  return (
    <Sheet title={t("exceptions.give.title")} closeLabel={t("common.close")} onClose={onClose}>
      <ProblemNote problem={problem} />
      <FindField
        label={t("exceptions.give.find")}
        className="mb-3 w-full"
        value={search}
        onChange={setSearch}
      />
      {known !== null && shown.length === 0 && <p className="text-soft">{t("exceptions.give.none")}</p>}
      <ul className="divide-y divide-line">
        {shown.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onChoose(id)}
              className="min-h-11 w-full px-2 text-left hover:bg-sunken"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
