import { t } from "../i18n/translate.ts";
import { Chip } from "../ui/chip.tsx";
import { Field } from "../ui/field.tsx";

const MAX_REASON_CHARS = 200;

/** A reason: one of the usual ones by a press, or in one's own words. */
export function ReasonChoice({
  reasons,
  reason,
  onReason,
}: {
  readonly reasons: readonly string[];
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2">
        {reasons.map((each) => (
          <Chip key={each} words={each} chosen={reason === each} onChoose={() => onReason(each)} />
        ))}
      </div>
      <Field
        label={t("manager.reason")}
        value={reason}
        autoComplete="off"
        maxLength={MAX_REASON_CHARS}
        onChange={(event) => onReason(event.target.value)}
      />
    </div>
  );
}
