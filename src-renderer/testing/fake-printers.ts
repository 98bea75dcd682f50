import { idOf } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { Verb, VerbAnswer, VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import type { FoundPrinter, PrinterCard } from "#protocol/till/devices.ts";

type PrinterVerb =
  | "setUpPrinter"
  | "removePrinter"
  | "testPrinter"
  | "findPrinters"
  | "printerModels"
  | "printOn"
  | "cancelPrints"
  | "printLabel";
type Verbs = { readonly [V in Verb & PrinterVerb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };

const MODELS: VerbAnswer<"printerModels"> = [
  { id: "epson-tm-t20iii", name: "Epson TM-T20III", columns: 48, labelsOnly: false },
  { id: "zpl-203", name: "ZPL, 203 dpi (Zebra ZD, GK, ZT …)", columns: 42, labelsOnly: true },
];
const FOUND: readonly FoundPrinter[] = [
  {
    link: { kind: "network", host: "192.168.1.61", port: 9_100 },
    name: "EPSON TM-T20III",
    model: "epson-tm-t20iii",
  },
  { link: { kind: "device", path: "/dev/usb/lp0" }, name: "", model: null },
  { link: { kind: "spooler", queue: "Office" }, name: "Office", model: null },
];

/** The printers of a till in memory: those that work print at once, and the search finds three. */
export class FakePrinters {
  readonly #onChange: () => void;
  readonly #allows: (approval: Approval | null) => ApprovalRefusal | null;
  #printers: PrinterCard[] = [];
  #found: readonly FoundPrinter[] = [];

  constructor(parts: {
    readonly onChange: () => void;
    /** Null: the act is allowed. */
    readonly allows: (approval: Approval | null) => ApprovalRefusal | null;
  }) {
    this.#onChange = parts.onChange;
    this.#allows = parts.allows;
  }

  get canPrint(): boolean {
    return this.#printers.some(({ purposes }) => purposes.includes("receipt"));
  }

  get view(): ViewValue<"printers"> {
    return { printers: this.#printers, finding: false, found: [...this.#found] };
  }

  /** A printer as it is now; one of the same id was there before. */
  show(printer: PrinterCard): void {
    const at = this.#printers.findIndex(({ id }) => id === printer.id);
    this.#printers = this.#printers.toSpliced(
      at === -1 ? this.#printers.length : at,
      at === -1 ? 0 : 1,
      printer,
    );
    this.#onChange();
  }

  /** A second printer, in the stockroom, that works. */
  addOther(): void {
    this.show({
      id: idOf<"Printer">("printer-2"),
      name: "Stockroom",
      link: { kind: "device", path: "/dev/usb/lp1" },
      model: "epson-tm-t20iii",
      columns: 48,
      purposes: ["pickSlip"],
      drawer: "none",
      queued: 0,
      state: "ready",
      trouble: null,
    });
  }

  readonly verbs: Verbs = {
    setUpPrinter: ({ approval, id, ...setup }) => {
      const problem = this.#allows(approval);
      if (problem !== null) return refused(problem);
      const printer = id ?? idOf<"Printer">(`printer-${this.#printers.length + 1}`);
      this.show({ ...setup, id: printer, queued: 0, state: "ready", trouble: null });
      return ok({ printer });
    },
    removePrinter: ({ printer, approval }) => {
      const problem = this.#allows(approval);
      if (problem !== null) return refused(problem);
      this.#printers = this.#printers.filter(({ id }) => id !== printer);
      this.#onChange();
      return ok({});
    },
    testPrinter: ({ printer }) => {
      const tested = this.#printers.find(({ id }) => id === printer);
      if (tested === undefined) return refused("noSuchPrinter");
      return tested.trouble === null ? ok({}) : refused(tested.trouble);
    },
    findPrinters: ({ on }) => {
      this.#found = on ? FOUND : this.#found;
      this.#onChange();
      return ok({});
    },
    printerModels: () => MODELS,
    printOn: ({ from, to }) => {
      const documents = this.#waitingAt(from);
      const target = this.#printers.find(({ id }) => id === to);
      if (documents === null || target === undefined) return refused("noSuchPrinter");
      if (target.trouble === null) this.#empty(from);
      return ok({ documents });
    },
    cancelPrints: ({ printer }) => {
      const documents = this.#waitingAt(printer);
      if (documents === null) return refused("noSuchPrinter");
      this.#empty(printer);
      return ok({ documents });
    },
    printLabel: () => (this.canPrint ? ok({}) : refused("noPrinter")),
  };

  #waitingAt(printer: string): number | null {
    return this.#printers.find(({ id }) => id === printer)?.queued ?? null;
  }

  #empty(printer: string): void {
    const emptied = this.#printers.find(({ id }) => id === printer);
    if (emptied !== undefined) this.show({ ...emptied, queued: 0 });
  }
}
