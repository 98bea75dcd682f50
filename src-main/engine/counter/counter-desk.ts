import { poleLines } from "#domain/display/pole-lines.ts";
import { languageFor } from "#domain/receipt/language.ts";
import { ok, refused } from "#domain/result.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { CustomerDisplay } from "#protocol/till/counter.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import type { ViewTable } from "../till-service.ts";
import type { CounterDevices } from "./counter-devices.ts";
import { displayContent, type Thanks } from "./display-content.ts";

/** How long customers are thanked and see their change, milliseconds, unless the next sale begins. */
const THANKS_MS = 30_000;
const DEFAULT_LOCALE = "en-DE";

type CounterViewName = "counter" | "scanned" | "scale" | "customerDisplay";

/** The counter's devices as the screen sets them up, and what customers are shown on them. */
export class CounterDesk {
  readonly #ports: Pick<ShopPorts, "replica" | "enrolment" | "timers">;
  readonly #session: Session;
  readonly #devices: CounterDevices;
  readonly #customers: Pick<CustomerBook, "languageOf">;
  readonly #basket: ViewTable["basket"];
  readonly #changes = new Changes();
  readonly #turns = new Turns();
  readonly #unwatch: Unwatch;
  #thanks: Thanks | null = null;
  #language: string | null = null;
  #timer: unknown = null;

  constructor(
    ports: Pick<ShopPorts, "replica" | "enrolment" | "timers">,
    parts: {
      readonly session: Session;
      readonly devices: CounterDevices;
      readonly customers: Pick<CustomerBook, "languageOf">;
      readonly basket: ViewTable["basket"];
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#devices = parts.devices;
    this.#customers = parts.customers;
    this.#basket = parts.basket;
    this.#unwatch = parts.basket.watch(() => this.#shownAnew());
    this.#shownAnew();
  }

  readonly views: Pick<ViewTable, CounterViewName> = {
    counter: { current: () => this.#devices.view(), watch: (onChange) => this.#devices.watch(onChange) },
    scanned: {
      current: () => this.#devices.scanned(),
      watch: (onChange) => this.#devices.watchScans(onChange),
    },
    scale: {
      current: () => this.#devices.reading(),
      watch: (onChange) => this.#devices.watchScale(onChange),
    },
    customerDisplay: { current: () => this.#content(), watch: (onChange) => this.#changes.watch(onChange) },
  };

  setUp({ approval, ...part }: VerbParsedArgs<"setUpCounter">): Promise<VerbAnswer<"setUpCounter">> {
    return this.#turns.take(async () => {
      const authorised = await this.#session.authorise("devices.setUp", approval);
      if (!authorised.ok) return authorised;
      const changed = await this.#devices.change(part);
      if (!changed.ok) return refused(changed.reason);
      this.#shownAnew();
      return ok({});
    });
  }

  /** A sale is done: the customer sees what comes back, and a word of thanks. */
  thank(thanks: Thanks): void {
    const { timers } = this.#ports;
    this.#thanks = thanks;
    if (this.#timer !== null) timers.clear(this.#timer);
    this.#timer = timers.set(() => {
      this.#thanks = null;
      this.#language = null;
      this.#shownAnew();
    }, THANKS_MS);
    this.#shownAnew();
  }

  async close(): Promise<void> {
    this.#unwatch();
    if (this.#timer !== null) this.#ports.timers.clear(this.#timer);
    await this.#devices.close();
  }

  #shownAnew(): void {
    if (this.#devices.hasPole) {
      const content = this.#content();
      this.#devices.show(poleLines(content, this.#languageOf(content)));
    }
    this.#changes.tell();
  }

  #content(): CustomerDisplay {
    const basket = this.#basket.current();
    const storeLocale = this.#ports.replica.settings()?.locale ?? DEFAULT_LOCALE;
    const storeName = this.#ports.enrolment.identity()?.storeName ?? "";
    // Thanks are said in the language of whoever has just paid; the next basket is nobody's yet.
    const wished = this.#wishedBy(basket);
    const content = displayContent(basket, this.#thanks, { locale: wished ?? storeLocale, storeName });
    if (content.kind === "basket") this.#thanks = null;
    return content;
  }

  #wishedBy(basket: BasketView | null): string | null {
    if (basket !== null && basket.lines.length > 0) {
      const { customer } = basket;
      this.#language = customer === null ? null : this.#customers.languageOf(customer.id);
    }
    return basket !== null && (basket.lines.length > 0 || this.#thanks !== null) ? this.#language : null;
  }

  #languageOf({ locale }: CustomerDisplay) {
    const settings = this.#ports.replica.settings();
    const storeLocale = settings?.locale ?? DEFAULT_LOCALE;
    return languageFor({ wished: locale, storeLocale, printed: null, timeZone: settings?.timeZone ?? "UTC" });
  }
}
