import { type FormEvent, useState } from "react";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { TerminalTotalsView, TerminalView } from "#protocol/till/terminal.ts";
import { askApproved } from "../../app/approve.tsx";
import { moneyText } from "../../app/format.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { TerminalReversals } from "./terminal-reversals.tsx";

/** The port that nexo terminals usually listen on. */
const USUAL_PORT = 7778;

type Setup = VerbArgs<"setUpTerminal">["setup"];

/** The payment terminal of this till: which one it is, whether it answers, its end of day, and payments on their way back. */
export function TerminalSection() {
  const terminal = useTill((till) => till.terminal);
  if (terminal === null) return null;
  const { setUp: setup } = terminal;
  return (
    <section aria-label={t("terminal.title")} className="flex flex-col gap-4">
      <h3 className="font-bold text-lg">{t("terminal.title")}</h3>
      <p role="status" className="text-ink-soft">
        {setup === null
          ? t("terminal.none")
          : t("terminal.at", { host: setup.host, port: String(setup.port) })}
      </p>
      <SetupForm
        key={setup === null ? "none" : setup.host}
        current={setup}
        onSave={(next) => void setUp(next)}
      />
      {setup === null ? null : <EndOfDay />}
      <TerminalReversals reversals={terminal.reversals} />
    </section>
  );
}

async function setUp(setup: Setup): Promise<void> {
  const answer = await askApproved("setUpTerminal", { setup }, { what: t("terminal.setUp.allow") });
  if (answer?.ok === true) tell("done", t("terminal.saved"));
}

function SetupForm({
  current,
  onSave,
}: {
  readonly current: TerminalView["setUp"];
  readonly onSave: (setup: Setup) => void;
}) {
  const [host, setHost] = useState(current?.host ?? "");
  const [port, setPort] = useState(String(current?.port ?? USUAL_PORT));
  const [poiId, setPoiId] = useState(current?.poiId ?? "");
  const [saleId, setSaleId] = useState(current?.saleId ?? "TILL");
  const [isEncrypted, encrypt] = useState(current !== null && current.tls !== null);
  const [fingerprint, setFingerprint] = useState(current?.tls?.fingerprint ?? "");
  const isEnough = [host, port, poiId, saleId].every((text) => text.trim() !== "");
  function save(event: FormEvent): void {
    event.preventDefault();
    const tls = isEncrypted ? { fingerprint: fingerprint.trim() === "" ? null : fingerprint } : null;
    onSave({ kind: "nexo", host, port: Number(port), poiId, saleId, tls });
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <Text label={t("terminal.host")} value={host} onType={setHost} placeholder="192.168.1.60" />
        <Text label={t("settings.port")} value={port} onType={(text) => setPort(text.replace(/\D/g, ""))} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Text label={t("terminal.poiId")} value={poiId} onType={setPoiId} placeholder="V400m-346403161" />
        <Text label={t("terminal.saleId")} value={saleId} onType={setSaleId} />
      </div>
      <label className="flex min-h-12 items-center gap-3">
        <input
          type="checkbox"
          checked={isEncrypted}
          onChange={(event) => encrypt(event.target.checked)}
          className="size-6"
        />
        {t("terminal.tls")}
      </label>
      {isEncrypted ? (
        <Text
          label={t("terminal.fingerprint")}
          hint={t("terminal.fingerprintHint")}
          value={fingerprint}
          onType={setFingerprint}
        />
      ) : null}
      <div className="grid grid-cols-3 gap-3">
        <Button type="submit" look="primary" disabled={!isEnough}>
          {t("terminal.save")}
        </Button>
        <Button disabled={current === null} onClick={() => void test()}>
          {t("terminal.test")}
        </Button>
        <Button disabled={current === null} onClick={() => onSave(null)}>
          {t("terminal.remove")}
        </Button>
      </div>
    </form>
  );
}

async function test(): Promise<void> {
  const answer = await ask("testTerminal", {});
  if (answer?.ok === true) tell("done", t("terminal.tested"));
}

function Text({
  label,
  hint,
  value,
  placeholder,
  onType,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onType: (text: string) => void;
}) {
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      value={value}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onType(event.target.value)}
    />
  );
}

/** The terminal closes its day with the bank; what it came to is shown. */
function EndOfDay() {
  const [totals, show] = useState<TerminalTotalsView | null>(null);
  async function close(): Promise<void> {
    const answer = await ask("terminalEndOfDay", {});
    if (answer?.ok === true) show(answer.value);
  }
  return (
    <div className="flex flex-col gap-2">
      <Button onClick={() => void close()}>{t("terminal.endOfDay")}</Button>
      {totals === null ? null : <Totals totals={totals} />}
    </div>
  );
}

function Totals({ totals: { brands } }: { readonly totals: TerminalTotalsView }) {
  if (brands.length === 0) return <p role="status">{t("terminal.totals.none")}</p>;
  return (
    <ul aria-label={t("terminal.totals")} className="flex flex-col gap-1">
      {brands.map(({ brand, paid, givenBack }) => (
        <li
          key={brand}
          className="figures flex flex-wrap justify-between gap-x-4 rounded-xl bg-sunken px-3 py-2"
        >
          <strong>{brand}</strong>
          <span>
            {tCount("terminal.totals.paid", paid.count)} · {moneyText(paid.amount)}
          </span>
          {givenBack.count === 0 ? null : (
            <span>
              {tCount("terminal.totals.back", givenBack.count)} · {moneyText(givenBack.amount)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
