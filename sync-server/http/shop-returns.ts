import type { FastifyReply, FastifyRequest } from "fastify";
import { CODE_REFUSALS } from "#domain/returns/code/read-code.ts";
import type { AnnounceReturnAnswer, AnnounceReturnRequest, ShopReturn } from "#protocol/shop/return.ts";
import { announceReturnRequestSchema } from "#protocol/shop/return.ts";
import { shopReturnOf } from "../events/return-events.ts";
import type { OrderName } from "../orders/order-desk.ts";
import type { NamingRefusal, PurchaseName } from "../returns/mail-purchase.ts";
import type { Announced } from "../returns/mail-returns.ts";
import { keyOf } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { returnParamsSchema } from "./shop-api.ts";
import { orderNamed, reaches } from "./shop-reach.ts";
import { validated } from "./validate.ts";

/** Takes in that goods are to come back by mail. */
export async function announceReturn(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { channel, id, purchase, lines, note } = validated(announceReturnRequestSchema, request.body);
  const { channels } = keyOf(request);
  if (!reaches({ channels }, channel))
    throw new Refusal(
      "forbidden",
      `This key announces returns of ${channels.join(", ")} only, not of ${channel}.`,
    );
  const announced = await deps.mailReturns.announce({
    channel,
    reach: channels,
    externalId: id,
    purchase: await purchaseNameOf(deps, request, purchase),
    wanted: lines.map(({ position = null, sku = null, quantity, reason }) => ({
      position,
      sku,
      pieces: quantity,
      reason,
    })),
    note,
  });
  if (!announced.ok) throw namingRefusal(announced.reason);
  const { isNew, mailReturn } = announced.value;
  return reply.code(isNew && mailReturn !== null ? 201 : 200).send(answerOf(announced.value));
}

/** How a return stands; the same refusal where there is none and where it is of a channel that the key does not reach. */
export async function shopReturn(deps: ServerDeps, request: FastifyRequest): Promise<ShopReturn> {
  const { id } = validated(returnParamsSchema, request.params);
  const found = await deps.storage.read((tx) => tx.mailReturn(id));
  if (found === null || !reaches(keyOf(request), found.channel))
    throw new Refusal("notFound", "There is no such return. Ask by the `id` that announcing it answered.");
  return shopReturnOf(found);
}

/** A shop may name its own orders; receipts by their code, whoever has sold them; by their number only with a key that is for all channels. */
async function purchaseNameOf(
  deps: ServerDeps,
  request: FastifyRequest,
  purchase: AnnounceReturnRequest["purchase"],
): Promise<PurchaseName> {
  if ("receipt" in purchase || "code" in purchase) return purchase;
  const name: OrderName = "order" in purchase ? { id: purchase.order } : purchase;
  const { id } = await orderNamed(deps, request, name);
  return { ref: { kind: "order", id } };
}

function answerOf({ mailReturn, refused }: Announced): AnnounceReturnAnswer {
  return {
    return: mailReturn === null ? null : shopReturnOf(mailReturn),
    refused: refused.map(({ wanted: { position, sku, pieces }, why, left, day }) => ({
      position,
      sku,
      quantity: pieces,
      why,
      left,
      day,
    })),
  };
}

function namingRefusal(reason: NamingRefusal): Refusal {
  const isCode = CODE_REFUSALS.some((each) => each === reason);
  return isCode
    ? new Refusal("badRequest", "This is no receipt code of this chain, or one that is not taken any more.", [
        reason,
      ])
    : new Refusal("notFound", "There is no such purchase, or nothing of it is left to bring back.", [reason]);
}
