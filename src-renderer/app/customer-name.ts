import { t } from "../i18n/translate.ts";
import { useTill } from "./till.ts";

/** What stands in a customer's place: the name; where this till cannot read it, that it needs a connection; `otherwise` where there is none. */
export function useCustomerName(name: string, otherwise = ""): string {
  const needsConnection = useTill((till) => till.sync?.customersNeedConnection === true);
  if (name !== "") return name;
  return needsConnection ? t("customer.needsConnection") : otherwise;
}
