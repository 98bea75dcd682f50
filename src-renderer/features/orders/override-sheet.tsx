import { ShieldAlert } from "lucide-react";
import { useState } from "react";
import type { StaffId } from "#domain/ids.ts";
import { PIN_DIGITS } from "#domain/staff/pin.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { managersHere, type StaffName, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { handOut, leaveOverride, useHandOut } from "./hand-out.ts";
import { Say } from "./panel.tsx";
import { ReasonChoice } from "./reason-choice.tsx";

type Lacks = "leaseHeldByAnother" | "leaseUnknown";

const QUICK_REASONS = [
  "orders.override.reason.desk",
  "orders.override.reason.offline",
  "orders.override.reason.waiting",
] as const;
const PLACES = Array.from({ length: PIN_DIGITS }, (_, place) => place);

/** This till may not hand the order out by itself: why, what to do first, and how a manager allows it. */
export function OverrideSheet({ card, lacks }: { readonly card: OrderCard; readonly lacks: Lacks }) {
  const session = useTill((till) => till.session);
  const roster = useTill((till) => till.roster);
  const problem = useHandOut((state) => state.problem);
  const managers = managersHere({ session, roster });
  const [chosen, setChosen] = useState<StaffId | null>(
    managers.length === 1 ? (managers[0]?.id ?? null) : null,
  );
  const [pin, setPin] = useState("");
  const [reason, setReason] = useState("");
  const manager = managers.find((each) => each.id === chosen);
  const type = (typed: string): void =>
    setPin((before) => (before + typed.replace(/\D/g, "")).slice(0, PIN_DIGITS));
  useTyped("over", type);
  useScans("over", type);
  const isEnough = manager !== undefined && pin.length === PIN_DIGITS && reason.trim() !== "";
  async function allow(): Promise<void> {
    if (manager === undefined || !isEnough) return;
    setPin("");
    await handOut(card, { manager: manager.id, pin, reason: reason.trim() });
  }
  return (
    <Sheet
      title={t("orders.override.title")}
      closeLabel={t("app.close")}
      onClose={leaveOverride}
      width="wide"
    >
      <form
        className="grid grid-cols-[minmax(0,1fr)_18rem] gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void allow();
        }}
      >
        <div className="flex flex-col gap-4">
          <Say icon={<ShieldAlert aria-hidden />} look="bg-warn-soft text-warn">
            <p>{whyWords(card, lacks)}</p>
          </Say>
          <p>{t("orders.override.what")}</p>
          <Managers managers={managers} chosen={chosen} onChoose={setChosen} />
          <ReasonChoice reasons={QUICK_REASONS.map((key) => t(key))} reason={reason} onReason={setReason} />
        </div>
        <PinPad
          name={manager?.name ?? t("orders.override.manager")}
          entered={pin.length}
          problem={problem}
          onDigits={type}
          onDelete={() => setPin((before) => before.slice(0, -1))}
        />
        <Button type="submit" look="primary" size="huge" className="col-span-2" disabled={!isEnough}>
          {t(card.due.minor > 0 ? "orders.override.pay" : "orders.override.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}

function Managers({
  managers,
  chosen,
  onChoose,
}: {
  readonly managers: readonly StaffName[];
  readonly chosen: StaffId | null;
  readonly onChoose: (manager: StaffId) => void;
}) {
  if (managers.length === 0)
    return <p className="font-semibold text-danger">{t("orders.override.noManagers")}</p>;
  return (
    <fieldset aria-label={t("orders.override.manager")} className="grid grid-cols-2 gap-2 border-0 p-0">
      {managers.map((each) => (
        <Chip
          key={each.id}
          words={each.name}
          chosen={each.id === chosen}
          onChoose={() => onChoose(each.id)}
        />
      ))}
    </fieldset>
  );
}

/** A manager's PIN, shown as dots only. */
function PinPad({
  name,
  entered,
  problem,
  onDigits,
  onDelete,
}: {
  readonly name: string;
  readonly entered: number;
  readonly problem: string | null;
  readonly onDigits: (digits: string) => void;
  readonly onDelete: () => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      <p className="font-semibold text-ink-soft text-sm">{t("orders.override.pin", { name: name })}</p>
      <p
        role="status"
        aria-label={t("lock.pinEntered", { count: entered })}
        className="flex min-h-14 items-center justify-center gap-3 rounded-2xl bg-sunken"
      >
        {PLACES.map((place) => (
          <span
            key={place}
            aria-hidden
            className={`size-4 rounded-full border-2 border-brand ${place < entered ? "bg-brand" : ""}`}
          />
        ))}
      </p>
      <p role="alert" className="min-h-6 font-semibold text-danger leading-tight">
        {problem}
      </p>
      <Numpad
        label={t("lock.digits")}
        deleteLabel={t("lock.delete")}
        onDigits={onDigits}
        onDelete={onDelete}
      />
    </div>
  );
}

function whyWords(card: OrderCard, lacks: Lacks): string {
  if (lacks === "leaseUnknown") return t("orders.override.offline");
  return card.leaseRegister === null
    ? t("orders.override.otherUnknown")
    : t("orders.override.other", { register: card.leaseRegister });
}
