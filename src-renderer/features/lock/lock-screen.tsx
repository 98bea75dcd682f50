import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { ViewValue } from "#protocol/till/contract.ts";
import { client } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Numpad } from "../../ui/numpad.tsx";

type Locked = Extract<ViewValue<"session">, { readonly state: "locked" }>;
type Colleague = Locked["staff"][number];

const PIN_DIGITS = 6;

/** Who works here, then the PIN: by touch or by keyboard. */
export function LockScreen({ session }: { readonly session: Locked }) {
  const [chosen, setChosen] = useState<Colleague | null>(null);
  return (
    <main className="grid h-full grid-rows-[auto_1fr] p-6">
      <header className="flex items-baseline justify-between">
        <p className="font-bold text-brand text-lg">{t("app.name")}</p>
        <p className="text-ink-soft">
          {session.storeName} · {t("app.register", { register: session.register })}
        </p>
      </header>
      <div className="grid place-items-center">
        {chosen === null ? (
          <Colleagues staff={session.staff} onChoose={setChosen} />
        ) : (
          <PinEntry key={chosen.id} colleague={chosen} onBack={() => setChosen(null)} />
        )}
      </div>
    </main>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0))
    .join("");
}

function Colleagues({
  staff,
  onChoose,
}: {
  readonly staff: readonly Colleague[];
  readonly onChoose: (colleague: Colleague) => void;
}) {
  return (
    <section className="rise flex w-full max-w-4xl flex-col items-center gap-8">
      <h1 className="font-bold text-4xl">{t("lock.title")}</h1>
      {staff.length === 0 ? <p className="text-ink-soft text-lg">{t("lock.noStaff")}</p> : null}
      <ul className="flex flex-wrap justify-center gap-4">
        {staff.map((colleague) => (
          <li key={colleague.id}>
            <button
              type="button"
              onClick={() => onChoose(colleague)}
              className="press flex min-h-44 w-44 flex-col items-center justify-center gap-3 rounded-panel border border-line bg-surface p-4 shadow-tile hover:border-brand"
            >
              <span
                aria-hidden
                className="grid size-16 place-items-center rounded-full bg-brand-soft font-bold text-2xl text-brand-strong"
              >
                {initials(colleague.name)}
              </span>
              <span className="font-semibold text-lg leading-tight">{colleague.name}</span>
              <span className="text-ink-soft text-sm">
                {t(colleague.role === "manager" ? "lock.role.manager" : "lock.role.cashier")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PinEntry({ colleague, onBack }: { readonly colleague: Colleague; readonly onBack: () => void }) {
  const [pin, setPin] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  const type = useCallback((digits: string) => {
    setProblem(null);
    setPin((before) => (before + digits).slice(0, PIN_DIGITS));
  }, []);

  useEffect(() => {
    if (pin.length < PIN_DIGITS) return;
    let stale = false;
    client
      .call("signIn", { staff: colleague.id, pin })
      .then((answer) => {
        if (stale || answer.ok) return;
        playTone("refusal");
        setPin("");
        setProblem(t(`lock.refused.${answer.reason}`, { seconds: Math.ceil(answer.waitMs / 1_000) }));
      })
      .catch(() => {
        if (stale) return;
        setPin("");
        setProblem(t("refused.internal"));
      });
    return () => {
      stale = true;
    };
  }, [pin, colleague.id]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === "Backspace") setPin((before) => before.slice(0, -1));
      else if (event.key === "Escape") onBack();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [type, onBack]);

  return (
    <section className="rise flex w-80 flex-col items-center gap-6">
      <h1 className="text-center font-bold text-2xl">{t("lock.pinFor", { name: colleague.name })}</h1>
      <p role="status" aria-label={t("lock.pinEntered", { count: pin.length })} className="flex gap-3">
        {Array.from({ length: PIN_DIGITS }, (_, place) => place).map((place) => (
          <span
            key={place}
            aria-hidden
            className={`size-4 rounded-full border-2 border-brand ${place < pin.length ? "bg-brand" : ""}`}
          />
        ))}
      </p>
      <p role="alert" className="min-h-12 text-center font-semibold text-danger">
        {problem}
      </p>
      <div className="w-full">
        <Numpad
          label={t("lock.digits")}
          deleteLabel={t("lock.delete")}
          onDigits={type}
          onDelete={() => setPin((before) => before.slice(0, -1))}
        />
      </div>
      <Button look="quiet" icon={<ArrowLeft aria-hidden />} onClick={onBack}>
        {t("lock.other")}
      </Button>
    </section>
  );
}
