import type { Codepage } from "@point-of-sale/codepage-encoder";
import ReceiptPrinterEncoder, {
  type ReceiptPrinterEncoderOptions,
} from "@point-of-sale/receipt-printer-encoder";
import { z } from "zod";
import type { PrinterModel } from "#protocol/till/devices.ts";
import { CODE_PAGES } from "./code-pages.ts";

type EncoderModel = NonNullable<ReceiptPrinterEncoderOptions["printerModel"]>;

/** Label printers that speak ZPL, by how fine they print. */
const ZPL_MODELS = [
  { id: "zpl-203", name: "ZPL, 203 dpi (Zebra ZD, GK, ZT …)", dotsPerMm: 8 },
  { id: "zpl-300", name: "ZPL, 300 dpi (Zebra ZD, GX, ZT …)", dotsPerMm: 12 },
] as const;

/** The kind of QR code that every scanner reads. */
const QR_MODEL = "2";

/** What is printed with, as far as a model makes a difference. */
export type PrinterKind = ReceiptKind | { readonly speaks: "zpl"; readonly dotsPerMm: number };

export interface ReceiptKind {
  readonly speaks: "receipts";
  readonly encoderModel: EncoderModel | null;
  readonly codePages: readonly Codepage[];
  /** Answers `DLE EOT`; others would take it for something else. */
  readonly asks: boolean;
  /** Draws QR codes itself. */
  readonly drawsQr: boolean;
  readonly isEscPos: boolean;
}

/** Of what the encoder says of a model, what is used here. */
const capabilitiesSchema = z.object({
  language: z.string(),
  qrcode: z.object({ supported: z.boolean(), models: z.array(z.string()) }).optional(),
});

/** What every ESC/POS printer can. */
export const ANY_ESC_POS: ReceiptKind = {
  speaks: "receipts",
  encoderModel: null,
  codePages: CODE_PAGES,
  asks: true,
  drawsQr: true,
  isEscPos: true,
};

const encoderModels = new Map(
  ReceiptPrinterEncoder.printerModels.map(({ id, name }) => [
    id,
    { id: id as EncoderModel, name: name.trim() },
  ]),
);

/** Every model there is to choose from, by name. */
export function printerModels(): readonly PrinterModel[] {
  const receipts = [...encoderModels.values()].map(
    ({ id, name }): PrinterModel => ({
      id,
      name,
      columns: fittingColumns(new ReceiptPrinterEncoder({ printerModel: id }).columns),
      labelsOnly: false,
    }),
  );
  const labels = ZPL_MODELS.map(
    ({ id, name }): PrinterModel => ({ id, name, columns: 42, labelsOnly: true }),
  );
  return [...receipts.toSorted((a, b) => a.name.localeCompare(b.name, "en")), ...labels];
}

/** A model by its id; of one that nobody knows (any more), what every ESC/POS printer can. */
export function printerKind(model: string | null): PrinterKind {
  const zpl = ZPL_MODELS.find(({ id }) => id === model);
  if (zpl !== undefined) return { speaks: "zpl", dotsPerMm: zpl.dotsPerMm };
  const known = model === null ? undefined : encoderModels.get(model);
  return known === undefined ? ANY_ESC_POS : encoderKind(known.id);
}

/** The model whose maker's name for it a printer gave as its own; null where it is none of them. */
export function modelNamed(name: string): string | null {
  const plain = lettersOf(name);
  if (plain === "") return null;
  const named = [...encoderModels.values()].find((model) => lettersOf(model.name).endsWith(plain));
  return named?.id ?? null;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function encoderKind(model: EncoderModel): ReceiptKind {
  const encoder = new ReceiptPrinterEncoder({ printerModel: model });
  const { language, qrcode } = capabilitiesSchema.parse(encoder.printerCapabilities);
  const isEscPos = language === "esc-pos";
  return {
    speaks: "receipts",
    encoderModel: model,
    codePages: CODE_PAGES.filter((page) => hasCodePage(model, page)),
    asks: isEscPos,
    drawsQr: qrcode === undefined || (qrcode.supported && qrcode.models.includes(QR_MODEL)),
    isEscPos,
  };
}

function hasCodePage(printerModel: EncoderModel, page: Codepage): boolean {
  try {
    new ReceiptPrinterEncoder({ printerModel, errors: "strict" }).codepage(page);
    return true;
  } catch {
    return false;
  }
}

/** The widest of the papers we set that many letters on. */
function fittingColumns(columns: number): PrinterModel["columns"] {
  if (columns >= 48) return 48;
  return columns >= 42 ? 42 : 32;
}
