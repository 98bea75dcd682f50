import type { Result } from "#domain/result.ts";
import {
  type CounterSetup,
  type CounterView,
  counterSetupSchema,
  type ScaleReading,
} from "#protocol/till/counter.ts";
import type { ConnectPole, PoleDisplay } from "../../devices/pole-display/port.ts";
import type { ConnectScale, Scale } from "../../devices/scale/port.ts";
import type { ConnectScanner, Scanner } from "../../devices/scanner/port.ts";
import type { Drafts, Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";

const DRAFT = "counter";
const NOTHING: CounterSetup = { scanner: null, scale: null, pole: null, wedge: null, camera: null };
/** Codes that are kept for a screen that was away for the blink of an eye. */
const KEPT_CODES = 20;

/** How to reach each kind of device; the program brings the drivers. */
export interface CounterDrivers {
  readonly scanner: ConnectScanner;
  readonly scale: ConnectScale;
  readonly pole: ConnectPole;
}

interface Connected {
  readonly scanner: Scanner | null;
  readonly scale: Scale | null;
  readonly pole: PoleDisplay | null;
}

/** What hangs at the counter besides printers: set up, connected, and listened to. None of it ever stops a sale. */
export class CounterDevices {
  readonly #ports: { readonly drafts: Drafts; readonly onTrouble: (error: unknown) => void };
  readonly #drivers: CounterDrivers | null;
  readonly #changes = new Changes();
  readonly #scans = new Changes();
  readonly #readings = new Changes();
  #setup: CounterSetup = NOTHING;
  #connected: Connected = { scanner: null, scale: null, pole: null };
  #codes: readonly { readonly number: number; readonly code: string }[] = [];
  #weighers = 0;
  #shown: readonly [string, string] | null = null;

  constructor(
    ports: { readonly drafts: Drafts; readonly onTrouble: (error: unknown) => void },
    drivers: CounterDrivers | null,
  ) {
    this.#ports = ports;
    this.#drivers = drivers;
  }

  /** Connects what was set up before the restart. */
  async load(): Promise<void> {
    const kept = counterSetupSchema.safeParse(await this.#ports.drafts.get(DRAFT));
    await this.#become(kept.success ? kept.data : NOTHING);
  }

  async change(part: Partial<CounterSetup>): Promise<Result<unknown, "storage">> {
    const setup = { ...this.#setup, ...part };
    const { drafts, onTrouble } = this.#ports;
    const written = await durably(() => drafts.put(DRAFT, setup), onTrouble);
    if (written.ok) await this.#become(setup);
    return written;
  }

  view(): CounterView {
    const { scanner, scale, pole } = this.#connected;
    return {
      setup: this.#setup,
      scanner: scanner?.state() ?? "none",
      scale: scale?.state() ?? "none",
      pole: pole?.state() ?? "none",
    };
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  scanned() {
    return { codes: [...this.#codes] };
  }

  watchScans(onScan: () => void): Unwatch {
    return this.#scans.watch(onScan);
  }

  reading(): ScaleReading {
    return this.#connected.scale?.reading() ?? { state: "none" };
  }

  /** The scale is asked as long as anybody watches. */
  watchScale(onChange: () => void): Unwatch {
    const unwatch = this.#readings.watch(onChange);
    this.#weighers += 1;
    if (this.#weighers === 1) this.#connected.scale?.ask(true);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      unwatch();
      this.#weighers -= 1;
      if (this.#weighers === 0) this.#connected.scale?.ask(false);
    };
  }

  get hasPole(): boolean {
    return this.#connected.pole !== null;
  }

  show(lines: readonly [string, string]): void {
    this.#shown = lines;
    this.#connected.pole?.show(lines);
  }

  async close(): Promise<void> {
    const { scanner, scale, pole } = this.#connected;
    this.#connected = { scanner: null, scale: null, pole: null };
    await Promise.all([scanner?.close(), scale?.close(), pole?.close()]);
  }

  /** A device whose set-up stays goes on undisturbed. */
  async #become(setup: CounterSetup): Promise<void> {
    const before = this.#setup;
    const { scanner, scale, pole } = this.#connected;
    const isOther = (kind: keyof Connected): boolean =>
      JSON.stringify(before[kind]) !== JSON.stringify(setup[kind]);
    this.#setup = setup;
    // The old one first: two would fight for the same port.
    if (isOther("scanner")) await scanner?.close();
    if (isOther("scale")) await scale?.close();
    if (isOther("pole")) await pole?.close();
    this.#connected = {
      scanner: isOther("scanner") ? this.#scannerOf(setup) : scanner,
      scale: isOther("scale") ? this.#scaleOf(setup) : scale,
      pole: isOther("pole") ? this.#poleOf(setup) : pole,
    };
    this.#changes.tell();
    this.#readings.tell();
  }

  #scannerOf({ scanner }: CounterSetup): Scanner | null {
    if (scanner === null || this.#drivers === null) return null;
    return this.#drivers.scanner(scanner, {
      state: () => this.#changes.tell(),
      code: (code) => {
        const number = (this.#codes.at(-1)?.number ?? 0) + 1;
        this.#codes = [...this.#codes, { number, code }].slice(-KEPT_CODES);
        this.#scans.tell();
      },
    });
  }

  #scaleOf({ scale }: CounterSetup): Scale | null {
    if (scale === null || this.#drivers === null) return null;
    const connected = this.#drivers.scale(scale, {
      change: () => {
        this.#readings.tell();
        this.#changes.tell();
      },
    });
    if (this.#weighers > 0) connected.ask(true);
    return connected;
  }

  #poleOf({ pole }: CounterSetup): PoleDisplay | null {
    if (pole === null || this.#drivers === null) return null;
    const connected = this.#drivers.pole(pole, { state: () => this.#changes.tell() });
    if (this.#shown !== null) connected.show(this.#shown);
    return connected;
  }
}
