import type { PrinterLink } from "#protocol/till/devices.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { NetworkFields } from "./network-fields.tsx";

const BAUDS = [9_600, 19_200, 38_400, 57_600, 115_200] as const;
const HANDSHAKES = ["hardware", "software", "none"] as const;
const KINDS = ["network", "device", "serial", "spooler"] as const;

const EMPTY: Readonly<Record<PrinterLink["kind"], PrinterLink>> = {
  network: { kind: "network", host: "", port: 9_100 },
  serial: { kind: "serial", path: "", baud: 9_600, handshake: "hardware" },
  device: { kind: "device", path: "/dev/usb/lp0" },
  spooler: { kind: "spooler", queue: "" },
};

interface LinkProps<L extends PrinterLink = PrinterLink> {
  readonly link: L;
  readonly onLink: (link: PrinterLink) => void;
}

/** Which way a printer is connected. */
export function LinkChoice({ link, onLink }: LinkProps) {
  return (
    <fieldset className="col-span-full border-0 p-0">
      <legend className="mb-1.5 font-semibold text-ink-soft text-sm">{t("devices.link")}</legend>
      <Segments
        segments={KINDS.map((value) => ({ value, words: t(`devices.link.${value}`) }))}
        chosen={link.kind}
        onChoose={(kind) => onLink(EMPTY[kind])}
      />
    </fieldset>
  );
}

/** What the way asks for by which a printer is connected. */
export function LinkFields({ link, onLink }: LinkProps) {
  return (
    <>
      {link.kind === "network" ? <NetworkFields at={link} onAt={(at) => onLink({ ...link, ...at })} /> : null}
      {link.kind === "serial" ? <SerialFields link={link} onLink={onLink} /> : null}
      {link.kind === "device" ? (
        <Field
          label={t("devices.path")}
          hint={t("devices.deviceHint")}
          value={link.path}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onLink({ ...link, path: event.target.value })}
        />
      ) : null}
      {link.kind === "spooler" ? (
        <Field
          label={t("devices.queue")}
          hint={t("devices.queueHint")}
          value={link.queue}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onLink({ ...link, queue: event.target.value })}
        />
      ) : null}
    </>
  );
}

function SerialFields({ link, onLink }: LinkProps<Extract<PrinterLink, { readonly kind: "serial" }>>) {
  return (
    <>
      <Field
        label={t("devices.path")}
        hint={t("devices.serialHint")}
        value={link.path}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onLink({ ...link, path: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label={t("devices.baud")}
          options={BAUDS.map((baud) => ({ value: String(baud), words: String(baud) }))}
          chosen={String(link.baud)}
          onChoose={(value) =>
            onLink({ ...link, baud: BAUDS.find((each) => String(each) === value) ?? 9_600 })
          }
        />
        <SelectField
          label={t("devices.handshake")}
          options={HANDSHAKES.map((value) => ({ value, words: t(`devices.handshake.${value}`) }))}
          chosen={link.handshake}
          onChoose={(value) =>
            onLink({ ...link, handshake: HANDSHAKES.find((each) => each === value) ?? "hardware" })
          }
        />
      </div>
    </>
  );
}
