import { ok, type Result } from "#domain/result.ts";
import { terminalSetupSchema } from "#protocol/till/terminal.ts";
import type { PaymentTerminal, TerminalSetup } from "../../devices/payment-terminal/port.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const DRAFT = "terminal";

/** Which payment terminal belongs to this till, and the driver that is open for it. */
export class ConnectedTerminal {
  readonly #ports: Pick<ShopPorts, "drafts" | "openTerminal" | "onTrouble">;
  readonly #onLate: (service: string) => void;
  #open: { readonly setup: TerminalSetup; readonly terminal: PaymentTerminal } | null = null;

  constructor(
    ports: Pick<ShopPorts, "drafts" | "openTerminal" | "onTrouble">,
    onLate: (service: string) => void,
  ) {
    this.#ports = ports;
    this.#onLate = onLate;
  }

  /** Connects the terminal that was set up before the restart. */
  async load(): Promise<void> {
    const setup = terminalSetupSchema.safeParse(await this.#ports.drafts.get(DRAFT));
    if (setup.success) this.#connect(setup.data);
  }

  get setup(): TerminalSetup | null {
    return this.#open?.setup ?? null;
  }

  get terminal(): PaymentTerminal | null {
    return this.#open?.terminal ?? null;
  }

  /** Null takes it away. */
  async change(setup: TerminalSetup | null): Promise<Result<null, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    const write = setup === null ? () => drafts.remove(DRAFT) : () => drafts.put(DRAFT, setup);
    const written = await durably(write, onTrouble);
    if (!written.ok) return written;
    await this.close();
    if (setup !== null) this.#connect(setup);
    return ok(null);
  }

  async close(): Promise<void> {
    const closing = this.#open;
    this.#open = null;
    await closing?.terminal.close();
  }

  #connect(setup: TerminalSetup): void {
    const terminal = this.#ports.openTerminal?.(setup) ?? null;
    if (terminal === null) return;
    terminal.watchLate(this.#onLate);
    this.#open = { setup, terminal };
  }
}
