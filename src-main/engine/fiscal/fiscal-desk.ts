import { z } from "zod";
import type { FiscalFailure, FiscalMark } from "#domain/fiscal/mark.ts";
import { RECEIPT_PROCESS, receiptProcessData } from "#domain/fiscal/process-data.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { FiscalDevice, FiscalSetup } from "../../devices/fiscal/port.ts";
import { durably } from "../shop/durably.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { VerbTable } from "../till-service.ts";

const DRAFT = "fiscal";
/** A sale waits so long for a signature, and no longer. */
export const SIGNING_MS = 4_000;
/** A device that failed is asked again at the first sale after so long: until then no sale waits for it. */
export const ASK_AGAIN_MS = 60_000;

const setupSchema: z.ZodType<FiscalSetup> = z.strictObject({ kind: z.literal("simulator") });

type FiscalVerb = "fiscalDevice" | "setUpFiscalDevice";

interface Outage {
  readonly why: FiscalFailure;
  /** When it was last asked, by the till's clock. */
  readonly askedAt: number;
}

/** The fiscal device of this till: which one it is, and its signature on each sale. One that fails never stops a sale: the ticket says so. */
export class FiscalDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  #device: { readonly setup: FiscalSetup; readonly driver: FiscalDevice } | null = null;
  #serial: string | null = null;
  #outage: Outage | null = null;

  constructor(ports: ShopPorts, { session }: { readonly session: Session }) {
    this.#ports = ports;
    this.#session = session;
  }

  readonly verbs: Pick<VerbTable, FiscalVerb> = {
    fiscalDevice: () => this.#shown(),
    setUpFiscalDevice: (args) => this.#setUp(args),
  };

  /** Opens the device that was set up before the restart. */
  async load(): Promise<void> {
    const setup = setupSchema.safeParse(await this.#ports.drafts.get(DRAFT));
    if (setup.success) this.#open(setup.data);
  }

  /** Whether there is a device whose word stands on tickets. */
  get isSetUp(): boolean {
    return this.#device !== null;
  }

  /** What the device says of a sale that is about to be written. Answers in any case, and in good time. */
  async sign(ticket: Ticket): Promise<FiscalMark> {
    const device = this.#device;
    if (device === null) return this.#failed("gone");
    const now = this.#ports.clock.now();
    if (this.#outage !== null && now - this.#outage.askedAt < ASK_AGAIN_MS)
      return this.#failed(this.#outage.why);
    const signed = await this.#inTime(signatureOf(device.driver, ticket));
    if (!signed.ok) {
      await this.#noteFailure(signed.reason);
      return this.#failed(signed.reason);
    }
    this.#serial = signed.value.device.serial;
    await this.#noteRestored(this.#serial);
    return signed.value;
  }

  async close(): Promise<void> {
    const closing = this.#device;
    this.#device = null;
    await closing?.driver.close();
  }

  #failed(why: FiscalFailure): FiscalMark {
    return { kind: "failed", why, serial: this.#serial };
  }

  async #inTime<T>(work: Promise<Result<T, FiscalFailure>>): Promise<Result<T, FiscalFailure>> {
    const { timers, onTrouble } = this.#ports;
    return new Promise((resolve) => {
      const timer = timers.set(() => resolve(refused("slow")), SIGNING_MS);
      work
        .catch((error: unknown) => {
          onTrouble(error);
          return refused("gone" as const);
        })
        .then((answer) => {
          timers.clear(timer);
          resolve(answer);
        });
    });
  }

  async #noteFailure(why: FiscalFailure): Promise<void> {
    const isNew = this.#outage?.why !== why;
    this.#outage = { why, askedAt: this.#ports.clock.now() };
    if (isNew) await this.#write({ type: "fiscal.failed", why, serial: this.#serial });
  }

  async #noteRestored(serial: string): Promise<void> {
    if (this.#outage === null) return;
    this.#outage = null;
    await this.#write({ type: "fiscal.restored", serial });
  }

  /** An outage that cannot be written down stands on the tickets all the same. */
  async #write(
    fact:
      | { readonly type: "fiscal.failed"; readonly why: FiscalFailure; readonly serial: string | null }
      | { readonly type: "fiscal.restored"; readonly serial: string },
  ): Promise<void> {
    const { journal, onTrouble } = this.#ports;
    const staff = this.#session.onDuty()?.staff.id ?? null;
    await durably(() => journal.append({ staff, makeFact: () => fact }), onTrouble);
  }

  async #setUp({
    device,
    approval,
  }: VerbParsedArgs<"setUpFiscalDevice">): Promise<VerbAnswer<"setUpFiscalDevice">> {
    const allowed = await this.#session.authoriseNoted("devices.setUp", approval, device?.kind ?? "");
    if (!allowed.ok) return allowed;
    const { drafts, onTrouble, openFiscalDevice } = this.#ports;
    if (device !== null && openFiscalDevice === null) return refused("noDriver");
    const write = device === null ? () => drafts.remove(DRAFT) : () => drafts.put(DRAFT, device);
    const written = await durably(write, onTrouble);
    if (!written.ok) return written;
    await this.close();
    this.#outage = null;
    this.#serial = null;
    if (device !== null) this.#open(device);
    return ok(await this.#shown());
  }

  #open(setup: FiscalSetup): void {
    const { openFiscalDevice, onTrouble } = this.#ports;
    if (openFiscalDevice === null) return;
    try {
      this.#device = { setup, driver: openFiscalDevice(setup) };
    } catch (error) {
      onTrouble(error);
      this.#device = { setup, driver: GONE };
    }
  }

  async #shown(): Promise<VerbAnswer<"fiscalDevice">> {
    const device = this.#device;
    if (device === null) return { device: null };
    const status = await this.#inTime(device.driver.status());
    if (!status.ok) return { device: { kind: device.setup.kind, state: "failed", why: status.reason } };
    this.#serial = status.value.device.serial;
    const { counter, transactions } = status.value;
    return {
      device: { kind: device.setup.kind, state: "works", serial: this.#serial, counter, transactions },
    };
  }
}

async function signatureOf(
  device: FiscalDevice,
  ticket: Ticket,
): Promise<Result<Extract<FiscalMark, { kind: "signed" }>, FiscalFailure>> {
  const started = await device.start({ till: ticket.device });
  if (!started.ok) return started;
  const processData = receiptProcessData(ticket);
  return device.finish({ ...started.value, processType: RECEIPT_PROCESS, processData });
}

/** Stands for a device whose driver could not even be opened. */
const GONE: FiscalDevice = {
  start: async () => refused("gone"),
  update: async () => refused("gone"),
  finish: async () => refused("gone"),
  export: async () => refused("gone"),
  status: async () => refused("gone"),
  close: async () => undefined,
};
