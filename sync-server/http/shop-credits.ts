import type { FastifyReply, FastifyRequest } from "fastify";
import type { ChannelId } from "#domain/ids.ts";
import { creditBalance, creditState } from "#domain/value/credit.ts";
import { readCreditCode, valueKindOf } from "#domain/value/credit-code.ts";
import {
  captureRequestSchema,
  creditParamsSchema,
  holdParamsSchema,
  holdRequestSchema,
  refundHoldRequestSchema,
  type ShopCredit,
  type ShopHold,
  type SoldGiftCard,
  sellGiftCardRequestSchema,
} from "#protocol/shop/credit.ts";
import type { HoldRecord } from "../credits/port.ts";
import type { ShopDesk } from "../credits/shop-desk.ts";
import { keyOf } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { reaches } from "./shop-reach.ts";
import { validated } from "./validate.ts";

type HoldAnswer = Awaited<ReturnType<ShopDesk["hold"] | ShopDesk["capture"]>>;

/** What web shops ask of store credits and gift cards (`shop-credit-api.ts`). */
export const shopCredits = {
  async credit(deps: ServerDeps, request: FastifyRequest): Promise<ShopCredit> {
    const code = codeOf(request);
    const sums = await deps.credits.find(code);
    if (sums === null) throw new Refusal("notFound", "There is no store credit or gift card of this code.");
    const { issuedAt } = sums;
    return { kind: valueKindOf(code), state: creditState(sums), balance: creditBalance(sums), issuedAt };
  },

  async holdCredit({ shopDesk }: ServerDeps, request: FastifyRequest): Promise<ShopHold> {
    const wish = validated(holdRequestSchema, request.body);
    mustReach(request, wish.channel);
    return told(await shopDesk.hold({ ...wish, code: codeOf(request) }));
  },

  async captureHold({ shopDesk }: ServerDeps, request: FastifyRequest): Promise<ShopHold> {
    const { id } = validated(holdParamsSchema, request.params);
    const { order, amount = null } = validated(captureRequestSchema, request.body);
    return told(await shopDesk.capture(reachOf(request), { id, order, amount }));
  },

  async releaseHold({ shopDesk }: ServerDeps, request: FastifyRequest): Promise<ShopHold> {
    return told(await shopDesk.release(reachOf(request), validated(holdParamsSchema, request.params)));
  },

  async refundHold({ shopDesk }: ServerDeps, request: FastifyRequest): Promise<ShopHold> {
    const { id } = validated(holdParamsSchema, request.params);
    const { key, amount } = validated(refundHoldRequestSchema, request.body);
    return told(await shopDesk.refund(reachOf(request), { id, key, amount }));
  },

  async sellGiftCard(
    { shopDesk }: ServerDeps,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const wish = validated(sellGiftCardRequestSchema, request.body);
    mustReach(request, wish.channel);
    const sold = await shopDesk.sell(wish);
    if (!sold.ok)
      throw new Refusal(sold.reason === "otherWish" ? "conflict" : "badRequest", WORDS[sold.reason]);
    const answer: SoldGiftCard = { code: sold.value.code, amount: wish.amount };
    return reply.code(sold.value.isNew ? 201 : 200).send(answer);
  },
};

const WORDS = {
  unknown: "There is no such store credit, gift card or hold.",
  wrongCurrency: "The amount is of another currency.",
  notEnough: "There is not so much.",
  heldByTill: "A till has it on its counter right now. Try again in a moment.",
  holdOver: "The hold is over: its time ran out, or it was captured or released before.",
  otherWish: "This key was used for something else before.",
  aboveLimit: "This is more than may lie on one gift card.",
} as const;

function told(answer: HoldAnswer): ShopHold {
  if (answer.ok) return holdOf(answer.value);
  const { reason } = answer;
  if (reason === "unknown") throw new Refusal("notFound", WORDS[reason]);
  throw new Refusal(reason === "wrongCurrency" ? "badRequest" : "conflict", WORDS[reason], [reason]);
}

function holdOf({ id, state, held, captured, refunded, order, expiresAt }: HoldRecord): ShopHold {
  return { id, state, held, captured, refunded, order, expiresAt };
}

function codeOf(request: FastifyRequest): string {
  const code = readCreditCode(validated(creditParamsSchema, request.params).code);
  if (code === null)
    throw new Refusal(
      "badRequest",
      "This is no code of a store credit or gift card: a character of it is wrong.",
    );
  return code;
}

function reachOf(request: FastifyRequest): readonly ChannelId[] | null {
  const { channels } = keyOf(request);
  return channels.length === 0 ? null : channels;
}

function mustReach(request: FastifyRequest, channel: ChannelId): void {
  if (!reaches(keyOf(request), channel))
    throw new Refusal(
      "forbidden",
      `This key acts for ${keyOf(request).channels.join(", ")} only, not for ${channel}.`,
    );
}
