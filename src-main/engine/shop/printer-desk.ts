import type { PrinterId } from "#domain/ids.ts";
import { testRows } from "#domain/receipt/test-page.ts";
import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { FoundPrinter, PrinterSetup, PrintersView } from "#protocol/till/devices.ts";
import type { ReceiptPrinter } from "../../devices/receipt-printer/port.ts";
import type { Unwatch } from "../ports.ts";
import type { VerbTable } from "../till-service.ts";
import { both, Changes } from "./changes.ts";
import { MAX_PRINTERS } from "./printer-setups.ts";
import type { Printing } from "./printing.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Turns } from "./turns.ts";

type PrinterVerb =
  | "setUpPrinter"
  | "removePrinter"
  | "testPrinter"
  | "findPrinters"
  | "printerModels"
  | "printOn"
  | "cancelPrints";

/** More answer in no store; whoever opens that port on every address is no printer. */
const MAX_FOUND = 60;

/** Setting printers up at this till, finding and trying them, and what is done with what waits at one that fails. */
export class PrinterDesk {
  readonly #ports: Pick<ShopPorts, "newId" | "replica" | "printerCatalogue">;
  readonly #session: Session;
  readonly #printing: Printing;
  readonly #changes = new Changes();
  /** Two changes at once would each forget the other. */
  readonly #turns = new Turns();
  #search: AbortController | null = null;
  #found: readonly FoundPrinter[] = [];

  constructor(
    ports: Pick<ShopPorts, "newId" | "replica" | "printerCatalogue">,
    parts: { readonly session: Session; readonly printing: Printing },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#printing = parts.printing;
  }

  readonly verbs: Pick<VerbTable, PrinterVerb> = {
    setUpPrinter: (args) => this.#turns.take(() => this.#setUp(args)),
    removePrinter: (args) => this.#turns.take(() => this.#remove(args)),
    testPrinter: ({ printer }) => this.#test(printer),
    findPrinters: async ({ on }) => this.#find(on),
    printerModels: async () => [...this.#ports.printerCatalogue.models],
    printOn: (args) => this.#printOn(args),
    cancelPrints: ({ printer }) => this.#cancel(printer),
  };

  view(): PrintersView {
    return { printers: this.#printing.cards(), finding: this.#search !== null, found: [...this.#found] };
  }

  watch(onChange: () => void): Unwatch {
    return both(this.#printing.watch(onChange), this.#changes.watch(onChange));
  }

  close(): void {
    this.#search?.abort();
  }

  async #setUp({
    approval,
    id,
    ...setup
  }: VerbParsedArgs<"setUpPrinter">): Promise<VerbAnswer<"setUpPrinter">> {
    const authorised = await this.#session.authoriseNoted("devices.setUp", approval, setup.name);
    if (!authorised.ok) return authorised;
    const setups = this.#printing.setups;
    if (id !== null && !setups.some((each) => each.id === id)) return refused("noSuchPrinter");
    if (id === null && setups.length >= MAX_PRINTERS) return refused("tooManyPrinters");
    const model = this.#modelOf(setup);
    if (setup.model !== null && model === undefined) return refused("unknownModel");
    if (model?.labelsOnly === true && setup.purposes.some((purpose) => purpose !== "label"))
      return refused("printsLabelsOnly");
    const printer = id ?? (this.#ports.newId() as PrinterId);
    const put = await this.#printing.put({ ...setup, id: printer });
    return put.ok ? ok({ printer }) : put;
  }

  async #remove({
    printer,
    approval,
  }: VerbParsedArgs<"removePrinter">): Promise<VerbAnswer<"removePrinter">> {
    const name = this.#printing.setups.find(({ id }) => id === printer)?.name ?? "";
    const authorised = await this.#session.authoriseNoted("devices.setUp", approval, name);
    if (!authorised.ok) return authorised;
    if (this.#printing.find(printer) === null) return refused("noSuchPrinter");
    const removed = await this.#printing.remove(printer);
    return removed.ok ? ok({}) : removed;
  }

  async #test(id: PrinterId): Promise<VerbAnswer<"testPrinter">> {
    const setup = this.#printing.setups.find((each) => each.id === id);
    const printer = this.#onDuty(id);
    if (!printer.ok || setup === undefined) return printer.ok ? refused("noSuchPrinter") : printer;
    const rows = testRows(this.#ports.replica.settings(), { name: setup.name, columns: setup.columns });
    const tested = await printer.value.test(rows);
    return tested.ok ? ok({}) : tested;
  }

  #find(on: boolean): VerbAnswer<"findPrinters"> {
    if (this.#session.onDuty() === null) return refused("notSignedIn");
    this.#search?.abort();
    this.#search = null;
    if (on) {
      const search = new AbortController();
      this.#search = search;
      this.#found = [];
      const onFound = (found: FoundPrinter): void => this.#note(search, found);
      void this.#ports.printerCatalogue.find(onFound, search.signal).then(() => this.#ended(search));
    }
    this.#changes.tell();
    return ok({});
  }

  #note(search: AbortController, found: FoundPrinter): void {
    if (search !== this.#search || this.#found.length >= MAX_FOUND) return;
    this.#found = [...this.#found, found];
    this.#changes.tell();
  }

  #ended(search: AbortController): void {
    if (search !== this.#search) return;
    this.#search = null;
    this.#changes.tell();
  }

  /** Where both print the same: a label printer is given no receipts. To the printer itself: it is tried at once, whatever pause it is in. */
  async #printOn({ from, to }: VerbParsedArgs<"printOn">): Promise<VerbAnswer<"printOn">> {
    const source = this.#onDuty(from);
    const target = this.#onDuty(to);
    if (!source.ok) return source;
    if (!target.ok) return target;
    if (this.#labelsOnly(to) && !this.#labelsOnly(from)) return refused("printsLabelsOnly");
    const waiting = await source.value.takeBack();
    for (const rows of waiting) target.value.print(rows);
    return ok({ documents: waiting.length });
  }

  async #cancel(id: PrinterId): Promise<VerbAnswer<"cancelPrints">> {
    const printer = this.#onDuty(id);
    if (!printer.ok) return printer;
    return ok({ documents: (await printer.value.takeBack()).length });
  }

  #onDuty(id: PrinterId) {
    if (this.#session.onDuty() === null) return refused("notSignedIn");
    const printer: ReceiptPrinter | null = this.#printing.find(id);
    return printer === null ? refused("noSuchPrinter") : ok(printer);
  }

  #labelsOnly(id: PrinterId): boolean {
    const setup = this.#printing.setups.find((each) => each.id === id);
    return setup !== undefined && this.#modelOf(setup)?.labelsOnly === true;
  }

  #modelOf({ model }: Pick<PrinterSetup, "model">) {
    return this.#ports.printerCatalogue.models.find(({ id }) => id === model);
  }
}
