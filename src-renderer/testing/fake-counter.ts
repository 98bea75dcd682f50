import { ok, refused } from "#domain/result.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { VerbAnswer, VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import type { CounterSetup, ScaleReading } from "#protocol/till/counter.ts";

/** What hangs at the counter of a till in memory: whatever is set up is there at once. */
export class FakeCounter {
  readonly #onChange: () => void;
  readonly #allows: (approval: Approval | null) => ApprovalRefusal | null;
  #setup: CounterSetup = { scanner: null, scale: null, pole: null, wedge: null, camera: null };
  #codes: ViewValue<"scanned">["codes"] = [];
  #onScale: ScaleReading = { state: "empty" };

  constructor(parts: {
    readonly onChange: () => void;
    /** Null: the act is allowed. */
    readonly allows: (approval: Approval | null) => ApprovalRefusal | null;
  }) {
    this.#onChange = parts.onChange;
    this.#allows = parts.allows;
  }

  get views(): Pick<
    { readonly [W in "counter" | "scanned" | "scale"]: ViewValue<W> },
    "counter" | "scanned" | "scale"
  > {
    const { scanner, scale, pole } = this.#setup;
    return {
      counter: {
        setup: this.#setup,
        scanner: scanner === null ? "none" : "open",
        scale: scale === null ? "none" : "open",
        pole: pole === null ? "none" : "open",
      },
      scanned: { codes: this.#codes },
      scale: scale === null ? { state: "none" } : this.#onScale,
    };
  }

  readonly setUp = ({ approval, ...part }: VerbParsedArgs<"setUpCounter">): VerbAnswer<"setUpCounter"> => {
    const refusal = this.#allows(approval);
    if (refusal !== null) return refused(refusal);
    this.setUpAs(part);
    return ok({});
  };

  setUpAs(part: Partial<CounterSetup>): void {
    this.#setup = { ...this.#setup, ...part };
    this.#onChange();
  }

  /** The engine's own scanner reads a code. */
  scan(code: string): void {
    this.#codes = [...this.#codes, { number: (this.#codes.at(-1)?.number ?? 0) + 1, code }];
    this.#onChange();
  }

  put(reading: ScaleReading): void {
    this.#onScale = reading;
    this.#onChange();
  }
}
