import type { FastifyRequest } from "fastify";
import { Refusal } from "./errors.ts";

/** Where a basket is finished online: `{code}` stands for its code; `demoShop` is the one on this very server; null: nowhere. */
export type BasketLink = { readonly template: string } | "demoShop" | null;

/** How a code becomes an address, for whoever asks by `request`. */
export function linkMaker(link: BasketLink, request: FastifyRequest): ((code: string) => string) | null {
  if (link === null) return null;
  if (link !== "demoShop") return (code) => link.template.replaceAll("{code}", encodeURIComponent(code));
  return (code) => `${request.protocol}://${request.host}/demo-shop/?basket=${encodeURIComponent(code)}`;
}

/** Why there is no basket to show. */
export function basketRefusal(reason: "codeUnknown" | "codeExpired"): Refusal {
  return new Refusal(
    reason,
    reason === "codeUnknown"
      ? "There is no basket of this code. Check it for mistyped letters."
      : "This basket was begun too long ago and is not kept any more.",
  );
}
