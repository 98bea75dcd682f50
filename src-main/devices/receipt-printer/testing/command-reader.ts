import iconv from "iconv-lite";

/** What the bytes for an ESC/POS printer ask for, one by one. */
export type PrinterCommand =
  | { readonly kind: "reset" }
  | { readonly kind: "letters"; readonly text: string }
  | { readonly kind: "lineFeed" }
  | { readonly kind: "bold"; readonly on: boolean }
  | { readonly kind: "size"; readonly width: number; readonly height: number }
  | { readonly kind: "align"; readonly align: Align }
  | { readonly kind: "cut" }
  | {
      readonly kind: "raster";
      readonly bytesPerRow: number;
      readonly rows: number;
      readonly data: Uint8Array;
    }
  | { readonly kind: "barcodeSetting"; readonly setting: "height" | "width" | "text"; readonly value: number }
  | { readonly kind: "code128"; readonly text: string }
  | { readonly kind: "qrSetting"; readonly setting: "model" | "size" | "level"; readonly value: number }
  | { readonly kind: "qrData"; readonly text: string }
  | { readonly kind: "qrPrint" };

export type Align = "left" | "center" | "right";

const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const CODE_128 = 73;
const ALIGNS: readonly Align[] = ["left", "center", "right"];

/** `ESC t n` as Epson numbers them; read with tables that the encoder has no part in. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  0: "cp437",
  2: "cp850",
  16: "win1252",
  17: "cp866",
  18: "cp852",
  19: "cp858",
};

/** Reads all of a receipt's bytes. Throws on any byte that it does not know: what is not understood is never taken for printed. */
export function readCommands(bytes: Uint8Array): readonly PrinterCommand[] {
  const reader = new Reader(bytes);
  const commands: PrinterCommand[] = [];
  while (!reader.done) commands.push(...reader.next());
  return commands;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #codePage = "cp437";

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  next(): readonly PrinterCommand[] {
    const byte = this.#take();
    if (byte === LF) return [{ kind: "lineFeed" }];
    // Printers are delivered with CR switched off.
    if (byte === CR) return [];
    if (byte === ESC) return this.#escape();
    if (byte === FS) return this.#expect([0x2e]);
    if (byte === GS) return this.#group();
    if (byte < 0x20 || byte === 0x7f) throw this.#unknown("control byte", byte);
    return [{ kind: "letters", text: iconv.decode(Buffer.from([byte]), this.#codePage) }];
  }

  #escape(): readonly PrinterCommand[] {
    const command = this.#take();
    switch (String.fromCharCode(command)) {
      case "@":
        this.#codePage = "cp437";
        return [{ kind: "reset" }];
      case "M":
        return this.#expect([0]);
      case "E":
        return [{ kind: "bold", on: this.#take() === 1 }];
      case "a":
        return [{ kind: "align", align: this.#oneOf(ALIGNS) }];
      case "t": {
        const number = this.#take();
        const codePage = CODE_PAGES[number];
        if (codePage === undefined) throw this.#unknown("code page", number);
        this.#codePage = codePage;
        return [];
      }
      default:
        throw this.#unknown("ESC command", command);
    }
  }

  #group(): readonly PrinterCommand[] {
    const command = this.#take();
    switch (String.fromCharCode(command)) {
      case "!": {
        const size = this.#take();
        return [{ kind: "size", width: (size >> 4) + 1, height: (size & 0x0f) + 1 }];
      }
      case "V":
        this.#expect([0]);
        return [{ kind: "cut" }];
      case "v":
        return this.#raster();
      case "h":
        return [{ kind: "barcodeSetting", setting: "height", value: this.#take() }];
      case "w":
        return [{ kind: "barcodeSetting", setting: "width", value: this.#take() }];
      case "H":
        return [{ kind: "barcodeSetting", setting: "text", value: this.#take() }];
      case "k":
        return this.#barcode();
      case "(":
        return this.#symbol();
      default:
        throw this.#unknown("GS command", command);
    }
  }

  #raster(): readonly PrinterCommand[] {
    this.#expect([0x30, 0]);
    const bytesPerRow = this.#takeShort();
    const rows = this.#takeShort();
    return [{ kind: "raster", bytesPerRow, rows, data: this.#takeMany(bytesPerRow * rows) }];
  }

  #barcode(): readonly PrinterCommand[] {
    this.#expect([CODE_128]);
    const text = this.#text(this.#take());
    if (!text.startsWith("{B")) throw new Error(`a Code 128 in no set that is known: ${text}`);
    return [{ kind: "code128", text: text.slice("{B".length) }];
  }

  /** `GS ( k`: the printer's own two-dimensional codes, of which only QR is known. */
  #symbol(): readonly PrinterCommand[] {
    this.#expect(["k".charCodeAt(0)]);
    const length = this.#takeShort();
    this.#expect([0x31]);
    const command = this.#take();
    switch (String.fromCharCode(command)) {
      case "A": {
        const value = this.#take() - 0x30;
        this.#expect([0]);
        return [{ kind: "qrSetting", setting: "model", value }];
      }
      case "C":
        return [{ kind: "qrSetting", setting: "size", value: this.#take() }];
      case "E":
        return [{ kind: "qrSetting", setting: "level", value: this.#take() - 0x30 }];
      case "P":
        this.#expect([0x30]);
        return [{ kind: "qrData", text: this.#text(length - 3) }];
      case "Q":
        this.#expect([0x30]);
        return [{ kind: "qrPrint" }];
      default:
        throw this.#unknown("QR command", command);
    }
  }

  #expect(expected: readonly number[]): readonly PrinterCommand[] {
    for (const byte of expected) {
      const found = this.#take();
      if (found !== byte) throw this.#unknown(`byte where ${byte} belongs:`, found);
    }
    return [];
  }

  #oneOf<T>(values: readonly T[]): T {
    const number = this.#take();
    const value = values[number];
    if (value === undefined) throw this.#unknown("setting", number);
    return value;
  }

  #take(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error("the receipt ends within a command");
    this.#at += 1;
    return byte;
  }

  #takeShort(): number {
    return this.#take() + 256 * this.#take();
  }

  #takeMany(count: number): Uint8Array {
    const many = this.#bytes.subarray(this.#at, this.#at + count);
    if (many.length < count) throw new Error("the receipt ends within a command");
    this.#at += count;
    return many;
  }

  #text(length: number): string {
    return Buffer.from(this.#takeMany(length)).toString("latin1");
  }

  #unknown(what: string, byte: number): Error {
    return new Error(`unknown ${what} 0x${byte.toString(16)} at byte ${this.#at - 1}`);
  }
}
