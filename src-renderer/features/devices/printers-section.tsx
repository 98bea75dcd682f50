import { CircleCheck, Plus, PrinterCheck, Search, Trash2, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import type { FoundPrinter, PrinterCard } from "#protocol/till/devices.ts";
import { ask, useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { beginPrinter, changePrinter, removePrinter, testPrinter } from "./printer-store.ts";
import { linkText, purposesText, stateText } from "./printer-words.ts";

/** The printers of this till, and those that may become some. */
export function PrintersSection() {
  const view = useTill((till) => till.printers);
  // Nobody looks on at a search any more.
  useEffect(
    () => () => {
      if (useTill.getState().printers?.finding === true) void ask("findPrinters", { on: false });
    },
    [],
  );
  if (view === null) return null;
  const { printers, finding } = view;
  return (
    <section aria-labelledby="devices-printers" className="flex flex-col gap-3">
      <h3 id="devices-printers" className="font-bold text-lg">
        {t("devices.printers")}
      </h3>
      {printers.length === 0 ? <p className="text-ink-soft">{t("devices.none")}</p> : null}
      <ul className="flex flex-col gap-2">
        {printers.map((printer) => (
          <SetUpPrinter key={printer.id} printer={printer} />
        ))}
      </ul>
      <div className="grid grid-cols-2 gap-3">
        <Button
          size="large"
          icon={<Search aria-hidden />}
          onClick={() => void ask("findPrinters", { on: !finding })}
        >
          {t(finding ? "devices.stopFinding" : "devices.find")}
        </Button>
        <Button size="large" icon={<Plus aria-hidden />} onClick={() => beginPrinter(printers, null)}>
          {t("devices.addByHand")}
        </Button>
      </div>
      <Found found={view.found} known={printers} finding={finding} />
    </section>
  );
}

function SetUpPrinter({ printer }: { readonly printer: PrinterCard }) {
  const failing = printer.trouble !== null;
  const Sign = failing ? TriangleAlert : CircleCheck;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl border border-line bg-paper py-3 pe-3 ps-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-bold text-lg">
          <bdi className="block truncate">{printer.name}</bdi>
        </p>
        <p className="figures truncate text-ink-soft text-sm">
          {[linkText(printer.link), purposesText(printer)].map(apart).join(" · ")}
        </p>
        <p
          role="status"
          className={`flex items-center gap-1.5 ${failing ? "font-semibold text-danger" : "text-ink-soft"}`}
        >
          <Sign aria-hidden size={18} className="shrink-0" />
          {stateText(printer)}
        </p>
      </div>
      <div className="flex gap-2">
        <Button icon={<PrinterCheck aria-hidden size={20} />} onClick={() => void testPrinter(printer)}>
          {t("devices.test")}
        </Button>
        <Button onClick={() => changePrinter(printer)}>{t("devices.change")}</Button>
        <Button
          look="quiet"
          aria-label={`${t("devices.remove")}: ${printer.name}`}
          icon={<Trash2 aria-hidden size={20} />}
          onClick={() => void removePrinter(printer)}
        />
      </div>
    </li>
  );
}

/** What the search brought, without what is set up already. */
function Found({
  found,
  known,
  finding,
}: {
  readonly found: readonly FoundPrinter[];
  readonly known: readonly PrinterCard[];
  readonly finding: boolean;
}) {
  const taken = new Set(known.map(({ link }) => linkText(link)));
  const free = found.filter(({ link }) => !taken.has(linkText(link)));
  if (!finding && found.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-ink-soft">
        {finding ? t("devices.finding") : t(free.length === 0 ? "devices.foundNothing" : "devices.found")}
      </p>
      <ul className="flex flex-col gap-2">
        {free.map((each) => (
          <li
            key={linkText(each.link)}
            className="flex items-center gap-4 rounded-2xl border border-line border-dashed py-2 pe-2 ps-5"
          >
            <div className="min-w-0 flex-1">
              <p className="font-semibold">
                <bdi className="block truncate">{each.name || linkText(each.link)}</bdi>
              </p>
              <p className="figures truncate text-ink-soft text-sm">
                {[t(`devices.link.${each.link.kind}`), linkText(each.link)].map(apart).join(" · ")}
              </p>
            </div>
            <Button onClick={() => beginPrinter(known, each)}>{t("devices.add")}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
