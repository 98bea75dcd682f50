import { idOf } from "#domain/ids.ts";
import { refused } from "#domain/result.ts";
import { routeRefusal } from "#domain/returns/refund-routes.ts";
import type { RefundTender } from "#domain/ticket/ticket.ts";
import type { Verb, VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { FakeRegister } from "./fake-register.ts";
import type { FakeReturns } from "./fake-returns.ts";

type ReturnVerb =
  | "findPurchases"
  | "openReturn"
  | "chooseReturn"
  | "returnWithoutReceipt"
  | "dropReturn"
  | "approveReturn"
  | "noteIdentity"
  | "stopReturn"
  | "giveBack";
type ReturnVerbs = { readonly [V in ReturnVerb & Verb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };

/** The fake engine's verbs of returns. */
export function returnVerbs({
  returns,
  register,
}: {
  readonly returns: FakeReturns;
  readonly register: FakeRegister;
}): ReturnVerbs {
  return {
    findPurchases: (args) => returns.find(args),
    openReturn: (args) => returns.open(args, register),
    chooseReturn: (args) => returns.choose(args, register),
    returnWithoutReceipt: (args) => returns.withoutReceipt(args, register),
    dropReturn: (args) => returns.drop(args, register),
    approveReturn: (args) => returns.approve(args, register),
    noteIdentity: (args) => returns.noteIdentity(args, register),
    stopReturn: () => returns.stop(register),
    giveBack: (args) => {
      if (!returns.mayComplete(register.basket)) return refused("returnNotAllowed");
      const tender = tenderOf(args, register.newId());
      const refusal = routeRefusal(returns.routes(register.basket), tender);
      return refusal === null ? register.take(tender) : refused(refusal);
    },
  };
}

function tenderOf({ amount, to }: VerbParsedArgs<"giveBack">, id: string): RefundTender {
  const code = `GC-${id.toUpperCase()}-7K4M`;
  return {
    id: idOf<"Tender">(id),
    kind: "refund",
    amount,
    to: to.kind === "credit" ? { kind: "credit", code } : to.kind === "points" ? { ...to, points: 0 } : to,
  };
}
