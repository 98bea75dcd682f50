import { idOf } from "../ids.ts";

/** What was sold or ordered at a till came by this channel. */
export const TILL_CHANNEL = idOf<"Channel">("till");
