import { idOf, type PrinterId } from "#domain/ids.ts";
import { ok } from "#domain/result.ts";
import type { OfflineState } from "#domain/store/offline-state.ts";
import type { VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import type { Shipment } from "../../devices/carrier/port.ts";
import { drawDocument } from "../../devices/document/draw-document.ts";
import type { FiscalDevice } from "../../devices/fiscal/port.ts";
import type { ConnectTerminal } from "../../devices/payment-terminal/port.ts";
import type { PrinterCatalogue } from "../../devices/receipt-printer/port.ts";
import type { CounterDrivers } from "../counter/counter-devices.ts";
import { CustomerKeys } from "../customers/customer-keys.ts";
import { createShop, type Shop } from "../shop/verbs.ts";
import { countingIds, FakeClock } from "./fake-clock.ts";
import { FakeDrafts } from "./fake-drafts.ts";
import { FakeJournal } from "./fake-journal.ts";
import { FakePrinter } from "./fake-printer.ts";
import { FakeReplica } from "./fake-replica.ts";
import { FakeServerLine } from "./fake-server-line.ts";
import { FakeTimers } from "./fake-timers.ts";
import { newReceiptSigner } from "./receipt-signer.ts";
import {
  DEVICE,
  FakeEnrolment,
  JOHANNA,
  MIRA,
  MUG,
  PINS,
  price,
  product,
  SETTINGS,
  STORE,
  stock,
  TAREK,
  TEE,
  TEE_M,
  TEE_S,
  variant,
  verifyPlainPin,
} from "./shop-fixture.ts";

type Basket = NonNullable<ViewValue<"basket">>;

/** A whole shop over fakes, with a small stocked store; `restart` gives it a new engine on the same disk. */
export class TillInMemory {
  readonly clock = new FakeClock();
  readonly newId = countingIds("id");
  readonly drafts = new FakeDrafts();
  readonly replica = new FakeReplica();
  readonly enrolment = new FakeEnrolment(this.clock);
  readonly journal = new FakeJournal({ clock: this.clock, newId: this.newId, store: STORE, device: DEVICE });
  readonly server = new FakeServerLine({ device: DEVICE, clock: this.clock });
  readonly timers = new FakeTimers();
  readonly receiptSigner = newReceiptSigner();
  readonly printers: FakePrinter[] = [];
  printerCatalogue: PrinterCatalogue = { models: [], find: async () => undefined };
  counterDrivers: CounterDrivers | null = null;
  readonly troubles: unknown[] = [];
  offlinePolicy: OfflineState = "ok";
  /** The driver of the fiscal device, once one is set up. */
  openFiscalDevice: () => FiscalDevice = () => {
    throw new Error("this till has no fiscal device");
  };
  /** Opens the payment terminal that is set up; null: none can be. */
  openTerminal: ConnectTerminal | null = null;
  #shop: Shop | null = null;

  static async open(): Promise<TillInMemory> {
    const till = new TillInMemory();
    till.#stockShelves();
    await till.restart();
    return till;
  }

  get shop(): Shop {
    if (this.#shop === null) throw new Error("the till is not started");
    return this.#shop;
  }

  get verbs(): Shop["verbs"] {
    return this.shop.verbs;
  }

  /** What a killed and restarted engine finds: the disk, and nothing that was only in memory. */
  async restart(): Promise<void> {
    await this.#shop?.close();
    const customerKeys = await CustomerKeys.open(this.drafts, this.journal);
    this.#shop = await createShop({
      clock: this.clock,
      newId: this.newId,
      journal: this.journal,
      replica: this.replica,
      drafts: this.drafts,
      customerKeys,
      enrolment: this.enrolment,
      receiptSigner: this.receiptSigner,
      openPrinter: (setup) => {
        const printer = new FakePrinter(setup);
        this.printers.push(printer);
        return printer;
      },
      printerCatalogue: this.printerCatalogue,
      counterDrivers: this.counterDrivers,
      drawDocument,
      openFiscalDevice: () => this.openFiscalDevice(),
      openTerminal: this.openTerminal,
      verifyPin: verifyPlainPin,
      server: this.server,
      timers: this.timers,
      carrier: { label: async (shipment) => labelled(shipment) },
      offlinePolicy: () => this.offlinePolicy,
      onTrouble: (error) => this.troubles.push(error),
    });
    await this.#shop.catalogLoaded;
  }

  async signIn(name: keyof typeof PINS = "mira"): Promise<void> {
    const answer = await this.verbs.signIn({ staff: idOf<"Staff">(name), pin: PINS[name] });
    if (!answer.ok) throw new Error(`${name} could not sign in: ${answer.reason}`);
  }

  /** A receipt printer on the network, set up with the manager's word. */
  async setUpPrinter(setup: Partial<VerbParsedArgs<"setUpPrinter">> = {}): Promise<PrinterId> {
    const answer = await this.verbs.setUpPrinter({
      id: null,
      name: "Counter",
      link: { kind: "network", host: "10.0.0.9", port: 9_100 },
      model: null,
      columns: 42,
      purposes: ["receipt"],
      drawer: "pin2",
      approval: { manager: idOf<"Staff">("johanna"), pin: PINS.johanna },
      ...setup,
    });
    if (!answer.ok) throw new Error(`the printer could not be set up: ${answer.reason}`);
    return answer.value.printer;
  }

  /** The basket in front. */
  get basket(): Basket {
    const basket = this.shop.views.basket.current();
    if (basket === null) throw new Error("nobody is signed in");
    return basket;
  }

  #stockShelves(): void {
    this.replica.put("settings", SETTINGS);
    this.replica.put("staff", MIRA, TAREK, JOHANNA);
    this.replica.put(
      "products",
      product(TEE, {
        title: "Baumwoll-T-Shirt",
        brand: "Fjällwind",
        category: "Kleidung",
        variants: [
          variant(TEE_S, { options: ["S"], gtins: [idOf<"Gtin">("036000291452")] }),
          variant(TEE_M, { options: ["M"], gtins: [idOf<"Gtin">("4006381333931")] }),
        ],
      }),
      product("mug", { title: "Emaille-Becher", category: "Küche" }),
    );
    this.replica.put("prices", price(TEE_S, 1_999), price(TEE_M, 1_999), price(MUG, 850));
    this.replica.put("stock", stock(TEE_S, 5), stock(TEE_M, 0), stock(MUG, 12));
  }
}

/** A carrier whose numbers can be read: the order's own and the parcel's place. */
function labelled({ order, parcel, tracking }: Shipment) {
  return ok({
    tracking: tracking === "" ? `${order}/${parcel.place}` : tracking,
    rows: [{ kind: "text", text: `label of parcel ${parcel.place}`, align: "left", strong: false } as const],
  });
}
