import type { CodeSigner } from "#domain/returns/code/make-code.ts";
import type { OfflineState } from "#domain/store/offline-state.ts";
import type { Carrier } from "../../devices/carrier/port.ts";
import type { DrawDocument } from "../../devices/document/port.ts";
import type { OpenFiscalDevice } from "../../devices/fiscal/port.ts";
import type { ConnectTerminal } from "../../devices/payment-terminal/port.ts";
import type { ConnectPrinter, PrinterCatalogue } from "../../devices/receipt-printer/port.ts";
import type { CounterDrivers } from "../counter/counter-devices.ts";
import type { CustomerKeys } from "../customers/customer-keys.ts";
import type { Picture } from "../pictures/pictures.ts";
import type { Clock, Drafts, Enrolment, Journal, NewId, Replica, ServerLine } from "../ports.ts";
import type { Timers } from "../sync/alarm.ts";
import type { VerifyPin } from "./pin-verifier.ts";

/** What the shop is made of; the engine hands in the real parts, tests hand in fakes. */
export interface ShopPorts {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly journal: Journal;
  readonly replica: Replica;
  readonly drafts: Drafts;
  /** Where wrong PINs and badges are counted, if not among the drafts: there are two tills to try them at, but one door. */
  readonly tries?: Drafts;
  /** Of what the journal says sealed of customers. */
  readonly customerKeys: CustomerKeys;
  readonly enrolment: Enrolment;
  /** The till's own key: receipts prove themselves by it. */
  readonly receiptSigner: CodeSigner;
  readonly openPrinter: ConnectPrinter;
  /** What is known of printers before one is set up, and looking for some. */
  readonly printerCatalogue: PrinterCatalogue;
  /** Scanners, scales and pole displays. Null: none is connected at this till. */
  readonly counterDrivers: CounterDrivers | null;
  readonly drawDocument: DrawDocument;
  /** Null: there is no driver for a fiscal device here. */
  readonly openFiscalDevice: OpenFiscalDevice | null;
  /** Null: terminals stand alone, and approval codes are typed. */
  readonly openTerminal: ConnectTerminal | null;
  readonly verifyPin: VerifyPin;
  /** So many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly server: ServerLine;
  readonly timers: Timers;
  /** What is sold here is practice: its receipts say so, and are numbered apart. */
  readonly training?: boolean;
  /** Keeps a photo that was taken here, so that it is shown before the server has it. */
  readonly keepPicture: (picture: Picture) => Promise<void>;
  /** Null: parcels go with what a colleague typed, and no label is printed. */
  readonly carrier: Carrier | null;
  /** How the store's policy judges the time without the server; the same word the sync chip shows. */
  readonly offlinePolicy: () => OfflineState;
  /** Told of every read or write of the till's own disk that failed. */
  readonly onTrouble: (error: unknown) => void;
}
