/** Kinds of code as scanners name them before what they read (ISO/IEC 15424), where they are set up to. */
const SYMBOLOGIES = {
  "]E0": "ean13",
  "]E3": "ean13",
  "]E4": "ean8",
  "]C0": "code128",
  "]C1": "gs1-128",
  "]e0": "gs1DataBar",
  "]d1": "dataMatrix",
  "]d2": "gs1DataMatrix",
  "]Q1": "qr",
  "]Q3": "gs1Qr",
  "]J1": "gs1DotCode",
  "]A0": "code39",
  "]G0": "code93",
  "]I0": "itf",
  "]I1": "itf14",
  "]L0": "pdf417",
  "]L2": "pdf417",
} as const;

export type Symbology = (typeof SYMBOLOGIES)[keyof typeof SYMBOLOGIES];

/** Kinds of code that hold GS1 element strings and nothing else. */
const GS1_ONLY: ReadonlySet<string> = new Set(["]C1", "]e0", "]d2", "]Q3", "]J1"]);
/** An EAN with two or five more digits beside it, as magazines have them. */
const WITH_ADD_ON = "]E3";
const EAN_DIGITS = 13;

/** What a scanner sent, without what it put before it. */
export interface Stripped {
  readonly text: string;
  /** Null: the scanner did not say, or named one that no shop uses. */
  readonly symbology: Symbology | null;
  readonly isGs1: boolean;
}

/** Takes a symbology identifier (`]C1`) off what a scanner sent. */
export function withoutSymbology(scanned: string): Stripped {
  const [identifier = ""] = /^\][A-Za-z][0-9A-Za-z]/.exec(scanned) ?? [];
  const text = scanned.slice(identifier.length);
  return {
    text: identifier === WITH_ADD_ON ? text.slice(0, EAN_DIGITS) : text,
    symbology: isNamed(identifier) ? SYMBOLOGIES[identifier] : null,
    isGs1: GS1_ONLY.has(identifier),
  };
}

function isNamed(identifier: string): identifier is keyof typeof SYMBOLOGIES {
  return Object.hasOwn(SYMBOLOGIES, identifier);
}
