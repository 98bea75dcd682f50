import { refused } from "#domain/result.ts";
import type { ShiftView } from "#protocol/till/shift.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { VerbTable } from "../till-service.ts";

type ShiftVerb =
  | "openShift"
  | "moveCash"
  | "openDrawer"
  | "countShift"
  | "closeShift"
  | "closeDay"
  | "xReport"
  | "zReports"
  | "zReport"
  | "printReport"
  | "reportFile";

/** Drawers and days of this till: floats, cash movements, counts, X and Z reports. */
export class ShiftDesk {
  readonly #changes = new Changes();

  constructor(_ports: ShopPorts, _parts: { readonly session: Session }) {}

  readonly verbs: Pick<VerbTable, ShiftVerb> = {
    openShift: async () => refused("notSignedIn"),
    moveCash: async () => refused("notSignedIn"),
    openDrawer: async () => refused("notSignedIn"),
    countShift: async () => refused("notSignedIn"),
    closeShift: async () => refused("notSignedIn"),
    closeDay: async () => refused("notSignedIn"),
    xReport: async () => refused("notSignedIn"),
    zReports: async () => [],
    zReport: async () => refused("noSuchReport"),
    printReport: async () => refused("noSuchReport"),
    reportFile: async () => refused("noSuchReport"),
  };

  view(): ShiftView | null {
    return null;
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }
}
