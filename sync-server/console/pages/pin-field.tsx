import { isEasyPin, pinFlaw } from "#domain/staff/pin-choice.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";

const PIN_SPACE = 1_000_000;
const PIN_DIGITS = 6;

/** A PIN that is typed here, or suggested, and can be read out to whoever it is for. */
export function PinField({
  pin,
  onChange,
}: {
  readonly pin: string;
  readonly onChange: (pin: string) => void;
}) {
  const wrong = pin.length === PIN_DIGITS && pinFlaw(pin) !== null ? t("staff.pin.easy") : null;
  return (
    <div className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        <TextField
          label={t("staff.pin")}
          hint={t("staff.pin.hint")}
          wrong={wrong}
          value={pin}
          onChange={(typed) => onChange(typed.replaceAll(/\D/g, "").slice(0, PIN_DIGITS))}
        />
      </div>
      <Button className="mt-6 min-h-11" onPress={() => onChange(suggestedPin())}>
        {t("staff.pin.random")}
      </Button>
    </div>
  );
}

/** Drawn anew until it is none that anybody would try; most are not. */
function suggestedPin(): string {
  for (;;) {
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
    const pin = String(random % PIN_SPACE).padStart(PIN_DIGITS, "0");
    if (!isEasyPin(pin)) return pin;
  }
}
