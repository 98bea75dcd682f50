import { ArrowLeft } from "lucide-react";
import { useLayoutEffect } from "react";
import { useTyped } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { backToColleagues, deletePinDigit, typePin, useLock } from "./lock-store.ts";
import { PinDots } from "./pin-dots.tsx";
import { Problem } from "./problem.tsx";

/** Six digits, shown as dots only. */
export function PinEntry({ name }: { readonly name: string }) {
  const { pin, checking } = useLock();
  useTyped("screen", (text) => void typePin(text));
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Backspace") deletePinDigit();
      else if (event.key === "Escape") backToColleagues();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <section className="rise flex w-80 flex-col items-center gap-5 xl:w-104">
      <h1 className="text-balance text-center font-bold text-3xl">{t("lock.pinFor", { name })}</h1>
      <PinDots entered={pin.length} checking={checking} />
      <Problem />
      <div className="w-full [&_button]:min-h-16! xl:[&_button]:min-h-20!">
        <Numpad
          label={t("lock.digits")}
          deleteLabel={t("lock.delete")}
          onDigits={(digits) => void typePin(digits)}
          onDelete={deletePinDigit}
        />
      </div>
      <Button look="quiet" icon={<ArrowLeft aria-hidden />} onClick={backToColleagues}>
        {t("lock.other")}
      </Button>
    </section>
  );
}
