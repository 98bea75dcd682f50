import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { PRINTER_PURPOSES, type PrinterModel, type PrinterPurpose } from "#protocol/till/devices.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { LinkChoice, LinkFields } from "./link-fields.tsx";
import { isComplete } from "./printer-complete.ts";
import { type EditedPrinter, editPrinter, leavePrinterForm, savePrinter } from "./printer-store.ts";

const COLUMNS = [32, 42, 48] as const;
const DRAWERS = ["none", "pin2", "pin5"] as const;
const MAX_NAME_CHARS = 60;

/** One printer: where it hangs, what it is, what it prints. */
export function PrinterFormSheet({ edited }: { readonly edited: EditedPrinter }) {
  const models = useModels();
  const change = (changed: Partial<EditedPrinter>): void => editPrinter({ ...edited, ...changed });
  useEffect(() => leavePrinterForm, []);
  const model = models.find(({ id }) => id === edited.model);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isComplete(edited)) void savePrinter(edited);
  }
  return (
    <Sheet
      title={edited.id === null ? t("devices.newPrinter") : edited.name}
      closeLabel={t("app.backShort")}
      onClose={leavePrinterForm}
      width="wide"
    >
      <form onSubmit={submit} className="grid grid-cols-2 items-start gap-x-6 gap-y-4 max-md:grid-cols-1">
        <LinkChoice link={edited.link} onLink={(link) => change({ link })} />
        <div className="flex flex-col gap-4">
          <Field
            label={t("devices.name")}
            value={edited.name}
            maxLength={MAX_NAME_CHARS}
            placeholder={t("devices.namePlaceholder")}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
          <LinkFields link={edited.link} onLink={(link) => change({ link })} />
        </div>
        <div className="flex flex-col gap-4">
          <SelectField
            label={t("devices.model")}
            options={[
              { value: "", words: t("devices.model.any") },
              ...models.map(({ id, name }) => ({ value: id, words: name })),
            ]}
            chosen={edited.model ?? ""}
            onChoose={(id) => change(ofModel(models.find((each) => each.id === id)))}
          />
          {model?.labelsOnly === true ? null : <PaperAndPurposes edited={edited} onChange={change} />}
        </div>
        <Button
          type="submit"
          look="primary"
          size="large"
          className="col-span-full"
          disabled={!isComplete(edited)}
        >
          {t("devices.save")}
        </Button>
      </form>
    </Sheet>
  );
}

/** What follows from a model: how wide it prints, and for a label printer that it prints labels. */
function ofModel(model: PrinterModel | undefined): Partial<EditedPrinter> {
  if (model === undefined) return { model: null };
  const { id, columns, labelsOnly } = model;
  return { model: id, columns, ...(labelsOnly ? { purposes: ["label"], drawer: "none" } : {}) };
}

function PaperAndPurposes({
  edited,
  onChange,
}: {
  readonly edited: EditedPrinter;
  readonly onChange: (changed: Partial<EditedPrinter>) => void;
}) {
  const toggle = (purpose: PrinterPurpose): void => {
    const chosen = PRINTER_PURPOSES.filter((each) => edited.purposes.includes(each) !== (each === purpose));
    onChange({ purposes: chosen });
  };
  return (
    <>
      <Choices label={t("settings.columns")}>
        {COLUMNS.map((columns) => (
          <Chip
            key={columns}
            words={t(`settings.columns.${columns}`)}
            chosen={columns === edited.columns}
            onChoose={() => onChange({ columns })}
          />
        ))}
      </Choices>
      <Choices label={t("devices.purposes")}>
        {PRINTER_PURPOSES.map((purpose) => (
          <Chip
            key={purpose}
            words={t(`devices.purpose.${purpose}`)}
            chosen={edited.purposes.includes(purpose)}
            onChoose={() => toggle(purpose)}
          />
        ))}
      </Choices>
      <Choices label={t("devices.drawer")}>
        {DRAWERS.map((drawer) => (
          <Chip
            key={drawer}
            words={t(`devices.drawer.${drawer}`)}
            chosen={drawer === edited.drawer}
            onChoose={() => onChange({ drawer })}
          />
        ))}
      </Choices>
    </>
  );
}

function Choices({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className="grid grid-cols-3 gap-2 border-0 p-0">
      <legend className="mb-1.5 font-semibold text-ink-soft text-sm">{label}</legend>
      {children}
    </fieldset>
  );
}

function useModels(): readonly PrinterModel[] {
  const [models, setModels] = useState<readonly PrinterModel[]>([]);
  useEffect(() => {
    let isShown = true;
    void ask("printerModels", {}).then((answer) => {
      if (isShown && answer !== null) setModels(answer);
    });
    return () => {
      isShown = false;
    };
  }, []);
  return models;
}
