import { useCustomerName } from "../../app/customer-name.ts";
import { ReasonChoice } from "../../app/reason-choice.tsx";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { useHandOut } from "./hand-out.ts";

const QUICK_REASONS = [
  "orders.out.idReason.phone",
  "orders.out.idReason.mail",
  "orders.out.idReason.known",
  "orders.out.idReason.authorised",
] as const;
const MAX_COLLECTOR_CHARS = 200;

/** No code: an ID was looked at. Why there is no code, and who collects where it is not the customer. */
export function IdCheck({ name: known }: { readonly name: string }) {
  const name = useCustomerName(known);
  const { reason, collector } = useHandOut();
  return (
    <div className="flex flex-col gap-3">
      <p className="leading-tight">{t("orders.out.idHint", { name })}</p>
      <ReasonChoice
        reasons={QUICK_REASONS.map((key) => t(key))}
        reason={reason}
        onReason={(next) => useHandOut.setState({ reason: next })}
      />
      <Field
        label={t("orders.out.collector", { name })}
        value={collector}
        autoComplete="off"
        maxLength={MAX_COLLECTOR_CHARS}
        onChange={(event) => useHandOut.setState({ collector: event.target.value })}
      />
    </div>
  );
}
