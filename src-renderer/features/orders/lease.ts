import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";

/** What a colleague must know of the lease before the customer waits; null where it does not matter: this till has it, or gets it by asking. */
export function leaseWords(card: OrderCard, isOnline: boolean): string | null {
  const isPickup = card.state === "ready" && card.kind === "pickup";
  if (!isPickup || card.lease === "mine") return null;
  if (card.lease === "other")
    return card.leaseRegister === null
      ? t("orders.leaseOtherUnknown")
      : t("orders.leaseOther", { register: card.leaseRegister });
  return isOnline ? null : t("orders.leaseNone");
}
