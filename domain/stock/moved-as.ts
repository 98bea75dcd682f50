import type { MovementReason } from "./stock.ts";

/** What a movement is for how stock sells: goods that came to be sold, goods that were sold (less those that came back), or anything else. */
export type MovedAs = "received" | "sold" | "otherwise";

/** Transfers out, counts and losses are neither received nor sold; what is found was there. */
export function movedAs(reason: MovementReason): MovedAs {
  switch (reason.kind) {
    case "sale":
    case "order":
    case "return":
      return "sold";
    case "received":
    case "initial":
    case "import":
      return "received";
    case "adjusted":
      return reason.why === "found" ? "received" : "otherwise";
    case "counted":
    case "alreadyCounted":
    case "transferOut":
    case "writtenOff":
      return "otherwise";
  }
}
