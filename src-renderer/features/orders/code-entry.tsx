import { Delete } from "lucide-react";
import { PICKUP_CODE_ALPHABET, PICKUP_CODE_CHARS } from "#domain/orders/pickup-code.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { tell } from "../../app/till.ts";
import { useBackspace } from "../../app/use-backspace.ts";
import { t } from "../../i18n/translate.ts";
import { typeCode, useHandOut } from "./hand-out.ts";
import { isPickupProof, proofIn, scanForOrder } from "./orders-store.ts";

const PLACES = Array.from({ length: PICKUP_CODE_CHARS }, (_, place) => place);
const KEY =
  "press figures grid min-h-12 place-items-center rounded-xl border border-line bg-surface font-semibold text-xl hover:bg-sunken";

function type(typed: string): void {
  useHandOut.setState(({ code }) => ({ code: typeCode(code, typed) }));
}

function deleteLetter(): void {
  useHandOut.setState(({ code }) => ({ code: code.slice(0, -1) }));
}

/** The pickup code: scanned from the customer's phone, or typed, by touch or keyboard. */
export function CodeEntry() {
  const code = useHandOut((state) => state.code);
  useTyped("over", type);
  useScans("over", (scanned) => {
    if (scanned.includes(":")) void scanForOrder(scanned);
    else if (isPickupProof(scanned)) useHandOut.setState({ code: proofIn(scanned) });
    else tell("refusal", t("orders.out.codeHint"));
  });
  useBackspace(deleteLetter);
  return (
    <div className="flex flex-col gap-2 xl:gap-3">
      <p className="text-ink-soft text-sm leading-tight">{t("orders.out.codeHint")}</p>
      <p
        role="status"
        aria-label={t("orders.out.codeEntered", { count: code.length })}
        dir="ltr"
        className="figures grid grid-cols-6 gap-1.5"
      >
        {PLACES.map((place) => (
          <span
            key={place}
            className={`grid min-h-13 place-items-center rounded-xl border-2 font-extrabold text-2xl ${place < code.length ? "border-brand bg-brand-soft" : "border-line"}`}
          >
            {code[place] ?? ""}
          </span>
        ))}
      </p>
      <fieldset
        aria-label={t("orders.out.letters")}
        dir="ltr"
        className="grid grid-cols-6 gap-1.5 border-0 p-0 [@media(min-height:900px)]:[&>button]:min-h-14"
      >
        {[...PICKUP_CODE_ALPHABET].map((letter) => (
          <button key={letter} type="button" className={KEY} onClick={() => type(letter)}>
            {letter}
          </button>
        ))}
        <button
          type="button"
          className={`${KEY} col-span-5`}
          aria-label={t("payment.delete")}
          onClick={deleteLetter}
        >
          <Delete aria-hidden />
        </button>
      </fieldset>
    </div>
  );
}
