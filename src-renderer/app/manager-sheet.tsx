import { type ReactNode, useState } from "react";
import type { StaffId } from "#domain/ids.ts";
import { readBadgeCode } from "#domain/staff/badge.ts";
import { PIN_DIGITS } from "#domain/staff/pin.ts";
import { t } from "../i18n/translate.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Numpad } from "../ui/numpad.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useScans, useTyped } from "./keyboard.ts";
import { ReasonChoice } from "./reason-choice.tsx";
import { managersHere, type StaffName, useTill } from "./till.ts";

/** A manager's word as it is given at the till. `reason`: empty where none was asked for. */
export interface ManagersWord {
  readonly manager: StaffId;
  readonly pin: string;
  readonly reason: string;
}

const PLACES = Array.from({ length: PIN_DIGITS }, (_, place) => place);

/** Asks for a manager's word: `children` say what for, then who, why, and the PIN. */
export function ManagerSheet({
  title,
  children,
  quickReasons,
  problem,
  confirm,
  onAllow,
  onBadge = null,
  onClose,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** Null: no reason is asked for. */
  readonly quickReasons: readonly string[] | null;
  /** What was wrong with the word that was given last. */
  readonly problem: string | null;
  readonly confirm: string;
  readonly onAllow: (word: ManagersWord) => Promise<void>;
  /** A badge was scanned in place of a PIN. Null: only a PIN will do. */
  readonly onBadge?: ((badge: string) => Promise<void>) | null;
  readonly onClose: () => void;
}) {
  const session = useTill((till) => till.session);
  const managers = managersHere({ session });
  const [chosen, setChosen] = useState<StaffId | null>(
    managers.length === 1 ? (managers[0]?.id ?? null) : null,
  );
  const [pin, setPin] = useState("");
  const [reason, setReason] = useState("");
  const manager = managers.find((each) => each.id === chosen);
  const type = (typed: string): void =>
    setPin((before) => (before + typed.replace(/\D/g, "")).slice(0, PIN_DIGITS));
  useTyped("over", type);
  useScans("over", (code) => {
    if (onBadge !== null && readBadgeCode(code) !== null) void onBadge(code);
    else type(code);
  });
  const isSaid = quickReasons === null || reason.trim() !== "";
  const isEnough = manager !== undefined && pin.length === PIN_DIGITS && isSaid;
  async function allow(): Promise<void> {
    if (manager === undefined || !isEnough) return;
    setPin("");
    await onAllow({ manager: manager.id, pin, reason: reason.trim() });
  }
  return (
    <Sheet title={title} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <form
        className="grid grid-cols-[minmax(0,1fr)_18rem] gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void allow();
        }}
      >
        <div className="flex flex-col gap-4">
          {children}
          <Managers managers={managers} chosen={chosen} onChoose={setChosen} />
          {quickReasons === null ? null : (
            <ReasonChoice reasons={quickReasons} reason={reason} onReason={setReason} />
          )}
        </div>
        <PinPad
          name={manager?.name ?? t("manager.who")}
          entered={pin.length}
          problem={problem}
          onDigits={type}
          onDelete={() => setPin((before) => before.slice(0, -1))}
        />
        <Button type="submit" look="primary" size="huge" className="col-span-2" disabled={!isEnough}>
          {confirm}
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
  if (managers.length === 0) return <p className="font-semibold text-danger">{t("manager.none")}</p>;
  return (
    <fieldset aria-label={t("manager.who")} className="grid grid-cols-2 gap-2 border-0 p-0">
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
      <p className="font-semibold text-ink-soft text-sm">{t("manager.pin", { name: name })}</p>
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
