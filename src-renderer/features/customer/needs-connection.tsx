import { CloudOff } from "lucide-react";
import { CUSTOMERS_READABLE_DAYS } from "#domain/customer/lent-key.ts";
import { t } from "../../i18n/translate.ts";

/** Says that this till was too long without the server to read what it knows of customers. */
export function NeedsConnection() {
  return (
    <p role="status" className="flex items-center gap-3 rounded-2xl bg-warn-soft px-4 py-3 text-warn">
      <CloudOff aria-hidden className="shrink-0" />
      {t("customer.allNeedConnection", { days: CUSTOMERS_READABLE_DAYS })}
    </p>
  );
}
