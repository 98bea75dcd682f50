import { PIN_DIGITS } from "#domain/staff/pin.ts";
import { t } from "../../i18n/translate.ts";

const PLACES = Array.from({ length: PIN_DIGITS }, (_, place) => place);

/** How much of a PIN is typed: dots only. */
export function PinDots({ entered, checking }: { readonly entered: number; readonly checking: boolean }) {
  return (
    <p
      role="status"
      aria-label={t("lock.pinEntered", { count: entered })}
      className={`flex justify-center gap-3.5 ${checking ? "animate-pulse" : ""}`}
    >
      {PLACES.map((place) => (
        <span
          key={place}
          aria-hidden
          className={`size-5 rounded-full border-2 border-brand transition-colors ${place < entered ? "bg-brand" : ""}`}
        />
      ))}
    </p>
  );
}
