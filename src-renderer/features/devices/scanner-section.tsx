import { useState } from "react";
import type { Gs1Field } from "#domain/scan/application-identifiers.ts";
import { type Told, tellApart } from "#domain/scan/tell-apart.ts";
import type { CounterLink, WedgeSetup } from "#protocol/till/counter.ts";
import { lastGapMs, useScans } from "../../app/keyboard.ts";
import { useTill } from "../../app/till.ts";
import { USUAL_WEDGE } from "../../app/wedge.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { CounterLinkFields, isWholeLink, LineStateText } from "./counter-link.tsx";
import { setUpCounter } from "./counter-store.ts";

const TERMINATORS = ["enterOrTab", "none"] as const;
const LIMITS = { gapMs: [10, 500], minChars: [1, 40] } as const;
/** One character, or a function key by its name. */
const FRAMING = /^(|.|F([1-9]|1\d|2[0-4]))$/u;

/** The scanners of this till: how they are told from a hand, where they hang, and what came of the last scan. */
export function ScannerSection() {
  const counter = useTill((till) => till.counter);
  if (counter === null) return null;
  const { setup, scanner } = counter;
  return (
    <section aria-labelledby="devices-scanner" className="flex flex-col gap-4">
      <h3 id="devices-scanner" className="font-bold text-lg">
        {t("scanner.title")}
      </h3>
      <TryScanner />
      <WedgeForm key={JSON.stringify(setup.wedge)} kept={setup.wedge ?? USUAL_WEDGE} />
      <div className="flex flex-col gap-3">
        <h4 className="font-semibold">{t("scanner.line")}</h4>
        <LineStateText state={scanner} />
        <LineForm key={JSON.stringify(setup.scanner)} kept={setup.scanner?.link ?? null} />
      </div>
    </section>
  );
}

interface Tried {
  readonly told: Told;
  readonly came: string;
  readonly gapMs: number;
}

/** Shows what a scan was, and does nothing else with it. */
function TryScanner() {
  const [tried, setTried] = useState<Tried | null>(null);
  useScans("over", (came) => setTried({ came, told: tellApart(came), gapMs: Math.round(lastGapMs()) }));
  return (
    <div className="rounded-2xl border border-line bg-paper p-4" aria-live="polite">
      <p className="font-semibold">{t("scanner.try")}</p>
      {tried === null ? (
        <p className="text-ink-soft">{t("scanner.tryHint")}</p>
      ) : (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          <Said words={t("scanner.came")} what={visible(tried.came)} />
          <Said
            words={t("scanner.symbology")}
            what={tried.told.symbology ?? t("scanner.symbology.unknown")}
          />
          <Said words={t("scanner.meaning")} what={meaningText(tried.told)} />
          <Said words={t("scanner.pace")} what={t("scanner.paceMs", { ms: String(tried.gapMs) })} />
        </dl>
      )}
    </div>
  );
}

function Said({ words, what }: { readonly words: string; readonly what: string }) {
  return (
    <>
      <dt className="text-ink-soft">{words}</dt>
      <dd className="figures min-w-0 break-all font-semibold">{what}</dd>
    </>
  );
}

function meaningText({ meaning }: Told): string {
  const words = t(`scanner.meaning.${meaning.kind}`);
  return meaning.kind === "gs1" ? `${words}: ${fieldsText(meaning.fields)}` : words;
}

function fieldsText(fields: readonly Gs1Field[]): string {
  return fields.map(({ ai, value }) => `(${ai})${value}`).join(" ");
}

/** A separator is seen as its picture. */
function visible(text: string): string {
  return text.replaceAll("\u001d", "␝");
}

function WedgeForm({ kept }: { readonly kept: WedgeSetup }) {
  const [edited, setEdited] = useState(kept);
  const number = (key: keyof typeof LIMITS, text: string): void => {
    const digits = Number(text.replace(/\D/g, "").slice(0, 3));
    setEdited({ ...edited, [key]: digits });
  };
  const isLegal = (["gapMs", "minChars"] as const).every((key) => {
    const [least, most] = LIMITS[key];
    return edited[key] >= least && edited[key] <= most;
  });
  const isFramed = [edited.prefix, edited.separator].every((each) => FRAMING.test(each));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void setUpCounter({ wedge: edited }, "scanner");
      }}
    >
      <h4 className="font-semibold">{t("scanner.wedge")}</h4>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label={t("scanner.gap")}
          inputMode="numeric"
          value={String(edited.gapMs)}
          onChange={(event) => number("gapMs", event.target.value)}
        />
        <Field
          label={t("scanner.least")}
          inputMode="numeric"
          value={String(edited.minChars)}
          onChange={(event) => number("minChars", event.target.value)}
        />
        <Field
          label={t("scanner.prefix")}
          hint={t("scanner.prefixHint")}
          value={edited.prefix}
          autoComplete="off"
          onChange={(event) => setEdited({ ...edited, prefix: event.target.value.trim() })}
        />
        <Field
          label={t("scanner.separator")}
          hint={t("scanner.separatorHint")}
          value={edited.separator}
          autoComplete="off"
          onChange={(event) => setEdited({ ...edited, separator: event.target.value.trim() })}
        />
      </div>
      <fieldset className="border-0 p-0">
        <legend className="mb-1.5 font-semibold text-ink-soft text-sm">{t("scanner.terminator")}</legend>
        <Segments
          segments={TERMINATORS.map((value) => ({ value, words: t(`scanner.terminator.${value}`) }))}
          chosen={edited.terminator}
          onChoose={(terminator) => setEdited({ ...edited, terminator })}
        />
      </fieldset>
      <Button type="submit" disabled={!isLegal || !isFramed}>
        {t("counter.save")}
      </Button>
    </form>
  );
}

function LineForm({ kept }: { readonly kept: CounterLink | null }) {
  const [link, setLink] = useState(kept);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void setUpCounter({ scanner: link === null ? null : { link } }, "scanner");
      }}
    >
      <CounterLinkFields link={link} onLink={setLink} />
      <Button type="submit" disabled={!isWholeLink(link)}>
        {t("counter.save")}
      </Button>
    </form>
  );
}
