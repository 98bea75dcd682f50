import { type FormEvent, type ReactNode, useState } from "react";
import type { ViewValue } from "#protocol/till/contract.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { setSounds, soundsOn } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { currentTheme, setTheme, type Theme } from "./theme.ts";

const COLUMNS = [32, 42, 48] as const;
const RAW_PRINT_PORT = 9100;

/** What belongs to this machine: its printer, its look, its sounds. */
export function SettingsSheet({
  devices,
  onClose,
}: {
  /** What else is connected to this machine, a section each. */
  readonly devices: ReactNode;
  readonly onClose: () => void;
}) {
  return (
    <Sheet title={t("settings.title")} closeLabel={t("app.close")} onClose={onClose}>
      <div className="flex flex-col gap-8">
        <PrinterForm />
        {devices}
        <Look />
      </div>
    </Sheet>
  );
}

function printerWords(printer: ViewValue<"printer">): string {
  if (!printer.configured || printer.state === "none") return t("settings.printer.none");
  const key = printer.state === "failing" && printer.queued > 0 ? "failingWith" : printer.state;
  return t(`settings.printer.${key}`, { address: printer.address ?? "", count: printer.queued });
}

function PrinterForm() {
  const printer = useTill((till) => till.printer);
  const [knownHost, knownPort] = (printer?.address ?? "").split(":");
  const [host, setHost] = useState(knownHost ?? "");
  const [port, setPort] = useState(knownPort ?? String(RAW_PRINT_PORT));
  const [columns, setColumns] = useState<(typeof COLUMNS)[number]>(48);
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await ask("configurePrinter", { host: host.trim(), port: Number(port), columns });
    if (answer?.ok === true) tell("done", t("settings.saved"));
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <h3 className="font-bold text-lg">{t("settings.printer")}</h3>
      <p
        role="status"
        className={printer?.state === "failing" ? "font-semibold text-danger" : "text-ink-soft"}
      >
        {printer === null ? "" : printerWords(printer)}
      </p>
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <Field
          label={t("settings.host")}
          value={host}
          onChange={(event) => setHost(event.target.value)}
          placeholder="192.168.1.50"
          autoComplete="off"
          spellCheck={false}
        />
        <Field
          label={t("settings.port")}
          inputMode="numeric"
          value={port}
          onChange={(event) => setPort(event.target.value.replace(/\D/g, ""))}
        />
      </div>
      <fieldset className="grid grid-cols-3 gap-2 border-0 p-0">
        <legend className="mb-1.5 font-semibold text-sm">{t("settings.columns")}</legend>
        {COLUMNS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === columns}
            onClick={() => setColumns(each)}
            className={`min-h-12 rounded-xl border px-1 text-sm leading-tight ${each === columns ? "border-brand bg-brand-soft font-semibold" : "border-line"}`}
          >
            <span className="mx-auto block max-w-[12ch]">{t(`settings.columns.${each}`)}</span>
          </button>
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <Button type="submit" look="primary" disabled={host.trim() === "" || port === ""}>
          {t("settings.savePrinter")}
        </Button>
        <Button
          disabled={printer?.configured !== true}
          onClick={async () => {
            const answer = await ask("testPrinter", {});
            if (answer?.ok === true) tell("done", t("settings.tested"));
          }}
        >
          {t("settings.test")}
        </Button>
      </div>
    </form>
  );
}

function Look() {
  const [theme, choose] = useState<Theme>(currentTheme());
  const [sounds, chooseSounds] = useState(soundsOn());
  return (
    <section className="grid grid-cols-2 gap-6">
      <Choice
        label={t("settings.look")}
        options={[
          { value: "light", words: t("settings.theme.light") },
          { value: "dark", words: t("settings.theme.dark") },
        ]}
        chosen={theme}
        onChoose={(value) => {
          const next: Theme = value === "dark" ? "dark" : "light";
          setTheme(next);
          choose(next);
        }}
      />
      <Choice
        label={t("settings.sounds")}
        options={[
          { value: "on", words: t("settings.sounds.on") },
          { value: "off", words: t("settings.sounds.off") },
        ]}
        chosen={sounds ? "on" : "off"}
        onChoose={(value) => {
          setSounds(value === "on");
          chooseSounds(value === "on");
        }}
      />
    </section>
  );
}

function Choice({
  label,
  options,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}) {
  return (
    <fieldset className="grid grid-cols-2 gap-2 border-0 p-0">
      <legend className="mb-1.5 font-bold text-lg">{label}</legend>
      {options.map(({ value, words }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className={`min-h-12 rounded-xl border ${value === chosen ? "border-brand bg-brand-soft font-semibold" : "border-line"}`}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}
