import type { CounterLink, LineState } from "#protocol/till/counter.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { NetworkFields } from "./network-fields.tsx";

const BAUDS = [2_400, 4_800, 9_600, 19_200, 38_400, 115_200] as const;
const FRAMES = ["8N1", "7E1", "7O1"] as const;
const KINDS = ["none", "serial", "network"] as const;

const EMPTY = {
  none: null,
  serial: { kind: "serial", path: "", baud: 9_600, frame: "8N1" },
  network: { kind: "network", host: "", port: 4_001 },
} as const satisfies Readonly<Record<(typeof KINDS)[number], CounterLink | null>>;

/** Whether a link says all that it takes to open it. */
export function isWholeLink(link: CounterLink | null): boolean {
  if (link === null) return true;
  return link.kind === "serial" ? link.path.trim() !== "" : link.host.trim() !== "" && link.port > 0;
}

/** How a device at the counter is connected; null: there is none. */
export function CounterLinkFields({
  link,
  onLink,
}: {
  readonly link: CounterLink | null;
  readonly onLink: (link: CounterLink | null) => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="border-0 p-0">
        <legend className="mb-1.5 font-semibold text-ink-soft text-sm">{t("counter.kind")}</legend>
        <Segments
          segments={KINDS.map((value) => ({
            value,
            words: value === "none" ? t("counter.none") : t(`devices.link.${value}`),
          }))}
          chosen={link?.kind ?? "none"}
          onChoose={(kind) => onLink(EMPTY[kind])}
        />
      </fieldset>
      {link?.kind === "serial" ? <SerialFields link={link} onLink={onLink} /> : null}
      {link?.kind === "network" ? (
        <NetworkFields at={link} onAt={(at) => onLink({ ...link, ...at })} />
      ) : null}
    </div>
  );
}

function SerialFields({
  link,
  onLink,
}: {
  readonly link: Extract<CounterLink, { readonly kind: "serial" }>;
  readonly onLink: (link: CounterLink) => void;
}) {
  return (
    <div className="grid grid-cols-[1fr_9rem_9rem] gap-3">
      <Field
        label={t("devices.path")}
        placeholder="/dev/ttyUSB0"
        value={link.path}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onLink({ ...link, path: event.target.value })}
      />
      <SelectField
        label={t("devices.baud")}
        options={BAUDS.map((baud) => ({ value: String(baud), words: String(baud) }))}
        chosen={String(link.baud)}
        onChoose={(value) => onLink({ ...link, baud: BAUDS.find((each) => String(each) === value) ?? 9_600 })}
      />
      <SelectField
        label={t("counter.frame")}
        options={FRAMES.map((value) => ({ value, words: value }))}
        chosen={link.frame}
        onChoose={(value) => onLink({ ...link, frame: FRAMES.find((each) => each === value) ?? "8N1" })}
      />
    </div>
  );
}

/** How the line to a device is, in words. */
export function LineStateText({ state }: { readonly state: LineState }) {
  const failing = state === "unreachable" || state === "notAllowed";
  return (
    <p role="status" className={failing ? "font-semibold text-danger" : "text-ink-soft"}>
      {t(`counter.state.${state}`)}
    </p>
  );
}
